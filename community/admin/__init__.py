"""The administrators' pages: members, organizations, units and the rules that place people."""
