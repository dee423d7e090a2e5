"""What others wrote and we hand on: whole, named, with its licence, unchanged."""

import hashlib
import json

import pytest

from community.assets import STATIC

VENDOR = STATIC / "vendor"
PARTS = json.loads((VENDOR / "manifest.json").read_text())


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["package"])
def test_every_file_is_the_one_that_was_taken_in(part: dict) -> None:
    folder = VENDOR / part["folder"]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found == part["files"]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["package"])
def test_every_part_says_its_version_and_brings_its_licence(part: dict) -> None:
    assert part["version"] and part["licence"] and "LICENSE" in part["files"]


def test_nothing_lies_there_that_the_manifest_does_not_name() -> None:
    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}
    assert folders == {part["folder"] for part in PARTS}
