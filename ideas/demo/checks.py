"""What is wrong with the demo's ideas: forbidden steps, reasons too short, votes out of time."""

from collections.abc import Iterator

from community.demo.script import Script
from ideas.board.statuses import REASON_LENGTH, Status
from ideas.board.statuses import STATUSES as KINDS
from ideas.demo.script import STATUSES, IdeaStory, Release, Step

_REASON_NEEDED = {"declined", "not_now", "already_exists", "merged"}
_FACTS_NEEDED = {
    "shipped": ("version",),
    "measured": ("outcome",),
    "not_now": ("revisit",),
    "merged": ("into",),
    "already_exists": ("link",),
}


def faults(ideas: list[IdeaStory], releases: dict[str, Release], script: Script) -> list[str]:
    """One sentence for each fault; an empty list is a sound set of ideas."""
    keys = {idea.key for idea in ideas}
    found = [fault for idea in ideas for fault in _faults_of(idea, keys, releases, script)]
    missing = STATUSES - {idea.status for idea in ideas} - {idea.start for idea in ideas}
    return found + [f"no idea has the status {status}" for status in sorted(missing)]


def _faults_of(
    idea: IdeaStory, keys: set[str], releases: dict[str, Release], script: Script
) -> Iterator[str]:
    if idea.board not in script.spaces or script.spaces[idea.board].kind != "ideas":
        yield f"{idea.key} is on no board: {idea.board}"
        return
    may_write = script.allowed(idea.board, "create")
    may_decide = script.allowed(idea.board, "own")
    yield from (
        f"{by} may not write on {idea.key}"
        for by in {idea.by, *(comment.by for comment in idea.comments)} - may_write
    )
    yield from _step_faults(idea, keys, releases, script, may_decide)
    yield from _vote_faults(idea, script)


def _step_faults(idea, keys, releases, script, may_decide) -> Iterator[str]:
    status, at = idea.start, idea.at
    for step in idea.steps:
        where = f"{idea.key}, {step.status}"
        if not _may_follow(status, step):
            yield f"{where}: not allowed after {status}"
        if not at < step.at < script.now:
            yield f"{where}: at the wrong time"
        if not _may_take(step, idea, may_decide, script):
            yield f"{where}: {step.by} may not decide this"
        if step.status in _REASON_NEEDED and len(step.reason) < REASON_LENGTH:
            yield f"{where}: the reason is shorter than {REASON_LENGTH} characters"
        yield from _fact_faults(where, step, keys, releases)
        status, at = step.status, step.at


def _fact_faults(where, step, keys, releases) -> Iterator[str]:
    yield from (
        f"{where}: {word} is missing"
        for word in _FACTS_NEEDED.get(step.status, ())
        if not step.facts.get(word)
    )
    if step.status == "planned" and not ({"release", "quarter"} & step.facts.keys()):
        yield f"{where}: needs a release or a quarter"
    if step.facts.get("release", "7.2") not in releases:
        yield f"{where}: there is no release {step.facts['release']}"
    if step.facts.get("into", next(iter(keys))) not in keys:
        yield f"{where}: there is no idea {step.facts['into']}"
    release = releases.get(step.facts.get("version", ""))
    if release and not release.at <= step.at:
        yield f"{where}: shipped before {release.name} came out"


def _vote_faults(idea: IdeaStory, script: Script) -> Iterator[str]:
    windows = list(idea.windows(script.now))
    if len({voter for voter, _ in idea.votes}) < len(idea.votes):
        yield f"{idea.key} has two votes by one person"
    for voter, at in idea.votes:
        if not any(begin < at < end for begin, end in windows):
            yield f"{idea.key}: {voter} votes when votes are not taken"
        if script.cast.people[voter].joined > at:
            yield f"{idea.key}: {voter} votes before joining"


def _may_follow(status: str, step: Step) -> bool:
    if step.status in {"withdrawn", "removed"}:
        return status not in {"shipped", "measured"}
    before = Status.NEW if status == "pending" else Status(status)
    return KINDS[before].may_become(Status(step.played_as))


def _may_take(step, idea: IdeaStory, may_decide: set[str], script: Script) -> bool:
    """Owners of the board decide; authors withdraw, moderators remove."""
    if step.status == "withdrawn":
        return step.by == idea.by
    if step.status == "removed":
        return "moderator" in script.cast.people[step.by].roles
    return step.by in may_decide
