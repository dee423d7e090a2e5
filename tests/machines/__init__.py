"""Two web machines behind nginx, in network namespaces of this one: one dies, both are renewed."""
