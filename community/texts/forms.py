"""What every form that changes a text carries."""

from collections.abc import Mapping

from community.errors import NotFound
from community.texts.models import Text
from community.texts.queries import find_revision


def begun_with(form: Mapping[str, str]) -> int:
    """The revision the editor began with; a form that does not say began with none."""
    written = form.get("base", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0


def title_to_save(form: Mapping[str, str], text: Text, *, current: str) -> str:
    """The title typed; where only others changed it meanwhile, theirs."""
    title = form.get("title", current)
    try:
        untouched = title == find_revision(text, begun_with(form)).title
    except NotFound:
        untouched = False
    return current if untouched else title
