"""What else has another version after a change to a thread."""

from sqlalchemy import update

from community.database import session
from community.spaces.models import Space


def touch_space(space_id: int | None) -> None:
    """Lists of the space show how many posts each thread has."""
    if space_id:
        session.execute(
            update(Space)
            .where(Space.id == space_id)
            .values(version=Space.version + 1)
            .execution_options(synchronize_session=False)
        )
