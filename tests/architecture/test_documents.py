"""What README and CONTRIBUTING say of the tree is true."""

import re
from pathlib import Path

import pytest
from click import Context, Group

from wsgi import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGES = ("community", "ideas", "metrics")
ROLES = CONTRIBUTING.partition("Role files are called `")[2].partition("`")[0].split()


def rooms_on_the_map() -> set[str]:
    """`ideas/board voting` in a row of the table means `ideas/board` and `ideas/voting`."""
    named = set()
    cells = "\n".join(re.findall(r"^\| (`[^|]+) \|", README, re.MULTILINE))
    for cell in re.findall(r"`([^`]+)`", cells):
        first, *others = cell.split()
        package, _, room = first.partition("/")
        if package in PACKAGES and room != "*.py":
            named |= {f"{package}/{one}" for one in (room, *others)}
    return named


def rooms_in_the_tree() -> set[str]:
    return {
        f"{package}/{path.parent.name}"
        for package in PACKAGES
        for path in (ROOT / package).glob("*/__init__.py")
    }


def test_the_map_names_every_room_and_no_other():
    assert rooms_on_the_map() == rooms_in_the_tree()


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_the_files_and_folders_named_are_there(text):
    starts = r"(?:community|ideas|metrics|templates|static|migrations|tests|bench|bin|docs)/"
    named = re.findall(rf"(?<![\w/])({starts}[\w./]*)", text)
    assert [name for name in named if not (ROOT / name.rstrip(".")).exists()] == []


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_the_commands_named_are_there(text):
    asked, wanted = Context(app.cli), set()
    every = [(name, app.cli.get_command(asked, name)) for name in app.cli.list_commands(asked)]
    groups = {name: found for name, found in every if isinstance(found, Group)}
    for group, verbs in re.findall(r"`(?:flask --app wsgi )?(\w+) ([\w|-]+)[^`]*`", text):
        if group in groups:
            wanted |= {(group, verb) for verb in verbs.split("|")}
    missing = [pair for pair in sorted(wanted) if pair[1] not in groups[pair[0]].commands]
    assert missing == []


def test_the_settings_named_are_read():
    config = (ROOT / "community" / "config.py").read_text(encoding="utf-8")
    section = README.partition("## Settings")[2].partition("## ")[0]
    named = set(re.findall(r"`([A-Z_]+)`", section))
    assert named and [name for name in named if name not in config] == []


def test_the_role_files_are_those_the_application_imports():
    application = (ROOT / "community" / "application.py").read_text(encoding="utf-8")
    roles = re.search(r"ROLES = \((.*?)\)", application, re.DOTALL)[1]
    assert set(re.findall(r'"(\w+)"', roles)) <= set(ROLES)
