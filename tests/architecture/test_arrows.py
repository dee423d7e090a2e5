"""The arrows between the packages, and between the layers of the community, never turn back."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("community", "ideas", "metrics")
MAY_IMPORT = {
    "community": {"community"},
    "ideas": {"community", "ideas"},
    "metrics": {"community", "ideas", "metrics"},
}
PLACES = {
    "forum", "blog", "wiki", "messages", "gatherings", "opportunities", "experts", "learning",
    "governance", "surveys", "admin",
}  # fmt: skip
PEOPLE = {"members", "credentials", "groups", "organizations"}
KERNEL_FOLDERS = {"markup", "keeping"}
ASSEMBLY = {"application", "features", "preparation", "launcher", "demo", "importers"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str | None:
    """`forum` for `community.forum.routes`; `policy` for the kernel's `community.policy`."""
    parts = module.split(".")
    return parts[1] if parts[0] == "community" and len(parts) > 1 else None


def is_room(name: str | None) -> bool:
    return name is not None and (ROOT / "community" / name).is_dir() and name not in KERNEL_FOLDERS


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_stands_below_it(package):
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(package)
        for name in imported(path)
        if name.split(".")[0] in {*PACKAGES, "wsgi"}
        and name.split(".")[0] not in MAY_IMPORT[package]
    ]
    assert not wrong


def test_places_do_not_import_each_other():
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for place in PLACES
        for path in (ROOT / "community" / place).rglob("*.py")
        for name in imported(path)
        if room(name) in PLACES - {place}
    ]
    assert not wrong


def test_capabilities_and_people_do_not_import_places():
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules("community")
        for own in [path.relative_to(ROOT / "community").parts[0]]
        if own.removesuffix(".py") not in PLACES | ASSEMBLY
        for name in imported(path)
        if room(name) in PLACES
    ]
    assert not wrong


def test_the_kernel_knows_no_room_but_the_people_s_models():
    wrong = [
        f"{path.name}: {name}"
        for path in sorted((ROOT / "community").glob("*.py"))
        if path.stem not in ASSEMBLY
        for name in imported(path)
        if is_room(room(name)) and not (room(name) in PEOPLE and ".models" in name)
    ]
    assert not wrong


def test_nothing_but_the_database_commits():
    allowed = {ROOT / "community" / "database.py"}
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in PACKAGES
        for path in modules(package)
        if path not in allowed
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "session"
    ]
    assert not wrong


def test_only_the_clock_knows_the_time():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in PACKAGES
        for path in modules(package)
        if path.name not in {"clock.py"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]
    assert not wrong
