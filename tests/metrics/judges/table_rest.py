"""What of an installation's tables only the ladder and the closing of topics need."""

from datetime import UTC, datetime, timedelta

from tests.metrics.judges.verdicts import World

WEEK = timedelta(days=7)
UNDOES = {
    "ReactionWithdrawn": "ReactionGiven",
    "VoteWithdrawn": "IdeaVoted",
    "AnswerUnaccepted": "AnswerAccepted",
    "IdeaStatusChangeUndone": "IdeaStatusChanged",
}
BY_ANYBODY = {"AnswerAccepted", "IdeaStatusChanged"}
LEFT = {"MemberSuspended": "left", "MemberErased": "erased", "MemberReactivated": "here"}


class TheRest:
    """`events` are (name, actor, moment, payload) in the order in which they were written."""

    def __init__(self, world: World, connection, events, stayed) -> None:
        self.world, self.events, self.stayed = world, events, stayed
        for key, at in connection.execute("SELECT id, joined_at FROM member"):
            world.joined[str(key)] = datetime.fromisoformat(at).replace(tzinfo=UTC)
        self.authors = dict(connection.execute("SELECT id, author_id FROM idea"))
        self.undone = [
            (UNDOES[name], thing(payload), actor, at)
            for name, actor, at, payload in events
            if name in UNDOES
        ]

    def read(self) -> None:
        for name, actor, at, payload in self.events:
            self._looking(name, actor, at, payload)
            self._coming(name, at, payload)
            if name in UNDOES.values() and self._stands(name, actor, at, payload):
                self._word(name, actor, at, payload)

    def _looking(self, name: str, actor: str, at: datetime, payload: dict) -> None:
        watched = name == "WatchChanged" and payload["level"] not in ("muted", "normal")
        if watched or name in ("SearchResultOpened", "TagsChanged"):
            self.world.sense_making.append((actor, str(thing(payload)), at))
        if watched:
            self.world.other_acts.append((actor, at))

    def _coming(self, name: str, at: datetime, payload: dict) -> None:
        if name in LEFT:
            self.world.leavings.append((str(payload["member_id"]), at, LEFT[name]))
        elif name == "TopicLocked":
            self.world.closed[str(payload["thread_id"])] = at
        elif name == "TopicUnlocked":
            self.world.closed.pop(str(payload["thread_id"]), None)

    def _word(self, name: str, actor: str, at: datetime, payload: dict) -> None:
        if name == "AnswerAccepted":
            self.world.outcomes.append((str(payload["to_member_id"]), actor, at))
        elif name == "IdeaStatusChanged":
            if payload["to_status"] in ("planned", "shipped") and self.world.staff(actor):
                author = str(self.authors[payload["idea_id"]])
                self.world.outcomes.append((author, actor, at))
        else:
            author = payload.get("to_member_id") or payload.get("author_id")
            self.world.nods.append((actor, str(author), at))

    def _stands(self, name: str, actor: str, at: datetime, payload: dict) -> bool:
        """Neither it nor what it was said of was taken away within a week."""
        about = thing(payload)
        return self.stayed(*about, at) and not any(
            what == name
            and which == about
            and (name in BY_ANYBODY or by == actor)
            and at <= later <= at + WEEK
            for what, which, by, later in self.undone
        )


def thing(payload: dict) -> tuple[str, int]:
    for kind in ("post", "idea"):
        if f"{kind}_id" in payload:
            return kind, payload[f"{kind}_id"]
    return payload["subject_kind"], payload["subject_id"]
