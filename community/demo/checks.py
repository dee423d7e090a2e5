"""What is wrong with a story before anybody loads it: missing people, times that run backwards."""

from collections.abc import Iterator

from community.demo.cast import members_of
from community.demo.script import Script, Topic


def faults(script: Script) -> list[str]:
    """One sentence for each fault; an empty list is a sound story."""
    return [
        *_cast_faults(script),
        *_space_faults(script),
        *_topic_faults(script),
        *_page_faults(script),
        *_article_faults(script),
        *_flag_faults(script),
    ]


def _cast_faults(script: Script) -> Iterator[str]:
    cast = script.cast
    for person in cast.people.values():
        if person.unit and person.unit not in cast.units:
            yield f"{person.key} works in a unit that does not exist: {person.unit}"
    for group in cast.groups.values():
        yield from (
            f"{group.key} has a member who does not exist: {key}"
            for key in (group.owner, *group.members)
            if key not in cast.people
        )


def _space_faults(script: Script) -> Iterator[str]:
    for space in script.spaces.values():
        if space.parent and script.spaces[space.parent].parent:
            yield f"{space.key} is nested more than two deep"
        yield from (
            f"{space.key} grants nobody by {name}"
            for name in space.grants
            if not members_of(script.cast, name)
        )
        yield from _strangers(script, space.key, space.watchers, f"watches {space.key}", "see")


def _topic_faults(script: Script) -> Iterator[str]:
    for topic in script.topics.values():
        if topic.space not in script.spaces or script.spaces[topic.space].kind != "forum":
            yield f"{topic.key} stands in no forum space: {topic.space}"
            continue
        yield from _strangers(
            script, topic.space, [topic.opening.by], f"opens {topic.key}", "create"
        )
        yield from _strangers(script, topic.space, topic.watchers, f"watches {topic.key}", "see")
        yield from _thread_faults(script, topic)


def _thread_faults(script: Script, topic: Topic) -> Iterator[str]:
    accepted = [post for post in topic.posts if post.accepted_at]
    if accepted and script.spaces[topic.space].mode != "questions":
        yield f"{topic.key} accepts an answer outside a question space"
    if len(accepted) > 1:
        yield f"{topic.key} accepts more than one answer"
    for number, post in enumerate(topic.posts, start=1):
        where = f"{topic.key}, post {number}"
        yield from _strangers(script, topic.space, [post.by], f"writes {where}", "reply")
        yield from _strangers(script, topic.space, post.likes, f"likes {where}", "reply")
        yield from _presence(script, post.by, post.at, where)
        if post.to is not None and not 0 < post.to < number:
            yield f"{where} answers post {post.to}, which comes later"
        if number > 1 and post.at <= topic.posts[number - 2].at:
            yield f"{where} is older than the post before it"
        if post.by in post.likes:
            yield f"{where} is liked by its own author"
        if not post.text:
            yield f"{where} is empty"


def _page_faults(script: Script) -> Iterator[str]:
    for page in script.pages:
        for revision in page.revisions:
            yield from _strangers(script, page.wiki, [revision.by], f"revises {page.key}", "create")
            yield from _presence(script, revision.by, revision.at, page.key)
        if len({revision.text for revision in page.revisions}) < len(page.revisions):
            yield f"{page.key} has a revision that changes nothing"


def _article_faults(script: Script) -> Iterator[str]:
    for article in script.articles:
        yield from _strangers(script, article.blog, [article.by], f"writes {article.key}", "create")
        for comment in article.comments:
            yield from _strangers(
                script, article.blog, [comment.by], f"comments on {article.key}", "reply"
            )
            yield from _presence(script, comment.by, comment.at, article.key)


def _flag_faults(script: Script) -> Iterator[str]:
    for flag in script.flags:
        if flag.post > len(script.topics[flag.topic].posts):
            yield f"a flag on {flag.topic} points at post {flag.post}, which is not there"
        yield from _presence(script, flag.by, flag.at, f"the flag on {flag.topic}")
        if (flag.decision == "open") == bool(flag.decided_by):
            yield f"the flag on {flag.topic} is neither open nor decided"


def _presence(script: Script, key: str, at, where: str) -> Iterator[str]:
    if at >= script.now:
        yield f"{where} is in the future"
    if key in script.cast.people and script.cast.people[key].joined > at:
        yield f"{where}: {key} had not joined yet"


def _strangers(script: Script, space: str, keys, doing: str, level: str) -> Iterator[str]:
    allowed = script.allowed(space, level)
    yield from (f"{key} {doing}, and may not" for key in keys if key not in allowed)
