"""The rooms of ideas, in the order in which they are put together."""

FEATURES = [
    "ideas.releases",
    "ideas.board",
    "ideas.voting",
    "ideas.ranking",
    "ideas.review",
    "ideas.roadmap",
    "ideas.demo",
]
