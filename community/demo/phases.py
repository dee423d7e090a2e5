"""The three stretches of the sixteen weeks, and the hours of the day at which people write."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random


@dataclass(frozen=True)
class Phase:
    """Days before now; `fates`: the odds of what becomes of a question, `talk`: of a remark.

    `attendance` is how readily people come by at all, `confirms` how often somebody of the house
    confirms what a customer has answered.
    """

    first: int
    last: int
    shorts: int
    fates: dict[str, float]
    talk: float
    likes: int
    attendance: float
    confirms: float


PHASES = (
    Phase(
        111,
        78,
        22,
        {"staff": 0.10, "late": 0.38, "member": 0.04, "never": 0.48},
        0.45,
        1,
        0.55,
        0.0,
    ),
    Phase(
        77, 36, 25, {"staff": 0.55, "late": 0.10, "member": 0.22, "never": 0.13}, 0.85, 3, 0.85, 0.4
    ),
    Phase(
        34, 1, 35, {"staff": 0.48, "late": 0.05, "member": 0.39, "never": 0.08}, 1.0, 5, 1.0, 0.7
    ),
)


def phase_of(at: datetime, now: datetime) -> Phase:
    age = (now - at).days
    return next((phase for phase in PHASES if age >= phase.last), PHASES[-1])


class Daylight:
    """Moments at which somebody might well be at a desk."""

    def __init__(self, now: datetime, random: Random):
        self.now = now
        self.random = random

    def somewhen(self, days_ago: int) -> datetime:
        day = self.now - timedelta(days=days_ago)
        six = day.replace(hour=6, minute=0, second=0, microsecond=0)
        return six + timedelta(minutes=self.random.randint(0, 13 * 60))

    def after(self, at: datetime, least: float, most: float) -> datetime:
        """Some hours later; what would fall into the night waits for the morning."""
        later = at + timedelta(minutes=round(60 * self.random.uniform(least, most)))
        if 5 <= later.hour < 21:
            return later
        hour, minute = 5 + self.random.randint(0, 3), self.random.randint(30, 59)
        morning = later.replace(hour=hour, minute=minute)
        return morning if morning > later else morning + timedelta(days=1)
