"""What became of rows that were imported."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from community.database import session
from community.importers.models import Origin
from community.subjects import subject_at


def imported_from(system: str, kind: str, external_id: str) -> Iterator[Any]:
    """The subjects here that were this row on a site of this system; several sites may have one."""
    origins = session.scalars(
        select(Origin)
        .where(
            Origin.kind == kind,
            Origin.external_id == external_id,
            Origin.system.startswith(f"{system}:", autoescape=True),
        )
        .order_by(Origin.id)
    )
    for origin in origins:
        subject = subject_at(origin.subject_kind, origin.subject_id)
        if subject is not None:
            yield subject
