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
    "community.tagging",
    "community.watching",
    "community.notifications",
    "community.moderation",
    "community.reactions",
    "community.forum",
    "community.admin",
    "community.api",
    "community.demo",
    "community.importers",
]
