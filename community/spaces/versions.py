"""What else has another version after a change to what stands in a space."""

from typing import Any

from sqlalchemy import update

from community.database import session
from community.spaces.models import Space


def touch_space(space_id: int | None) -> None:
    """Lists of the space show something else now; two who come here take turns until the commit."""
    if space_id:
        session.execute(
            update(Space)
            .where(Space.id == space_id)
            .values(version=Space.version + 1)
            .execution_options(synchronize_session=False)
        )


def touch_in_space(row: Any) -> None:
    """Give a subject another version, and its space too; joins an action."""
    row.version = type(row).version + 1
    session.flush()
    touch_space(row.space_id)
