"""The table of planted faults: `-p tests.faults` prints which check noticed which of them.

    @pytest.mark.fault("a job that has no lease", caught_by="lines that jobs leave are counted")

marks a test that plants a fault on purpose and passes only where the check that it names goes red.
"""

import pytest

Planted = tuple[str, str]

_planted: dict[str, Planted] = {}
_outcomes: dict[Planted, set[str]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("fault"):
            _planted[item.nodeid] = mark.args[0], mark.kwargs["caught_by"]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    planted = _planted.get(report.nodeid)
    if planted and (report.when == "call" or report.outcome != "passed"):
        _outcomes.setdefault(planted, set()).add(report.outcome)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _outcomes:
        return
    terminalreporter.section("planted faults")
    width = max(len(fault) for fault, _check in _outcomes)
    for (fault, check), outcomes in sorted(_outcomes.items()):
        said = "caught by" if outcomes == {"passed"} else f"{'/'.join(sorted(outcomes))}:"
        terminalreporter.write_line(f"{fault:<{width}}  {said} {check}")
