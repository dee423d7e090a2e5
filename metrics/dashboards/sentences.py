"""What the numbers say, in sentences; each speaks only where its interval allows."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from metrics import wording
from metrics.results import Result, ResultState

SPEAKS = (ResultState.OK, ResultState.PROVISIONAL, ResultState.STALE)


def overview(answered: Result, absence: Result, waiting: Result) -> list[str]:
    return _say((_pace, answered), (_burden, absence), (_backlog, waiting))


def engagement(conversation: Result, two_way: Result, reciprocity: Result) -> list[str]:
    return _say((_at_or_with, conversation), (_both_ways, two_way), (_returned, reciprocity))


def ladder(engaged: Result, conversion: Result, retention: Result, net: Result) -> list[str]:
    return _say(
        (_level_of_engagement, engaged), (_came_up, conversion), (_stayed, retention), (_went, net)
    )


def _say(*pairs: tuple[Callable[[Result], str], Result]) -> list[str]:
    """Each sentence whose number may speak; where none does, why."""
    said = [sentence(result) for sentence, result in pairs if _speaks(result)]
    return [sentence for sentence in said if sentence] or [_too_little(pairs[0][1])]


def _speaks(result: Result) -> bool:
    return result.state in SPEAKS and result.figure.value is not None


def _share(result: Result) -> str:
    return wording.percent(result.figure.value or 0)


def _direction(result: Result) -> int:
    """1 where it clearly rose, -1 where it clearly fell, else 0."""
    change = result.change
    if change is None or not change[1].excludes(0):
        return 0
    return 1 if change[0] > 0 else -1


def _pace(answered: Result) -> str:
    said = {"share": _share(answered), "time": wording.duration(answered.question.within)}
    return {
        1: _("You answer faster than in the weeks before: %(share)s within %(time)s.", **said),
        -1: _("You answer slower than in the weeks before: %(share)s within %(time)s.", **said),
        0: _("%(share)s of what is asked is answered within %(time)s.", **said),
    }[_direction(answered)]


def _burden(absence: Result) -> str:
    people = round(absence.figure.value or 0)
    return ngettext(
        "One person writes half of everything.",
        "%(num)d people write half of everything.",
        people,
    )


def _backlog(waiting: Result) -> str:
    count = round(waiting.figure.value or 0)
    if not count:
        return _("Nobody is waiting for an answer.")
    old = sum(age["count"] for age in waiting.figure.detail["ages"] if age["from_hours"])
    if old == count:
        return ngettext(
            "%(num)d topic has waited longer than a day for an answer.",
            "%(num)d topics have waited longer than a day for an answer.",
            count,
        )
    return ngettext(
        "%(num)d topic has no answer yet.",
        "%(num)d topics have no answer yet, %(old)d of them for longer than a day.",
        count,
        old=old,
    )


def _at_or_with(conversation: Result) -> str:
    figure = conversation.figure
    share = _share(conversation)
    if (figure.low or 0) > 0.5:
        return _("Your people talk with others more than at them: %(share)s is reply.", share=share)
    if (figure.high or 1) < 0.5:
        return _("Your people talk at others more than with them: %(share)s is reply.", share=share)
    return _("%(share)s of what your people say outside is a reply.", share=share)


def _both_ways(two_way: Result) -> str:
    share = _share(two_way)
    return {
        1: _("More topics go both ways than before: %(share)s.", share=share),
        -1: _("Fewer topics go both ways than before: %(share)s.", share=share),
        0: _("%(share)s of the topics go both ways.", share=share),
    }[_direction(two_way)]


def _returned(reciprocity: Result) -> str:
    return _("Of those who are replied to, %(share)s reply in turn.", share=_share(reciprocity))


def _level_of_engagement(engaged: Result) -> str:
    share = _share(engaged)
    return {
        1: _("More of those who are active are engaged than before: %(share)s.", share=share),
        -1: _("Fewer of those who are active are engaged than before: %(share)s.", share=share),
        0: _("%(share)s of those who are active are engaged with others.", share=share),
    }[_direction(engaged)]


def _came_up(conversion: Result) -> str:
    share = _share(conversion)
    return _("%(share)s of those who only took part before now engage.", share=share)


def _stayed(retention: Result) -> str:
    return _("Of the engaged, %(share)s stayed.", share=_share(retention))


def _went(net: Result) -> str:
    """Which way more went, said only where chance alone would not do it."""
    if net.figure.low is None or net.figure.high is None:
        return ""
    if net.figure.low > 0:
        return _("More members climb than drop.")
    if net.figure.high < 0:
        return _("More members drop than climb.")
    return _("About as many climb as drop.")


def _too_little(result: Result) -> str:
    if result.state == ResultState.SUPPRESSED:
        return _("Too few people take part to say anything about them.")
    return _("Too little has happened in this window to say more than the figures below.")
