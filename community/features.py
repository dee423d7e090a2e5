"""The rooms of the community, in the order in which they are put together."""

FEATURES = [
    "community.members",
    "community.credentials",
    "community.groups",
    "community.organizations",
    "community.spaces",
    "community.texts",
    "community.attachments",
    "community.search",
    "community.threads",
    "community.reactions",
    "community.forum",
]
