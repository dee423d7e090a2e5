"""Groups: everyone, members, each segment, organization and unit, and those that members make."""
