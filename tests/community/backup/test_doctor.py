"""`doctor` says how old the last backup is, and complains in production when there is none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community import clock
from community.backup import records
from community.backup.records import age_of_the_last_backup, is_backed_up

pytestmark = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def home(backed_up, move_in):
    made = move_in()
    made.restore(backed_up.backup)
    return made


def test_the_age_is_that_of_the_last_backup_wherever_it_was_written(home, tmp_path):
    runner = home.app.test_cli_runner()
    assert "no backup was made here yet" in runner.invoke(args=["doctor"]).output
    made = runner.invoke(args=["backup", "create", str(tmp_path)])
    [path] = tmp_path.glob("guildhall-*.tar")
    assert made.exit_code == 0 and str(path) in made.output
    with home.app.app_context():
        assert "less than an hour old" in age_of_the_last_backup()
        for age, told in ({"hours": 30}, "30 hours old"), ({"days": 9}, "9 days old"):
            with clock.at(records.last().at + timedelta(**age)):
                assert told in age_of_the_last_backup()


def test_production_without_a_backup_of_this_week_is_wrong(home, tmp_path):
    home.app.config["SETTINGS"] = replace(
        home.app.config["SETTINGS"], base_url="https://community.example.org"
    )
    with home.app.app_context():
        assert list(is_backed_up()) != []
        home.app.test_cli_runner().invoke(args=["backup", "create"])
        assert list(is_backed_up()) == []
        with clock.at(records.last().at + timedelta(days=8)):
            assert list(is_backed_up()) != []


def test_who_only_tries_it_out_is_not_asked_for_backups(home):
    with home.app.app_context():
        assert list(is_backed_up()) == []
