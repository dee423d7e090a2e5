"""The web server and the worker live and end as one: real processes, real signals."""

import signal
import subprocess
import sys

import pytest

CHILD = """
import os, signal, sys
name = sys.argv[1]
def say(what): os.write(1, f"{name} {what}\\n".encode())  # whole lines, whoever else writes
if name == "early":
    say("starts")
    signal.pause()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
say("starts")
if name == "brief":
    sys.stdin.read()
    sys.exit()
signal.sigwait({signal.SIGTERM})
if name == "stubborn":
    signal.sigwait({signal.SIGUSR1})
say("finishes its job")
sys.exit(name == "clumsy")
"""
LAUNCHER = """
import sys
from community.launcher import run_together
sys.exit(run_together([[sys.executable, "-c", {child!r}, name] for name in sys.argv[1:]]))
"""

Launched = subprocess.Popen[str]


def launch(*names: str) -> Launched:
    """Start the launcher; each child has said that it started when this returns."""
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER.format(child=CHILD), *names],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sorted(line_of(launcher) for _ in names) == [f"{name} starts" for name in sorted(names)]
    return launcher


def line_of(launcher: Launched) -> str:
    assert launcher.stdout
    return launcher.stdout.readline().strip()


def ended(launcher: Launched) -> tuple[int, list[str]]:
    said, _ = launcher.communicate(timeout=30)
    return launcher.returncode, sorted(said.splitlines())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_when_told_to_stop_both_finish_their_job(how):
    launcher = launch("web", "worker")
    launcher.send_signal(how)
    assert ended(launcher) == (0, ["web finishes its job", "worker finishes its job"])


def test_who_is_told_to_stop_before_it_began_has_ended_well():
    launcher = launch("early", "web")
    launcher.send_signal(signal.SIGTERM)
    assert ended(launcher) == (0, ["web finishes its job"])


def test_when_one_ends_the_other_is_told_to_and_the_whole_has_failed():
    launcher = launch("brief", "worker")
    assert ended(launcher) == (1, ["worker finishes its job"])  # closes what `brief` reads


def test_a_child_that_ends_badly_is_not_passed_over():
    launcher = launch("clumsy", "worker")
    launcher.terminate()
    assert ended(launcher)[0] == 1


def test_a_second_signal_does_not_wait():
    launcher = launch("stubborn", "worker")
    launcher.terminate()
    assert line_of(launcher) == "worker finishes its job"
    launcher.terminate()
    assert ended(launcher) == (1, [])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a child")
def test_a_killed_launcher_leaves_nothing_running():
    launcher = launch("web", "worker")
    launcher.kill()
    assert ended(launcher) == (-signal.SIGKILL, ["web finishes its job", "worker finishes its job"])
