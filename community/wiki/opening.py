"""A page with what stands around it and the tags it carries, in one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from community.database import session
from community.policy import may_see, visible_subjects
from community.subjects import State
from community.tagging.queries import tags_on
from community.tagging.slots import note_tags
from community.texts.models import TextLink
from community.viewer import Viewer
from community.wiki.models import PATH_LENGTH, SUBJECT, Page
from community.wiki.paths import fold, parents_of
from community.wiki.queries import published_at, removed_at
from community.wiki.tree import MOST_AROUND, Near, Surroundings, around_page, surroundings_of

MOST_STATEMENTS = 200

_statements: dict[tuple[str, int], Select[Page, Any, Any]] = {}


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
    opened = [f"{fold(above)}/" for above in (*parents_of(path), path)]
    place = {f"above{number}": above for number, above in enumerate(opened)}
    statement = _statement(viewer, len(opened))
    row = session.execute(statement, {"slug": slug, "path": fold(path), **place}).first()
    if row and may_see(viewer, row.Page.space) and may_see(viewer, row.Page):
        page, around, tags = row
        note_tags(SUBJECT, page.id, [(key, name) for key, name in tags or ()])
        return page, surroundings_of(page.space, [Near(*one) for one in around or ()])
    page = removed_at(slug, path, viewer)
    return (page, around_page(page, viewer)) if page else None


def _statement(viewer: Viewer, depth: int) -> Select[Page, Any, Any]:
    """Built once for all who may read the same: what stands around a page is published."""
    known = _statements.get((viewer.audience_class, depth))
    if known is None:
        if len(_statements) >= MOST_STATEMENTS:
            _statements.clear()
        names = [f"above{number}" for number in range(depth)]
        around, tags = _around(viewer, names), tags_on(SUBJECT, Page.id).correlate(Page)
        known = published_at().add_columns(_as_one(around), _as_one(tags))
        _statements[viewer.audience_class, depth] = known
    return known


def _around(viewer: Viewer, opened: Sequence[str]) -> Select[str, str, bool, bool]:
    """As `tree.around_page`, for the page that is found."""
    other = aliased(Page)
    near = or_(not_(other.path.contains("/")), *[_right_below(other, name) for name in opened])
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


def _right_below(page: Any, name: str) -> ColumnElement[bool]:
    above = bindparam(name, type_=String)
    begins = func.substr(page.path_folded, 1, func.length(above)) == above
    rest = func.substr(page.path_folded, func.length(above) + 1)
    return and_(begins, not_(rest.contains("/")))


def _anybody(viewer: Viewer) -> Viewer:
    """Who may read the same, and has written nothing."""
    return Viewer(None, viewer.groups, viewer.roles, viewer.levels)


def _as_one(rows: Select[*tuple[Any, ...]]) -> ScalarSelect[Any]:
    found = rows.subquery()
    return select(as_json(*found.c)).scalar_subquery()
