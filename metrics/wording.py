"""How a number reads: one rounding for tiles, charts, tables and sentences."""

from flask_babel import format_decimal, format_number, format_percent, ngettext
from flask_babel import gettext as _

DAY = 24


def in_unit(value: float | None, unit: str) -> str:
    """`value` as it is read aloud; a dash where there is none, never zero."""
    if value is None:
        return "–"
    return READINGS[unit](value)


def percent(share: float) -> str:
    """Whole percents, with a decimal below one where rounding would say none."""
    pattern = "#,##0.0\u00a0%" if 0 < share < 0.01 else "#,##0\u00a0%"
    return format_percent(share, pattern)


def balance(share: float) -> str:
    """A share that may be less than nothing, with its sign."""
    points = percent(abs(share))
    if points == percent(0):
        return points
    return ("+" if share > 0 else "\u2212") + points


def whole(count: float) -> str:
    return format_number(round(count))


def index(value: float) -> str:
    return format_decimal(value, "0.00")


def duration(hours: float) -> str:
    """Minutes, hours or days, whichever reads best."""
    if hours < 1:
        return _("%(minutes)s min", minutes=whole(hours * 60))
    if hours < 2 * DAY:
        return _("%(hours)s h", hours=format_decimal(hours, "0.#"))
    days = round(hours / DAY, 1)
    return ngettext("%(days)s day", "%(days)s days", days, days=format_decimal(days, "#,##0.#"))


def signed(change: float, unit: str) -> str:
    """A difference with its sign; of shares in points."""
    sign = "+" if change > 0 else "\u2212"
    if unit in ("share", "balance"):
        points = round(abs(change) * 100)
        return ngettext("%(sign)s%(num)d point", "%(sign)s%(num)d points", points, sign=sign)
    return sign + in_unit(abs(change), unit)


def span(low: float | None, high: float | None, unit: str) -> str:
    """An interval; open at the end that the data do not reach."""
    if low is None:
        return ""
    if high is None:
        return _("%(low)s or more", low=in_unit(low, unit))
    if unit == "share" and high >= 0.01:
        return f"{whole(low * 100)}–{percent(high)}"
    return f"{in_unit(low, unit)} – {in_unit(high, unit)}"


READINGS = {
    "share": percent,
    "balance": balance,
    "people": whole,
    "threads": whole,
    "hours": duration,
    "index": index,
}
