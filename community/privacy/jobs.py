"""Erasing, and making sure that nothing erased is left in free pages and old index files."""

from community.config import settings
from community.database import db, exclusively, write_transaction
from community.jobs import job
from community.privacy.erasing import erase
from community.search.jobs import rebuild


@job("privacy.erase")
def erase_person(member_id: int) -> None:
    erase(member_id)
    with write_transaction():
        rebuild.later(key="search.rebuild")
        compact.later(key="privacy.compact")


@job("privacy.compact")
def compact() -> None:
    """Write the SQLite file anew: deleted rows stay readable in its free pages until then."""
    if not settings().uses_sqlite:
        return
    with exclusively():
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
