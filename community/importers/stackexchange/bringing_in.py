"""The whole of a dump, in order."""

from collections.abc import Callable
from pathlib import Path

from slugify import slugify
from sqlalchemy import func, select

from community.audiences import Level, new_audience, set_grant
from community.database import session, write_transaction
from community.errors import Invalid
from community.events import occurring
from community.groups.models import Group
from community.identifiers import new_public_id
from community.importers.models import Origin
from community.importers.origins import Origins
from community.importers.report import Report
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
from community.spaces.models import Space, SpaceKind
from community.threads.models import Post


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
        space_id = _space(name)
        dump = Dump(folder, space_id, Origins(f"stackexchange:{name}"), employees, progress)
        last_post = session.scalar(select(func.max(Post.id))) or 0
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
    return dump.report


def _space(name: str) -> int:
    system = f"stackexchange:{name}"
    known = session.scalar(
        select(Origin.subject_id).where(Origin.system == system, Origin.kind == "site")
    )
    if known:
        return known
    with write_transaction():
        public_id = new_public_id()
        audience = new_audience(f"space:{public_id}")
        slug = slugify(name)[:60] or public_id
        taken = session.scalar(select(Space.id).where(Space.slug == slug))
        space = Space(
            public_id=public_id,
            kind=SpaceKind.CATEGORY,
            slug=f"{slug}-{public_id}" if taken else slug,
            name=name[:80],
            audience_id=audience.id,
            questions=True,
        )
        session.add(space)
        session.flush()
        for key, level in (("everyone", Level.SEE), ("members", Level.CREATE)):
            group = session.scalars(select(Group).where(Group.key == key)).one()
            set_grant(audience, level, group=group)
        Origins(system).note("site", "space", {name: space.id})
        return space.id


def _threads_after(last_post: int) -> set[int]:
    return set(session.scalars(select(Post.thread_id).where(Post.id > last_post).distinct()))
