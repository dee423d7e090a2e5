"""The locks hold what the project asks for, by version and hash, from wherever one's pip looks."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ASKED = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
    ],
}


def locked(lock: str) -> dict[str, set[str]]:
    """The versions of each package; more than one where Pythons differ."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(), re.M):
        versions.setdefault(name, set()).add(version)
    return versions


@pytest.mark.parametrize("lock", ASKED)
def test_everything_asked_for_is_locked(lock):
    names = {re.split(r"[^a-z0-9-]", one)[0] for one in ASKED[lock]}
    assert names <= set(locked(lock))


def test_tests_run_on_what_is_served():
    served, tested = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: tested[name] for name in served} == served


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_names_no_address_and_hashes_every_package(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index-url" not in text
    assert len(re.findall(r" \\\n    --hash=sha256:", text)) >= len(locked(lock))
    assert not re.search(r"==\S+[^\\]*\n(?!    --hash)", text)
