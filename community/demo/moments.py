"""How the demo's files tell the time: always before now, or after what went before."""

import re
from datetime import UTC, datetime, time, timedelta

_SPAN = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")


def span(text: str) -> timedelta:
    """`2d4h`, `40m`, `1d` as a length of time."""
    match = _SPAN.fullmatch(text)
    if not text or match is None:
        raise ValueError(f"not a length of time: {text!r}")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def moment(text: str, *, now: datetime, after: datetime | None = None) -> datetime:
    """`105d 07:50` is a time of day so many days ago, `9h` hours ago, `+2h` counts from `after`."""
    if text.startswith("+"):
        if after is None:
            raise ValueError(f"nothing to count from: {text!r}")
        return after + span(text[1:])
    if " " not in text:
        return now - span(text)
    days, clock = text.split(" ")
    day = (now - span(days)).date()
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=UTC)


def days_ago(days: float, now: datetime) -> datetime:
    return now - timedelta(days=days)
