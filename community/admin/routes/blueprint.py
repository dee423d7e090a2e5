"""The blueprint that the administrators' pages share, and the words of their templates."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from community.organizations.models import OrganizationType

bp = Blueprint("admin", __name__, url_prefix="/admin")


def type_word(kind: str) -> str:
    return {
        OrganizationType.CUSTOMER: _("Customer"),
        OrganizationType.PARTNER: _("Partner"),
        OrganizationType.PROSPECT: _("Prospect"),
    }[OrganizationType(kind)]


def type_choices(kinds: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(kind), type_word(kind)) for kind in kinds]


def named_choices(rows: Sequence[Any]) -> list[tuple[str, str]]:
    return [(row.public_id, row.name) for row in rows]


@bp.record
def _teach_templates(state) -> None:
    state.app.jinja_env.globals.update(type_word=type_word, type_choices=type_choices)
    state.app.jinja_env.filters.update(named_choices=named_choices)
