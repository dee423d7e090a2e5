"""A backup or a restoring that is killed leaves all of it or nothing, and can be begun again."""

import random

import pytest

from community.backup import restoring
from community.backup.manifest import Unsound
from community.backup.upgrading import bring_up_to_date
from tests.community.backup import killing

KILLS = 2


def kill_restoring(backed_up, move_in, *, kills: int) -> None:
    rehearsal = move_in()
    steps = killing.steps_of(rehearsal, "restore", backed_up.backup)
    for step in _some(steps, kills):
        home = move_in()
        killing.kill_at(home, step, "restore", backed_up.backup)
        if not _is_complete(home):
            home.restore(backed_up.backup)
        assert home.rows() == backed_up.home.rows(), step
        assert home.files() == backed_up.home.files(), step


def test_a_killed_restoring_is_complete_or_begun_again(backed_up, move_in):
    kill_restoring(backed_up, move_in, kills=KILLS)


@pytest.mark.soak
def test_a_restoring_killed_at_any_of_its_steps(backed_up, move_in):
    kill_restoring(backed_up, move_in, kills=30)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_killed_backup_leaves_nothing_that_looks_like_one(backed_up, move_in):
    home = move_in()
    home.restore(backed_up.backup)
    target = home.folder / "backups" / "made.tar"
    steps = killing.steps_of(home, "create", home.folder / "backups" / "first.tar")
    for step in _some(steps, KILLS):
        killing.kill_at(home, step, "create", target)
        kept = {path.name for path in (home.folder / "backups").glob("*.tar")}
        assert kept <= {"first.tar", "made.tar"}
        if target.exists():
            assert target.stat().st_size == backed_up.backup.stat().st_size
            target.unlink()
    home.create(target)
    left = {path.name for path in (home.folder / "backups").iterdir()}
    assert left == {"first.tar", "made.tar"}


def _is_complete(home) -> bool:
    """What a start would find; it does not build a house upon half of one."""
    with home.app.app_context():
        if restoring.is_unfinished():
            with pytest.raises(Unsound, match="interrupted here"):
                bring_up_to_date()
        elif restoring.has_tables():
            bring_up_to_date()
            assert not restoring.staging().exists()
            return True
        return False


def _some(steps: int, kills: int) -> list[int]:
    """Half of them by chance anywhere, half towards the end, where things come into place."""
    chance, last = random.Random(steps), range(max(1, steps - kills * 2), steps + 1)
    numbers = set(chance.sample(last, kills // 2)) | set(chance.sample(range(1, steps + 1), kills))
    return sorted(numbers)[-kills:]
