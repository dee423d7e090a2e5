"""Who chose to hear of which space and which topic."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from community.database import session
from community.demo.cast import BEGINNING
from community.demo.moments import days_ago
from community.demo.script import Topic
from community.demo.stage import Stage
from community.forum.models import Topic as TopicRow
from community.watching.actions import watch
from community.watching.models import WatchLevel

NOTICED_AFTER = timedelta(hours=2)


def play_watching(stage: Stage) -> None:
    begun = days_ago(BEGINNING, stage.script.now)
    for space in stage.script.spaces.values():
        for key in space.watchers:
            _later(stage, begun, key, partial(stage.space, space.key))
    for topic in stage.script.topics.values():
        for key in topic.watchers:
            _later(stage, topic.opening.at, key, partial(_topic, stage, topic))


def _later(stage: Stage, since: datetime, key: str, find: Any) -> None:
    moment = max(since, stage.script.cast.people[key].joined) + NOTICED_AFTER
    if moment < stage.script.now:
        stage.at(moment, lambda: watch(find(), WatchLevel.WATCHING, by=stage.viewer(key)))


def _topic(stage: Stage, topic: Topic) -> TopicRow:
    return session.get_one(TopicRow, stage.made["topic", topic.key])
