"""Take `metrics` away, and the community works; take `ideas` away too, and it still does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("packages", [["community"], ["community", "ideas"]], ids="+".join)
def test_the_house_stands_without_the_packages_above(packages, tmp_path):
    opened = subprocess.run(
        [sys.executable, "-m", "tests.architecture.fewer", str(tmp_path), *packages],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert opened.returncode == 0, opened.stderr[-4000:]
    told = json.loads(opened.stdout.splitlines()[-1])
    assert told["packages"] == packages
    assert {path: status for path, status in told["statuses"].items() if status != 200} == {}
