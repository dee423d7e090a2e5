"""Flags, and what was decided about them."""

from functools import partial
from typing import Any

from community.database import session
from community.demo.script import Flag
from community.demo.stage import Stage
from community.forum.models import Topic
from community.moderation.actions import decide_case, flag_subject
from community.moderation.models import Case, Decision, Reason
from community.threads.models import Post


def play_moderation(stage: Stage) -> None:
    for flag in stage.script.flags:
        stage.at(flag.at, partial(_flag, stage, flag))
        if flag.decided_at:
            stage.at(flag.decided_at, partial(_decide, stage, flag))


def _flag(stage: Stage, story: Flag) -> None:
    reason, by = Reason(story.kind), stage.viewer(story.by)
    case = flag_subject(_subject(stage, story), reason, by=by, note=story.reason)
    stage.made["case", story.topic, story.post] = case.id


def _decide(stage: Stage, story: Flag) -> None:
    case = session.get_one(Case, stage.made["case", story.topic, story.post])
    assert story.decided_by
    by = stage.viewer(story.decided_by)
    decide_case(case, Decision(story.decision), by=by, note=story.note)


def _subject(stage: Stage, story: Flag) -> Any:
    """Whoever flags the first post means the topic."""
    if story.post == 1:
        return session.get_one(Topic, stage.made["topic", story.topic])
    return session.get_one(Post, stage.made["post", story.topic, story.post])
