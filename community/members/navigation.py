"""The directory's place in the navigation, and the words that templates have for members."""

from collections.abc import Iterable

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.members.models import Segment
from community.slots import add_place
from community.subjects import kind_of, subject_title, subject_url

add_place(
    _l("People"),
    "members.index",
    prefixes=("/people", "/groups"),
    position=60,
    shown_to=lambda viewer: viewer.member is not None,
)


def segment_word(segment: str) -> str:
    return {
        Segment.EMPLOYEE: _("Employee"),
        Segment.CUSTOMER: _("Customer"),
        Segment.PARTNER: _("Partner"),
        Segment.PUBLIC: _("Public"),
        Segment.BOT: _("Bot"),
    }[Segment(segment)]


def segment_choices(segments: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(segment), segment_word(segment)) for segment in segments]


def language_choices(languages: Iterable[str]) -> list[tuple[str, str]]:
    """Each language by its own name."""
    return [(tag, (Locale.parse(tag).get_display_name() or tag).capitalize()) for tag in languages]


TEMPLATE_WORDS = {
    "segment_word": segment_word,
    "segment_choices": segment_choices,
    "language_choices": language_choices,
    "subject_url": subject_url,
    "subject_title": subject_title,
    "subject_label": lambda row: kind_of(row).label(),
}
