"""A few more likes than the files name, from people who were there and may see what they like."""

import itertools
from random import Random

from community.demo.cast import Person
from community.demo.phases import phase_of
from community.demo.script import Said, Script, Topic


def applaud(topic: Topic, script: Script, random: Random) -> None:
    readers = sorted(script.allowed(topic.space, "reply"))
    for post in topic.posts:
        random.shuffle(readers)
        most = phase_of(post.at, script.now).likes
        wanted = min(random.randint(0, most), random.randint(0, most))
        fans = (key for key in readers if _likes(script.cast.people[key], post))
        post.likes += itertools.islice(fans, wanted)


def _likes(person: Person, post: Said) -> bool:
    was_there = person.lively > 1 and person.joined < post.at and person.segment != "bot"
    return was_there and person.key != post.by and person.key not in post.likes
