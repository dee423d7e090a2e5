"""Many rows are sent at once, and none are not sent at all."""

from community.database import write_transaction
from community.events import emit_all
from community.threads.readings import set_marks
from tests.sql import counting_sql


def test_where_nobody_did_anything_nothing_is_sent(app, database):
    with counting_sql() as statements, write_transaction():
        emit_all([])
        set_marks([])
    assert statements == []
