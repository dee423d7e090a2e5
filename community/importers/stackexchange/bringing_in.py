"""The whole of a dump, in order."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from community.database import session, write_transaction
from community.errors import Invalid
from community.events import occurring
from community.importers.origins import Origins
from community.importers.report import Report
from community.importers.spaces import imported_space
from community.importers.stackexchange.dump import Dump
from community.importers.stackexchange.finishing import finish_threads
from community.importers.stackexchange.history import import_history, markdown_sources
from community.importers.stackexchange.links import import_links
from community.importers.stackexchange.people import import_people
from community.importers.stackexchange.posts import (
    import_answers,
    import_comments,
    import_questions,
)
from community.importers.stackexchange.votes import import_accepted, import_favourites
from community.threads.models import Post

UNFINISHED = "unfinished"


def import_stackexchange(
    folder: Path,
    *,
    employees: frozenset[str] = frozenset(),
    name: str = "",
    progress: Callable[[str, int], None] = lambda kind, count: None,
) -> Report:
    """Bring in a dump's folder; a second time changes nothing.

    `name` is the site's; it names the origin and, at the first time, a category for questions that
    everyone can read. Raise `Invalid` for a folder without posts.
    """
    if not any(path.name.lower().startswith("posts.xml") for path in folder.iterdir()):
        raise Invalid({"folder": f"There is no Posts.xml in {folder}."})
    name = name or folder.name
    with occurring(source="import"):
        origins = Origins(f"stackexchange:{name}")
        space_id = imported_space(origins, "site", name, name, questions=True)
        dump = Dump(folder, space_id, origins, employees, progress)
        last_post = _last_post_before(origins)
        import_people(dump)
        sources = markdown_sources(dump)
        import_questions(dump, sources)
        import_answers(dump, sources)
        import_comments(dump)
        import_history(dump)
        import_accepted(dump)
        import_favourites(dump)
        import_links(dump)
        finish_threads(_threads_after(last_post))
        with write_transaction():
            origins.forget(UNFINISHED)
    return dump.report


def _last_post_before(origins: Origins) -> int:
    """The last one before this run, or before an earlier one that was cut off."""
    begun = origins.among(UNFINISHED, ["posts"])
    if not begun:
        begun = {"posts": session.scalar(select(func.max(Post.id))) or 0}
        with write_transaction():
            origins.note(UNFINISHED, "post", begun)
    return begun["posts"]


def _threads_after(last_post: int) -> set[int]:
    return set(session.scalars(select(Post.thread_id).where(Post.id > last_post).distinct()))
