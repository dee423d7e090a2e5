"""Histories in which members stand on the ladder's levels."""

from datetime import UTC, date, datetime, time, timedelta

from community.forum.events import AnswerAccepted
from community.watching.events import WatchChanged
from tests.metrics.happenings import History

# Two periods and the one before them, as they stand at the noon of the metrics' tests.
EARLIER, BEFORE, NOW = date(2025, 12, 22), date(2026, 1, 19), date(2026, 2, 16)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
WITHIN_F2 = (
    [0, 0, 1, 1, 1, 2, 2, 3, 4, 5],
    [1, 0, 2, 1, 0, 3, 2, 4, 4, 5],
)


def on(period: date, day: int, hour: int = 9) -> datetime:
    return datetime.combine(period + timedelta(days=day), time(hour), UTC)


class Climb(History):
    """Everybody has been a member for long."""

    joined_at = LONG_AGO

    def monitors(self, name: str, period: date) -> None:
        self.reads(name, on(period, 3))

    def discovers(self, name: str, period: date) -> None:
        for day in (2, 5):
            self.watches(name, on(period, day), thing=day)

    def shares(self, name: str, period: date) -> int:
        """Gives the thread of their topic."""
        self.reads(name, on(period, 8))
        return self.opens(name, on(period, 1))

    def watches(self, name: str, at: datetime, *, thing: int) -> None:
        watched = WatchChanged(subject_kind="topic", subject_id=thing, level="watching")
        self.happens(name, at, watched)

    def answers(self, thread: int, name: str, at: datetime) -> int:
        """Answers the thread's opening, whoever wrote last."""
        self.last[thread] = self.openings[thread]
        return self.replies(thread, name, at)

    def accepts(self, name: str, post: int, thread: int, of: str, at: datetime) -> None:
        accepted = AnswerAccepted(
            topic_id=thread, thread_id=thread, post_id=post, to_member_id=self.member(of)
        )
        self.happens(name, at, accepted)


def fixture_f2() -> Climb:
    """The ten members of the measurement model: C0 to C9, from one level to the other."""
    climb = Climb()
    for number in range(10):
        climb.member(f"C{number}")
    climb.monitors("C0", NOW)
    for name in ("C2", "C3", "C4"):
        climb.monitors(name, BEFORE)
    climb.discovers("C2", NOW)
    climb.monitors("C3", NOW)
    climb.discovers("C5", BEFORE)
    climb.shares("C5", NOW)
    climb.discovers("C6", BEFORE)
    climb.discovers("C6", NOW)
    _talk(climb, EARLIER, answered={"C9": ["C8", "C7"], "C8": ["C9"]})
    _talk(climb, BEFORE, answered={"C9": ["C8", "C7"], "C8": ["C9", "C7"]}, accepts="C7")
    everybody = {"C9": ["C8", "C7"], "C8": ["C9", "C7"], "C7": ["C8", "C9"]}
    _talk(climb, NOW, answered=everybody, accepts="C8")
    return climb


def _talk(climb: Climb, period: date, *, answered: dict, accepts: str = "") -> None:
    """C7, C8 and C9 ask, answer each other so, and one of them accepts an answer by C9."""
    threads = {name: climb.shares(name, period) for name in ("C7", "C8", "C9")}
    for name, others in answered.items():
        for place, other in enumerate(others):
            post = climb.answers(threads[other], name, on(period, 10 + place))
            if accepts == other and name == "C9":
                climb.accepts(other, post, threads[other], "C9", on(period, 15))
