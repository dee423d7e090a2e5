"""A page with what stands around it and the tags it carries, in one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from community.bounded import Bounded
from community.database import session
from community.policy import may_see, visible_subjects
from community.subjects import State
from community.tagging.queries import tags_on
from community.tagging.slots import note_tags
from community.texts.models import TextLink
from community.viewer import Viewer
from community.wiki.models import PATH_LENGTH, SUBJECT, Page
from community.wiki.paths import fold
from community.wiki.queries import published_at, removed_at
from community.wiki.tree import (
    MOST_AROUND,
    Near,
    Surroundings,
    around_page,
    is_near,
    opened_for,
    surroundings_of,
)

MOST_STATEMENTS = 200

_statements: Bounded[tuple[str, tuple[str, ...]], Select[Page, Any, Any]] = Bounded(MOST_STATEMENTS)


class as_json(FunctionElement[Any]):
    """All rows as one value: a list of lists."""

    type = JSON()
    inherit_cache = True


@compiles(as_json)
def _on_sqlite(element: as_json, compiler: Any, **rest: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **rest)}))"


@compiles(as_json, "postgresql")
def _on_postgresql(element: as_json, compiler: Any, **rest: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **rest)}))"


def open_page(slug: str, path: str, viewer: Viewer) -> tuple[Page, Surroundings] | None:
    """As `page_at`, with what the viewer can read around it."""
    if len(fold(path)) > PATH_LENGTH:
        return None
    opened = {f"above{number}": above for number, above in enumerate(opened_for(path))}
    statement = _statement(viewer, tuple(opened))
    row = session.execute(statement, {"slug": slug, "path": fold(path), **opened}).first()
    if row and may_see(viewer, row.Page.space) and may_see(viewer, row.Page):
        page, around, tags = row
        note_tags(SUBJECT, page.id, [(key, name) for key, name in tags or ()])
        return page, surroundings_of(page.space, [Near(*one) for one in around or ()])
    page = removed_at(slug, path, viewer)
    return (page, around_page(page, viewer)) if page else None


def _statement(viewer: Viewer, opened: tuple[str, ...]) -> Select[Page, Any, Any]:
    """Built once for all who may read the same: what stands around a page is published."""
    known = _statements.get((viewer.audience_class, opened))
    if known is None:
        around, tags = _around(viewer, opened), tags_on(SUBJECT, Page.id).correlate(Page)
        known = published_at().add_columns(_as_one(around), _as_one(tags))
        _statements[viewer.audience_class, opened] = known
    return known


def _around(viewer: Viewer, opened: Sequence[str]) -> Select[str, str, bool, bool]:
    """As `tree.around_page`, for the page that is found."""
    other = aliased(Page)
    near = is_near(other, [bindparam(name, type_=String) for name in opened])
    linking = select(TextLink.text_id).where(
        TextLink.target_kind == SUBJECT, TextLink.target_id == Page.id
    )
    links = and_(other.text_id.in_(linking.correlate(Page)), other.id != Page.id)
    return (
        select(other.path, other.title, near.label("near"), links.label("links"))
        .where(
            other.space_id == Page.space_id,
            other.state == State.PUBLISHED,
            visible_subjects(other, _anybody(viewer)),
            or_(near, links),
        )
        .order_by(other.path_folded)
        .limit(MOST_AROUND)
        .correlate(Page)
    )


def _anybody(viewer: Viewer) -> Viewer:
    """Who may read the same, and has written nothing."""
    return Viewer(None, viewer.groups, viewer.roles, viewer.levels)


def _as_one(rows: Select[*tuple[Any, ...]]) -> ScalarSelect[Any]:
    found = rows.subquery()
    return select(as_json(*found.c)).scalar_subquery()
