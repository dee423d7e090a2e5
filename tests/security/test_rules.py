"""Every permission × every kind of member, on open and on closed things.

The table is read by people. It has for each permission someone who may and someone who may not, so
that taking a rule away, or making it say always yes or always no, changes a cell.
"""

import csv
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from community import policy
from community.database import session, write_transaction
from community.policy import can, may_see, permissions, visible
from community.subjects import State, subject_kinds
from community.threads.models import Thread
from community.viewer import visitor
from tests.security.rooms import Things, furnish
from tests.world import Cast, settle

TABLE = Path(__file__).with_name("rules.csv")
PEOPLE = ("visitor", "ada", "ben", "cleo", "eve", "pam", "mo", "max", "al")
WITHOUT_TARGET = {
    "admin.open", "attachment.upload", "group.create", "mail.choose", "member.list",
    "metrics.view", "moderation.view", "notice.read", "organization.manage", "space.create",
    "topics.mark_read", "draft.save", "credentials.join",
    "credentials.prove", "mail.stop", "member.create", "watch.change",
}  # fmt: skip
FOR_EVERYBODY = {"credentials.prove", "mail.stop"}


@pytest.fixture
def cast(sqlite_app) -> Cast:
    return settle()


def targets(things: Things, cast: Cast) -> dict[str, Any]:
    """What each family of permissions is asked about."""
    return {
        "topic": things.topic,
        "post": things.post,
        "thread": things.topic.thread,
        "idea": things.idea,
        "page": things.page,
        "article": things.article,
        "case": things.case,
        "appeal": things.case,
        "group": things.group,
        "space": things.forum,
        "member": cast.ben,
        "reaction": things.post,
        "subject": things.post,
        "revision": things.post,
        "release": things.board,
    }


SPECIAL = {
    "topic.start": "forum",
    "idea.propose": "board",
    "page.create": "wiki",
    "article.write": "blog",
    "case.appeal": "post",
    "watch.change": "topic",
}
ABOUT_A_MEMBER = {"credentials.change"}


def target_of(permission: str, things: Things, cast: Cast) -> Any:
    if permission in SPECIAL:
        return getattr(things, SPECIAL[permission])
    if permission in WITHOUT_TARGET:
        return None
    if permission == "member.resign":
        return cast.max
    if permission in ABOUT_A_MEMBER:
        return cast.ben
    return targets(things, cast)[permission.split(".")[0]]


def cells(cast: Cast) -> dict[tuple[str, str], tuple[str, ...]]:
    worlds = {
        "open": furnish(cast, "open", closed=False),
        "closed": furnish(cast, "closed", closed=True),
    }
    viewers = [cast.viewer(name) for name in PEOPLE]
    return {
        (permission, name): tuple(
            "yes" if can(viewer, permission, target_of(permission, things, cast)) else "no"
            for viewer in viewers
        )
        for permission in permissions()
        for name, things in worlds.items()
        if name == "open" or target_of(permission, things, cast) is not None
    }


def read_table() -> dict[tuple[str, str], tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["permission"], row["variant"]): tuple(row[name] for name in PEOPLE)
            for row in csv.DictReader(file)
        }


def test_each_member_may_what_the_table_says(cast, request):
    found = cells(cast)
    if request.config.getoption("--write-matrix"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["permission", "variant", *PEOPLE])
            writer.writerows([*key, *answers] for key, answers in found.items())
    assert found == read_table()


def test_the_table_would_notice_a_rule_that_always_says_yes_or_always_no():
    answers: dict[str, set[str]] = {}
    for (permission, _variant), cells_of_row in read_table().items():
        answers.setdefault(permission, set()).update(cells_of_row)
    one_sided = {name for name, said in answers.items() if said != {"yes", "no"}}
    assert one_sided == FOR_EVERYBODY | TESTED_BY_STATE


# These need a subject in another state; each is asked both ways beside its action.
TESTED_BY_STATE = {
    "appeal.decide",
    "article.publish",
    "article.restore",
    "group.request",
    "idea.restore",
    "page.restore",
    "post.restore",
    "topic.restore",
}


def test_a_rule_that_raises_denies(cast, monkeypatch):
    def broken(_viewer, _target):
        raise LookupError("the group table is gone")

    things = furnish(cast, "open", closed=False)
    monkeypatch.setitem(policy._rules, "topic.start", broken)
    with pytest.raises(LookupError):
        can(cast.viewer("ada"), "topic.start", things.forum)


@pytest.mark.parametrize("state", State)
def test_the_check_and_the_filter_of_reading_agree(cast, state):
    for name, closed in (("open", False), ("closed", True)):
        things = furnish(cast, name, closed=closed)
        with write_transaction():
            for row in (things.topic, things.topic.thread, things.post, things.idea):
                row.state = state
    models = [kind.model for kind in subject_kinds().values()] + [Thread]
    compared = 0
    for viewer in [visitor(), *(cast.viewer(name) for name in PEOPLE)]:
        for model in models:
            listed = set(session.scalars(select(model.id).where(visible(model, viewer))))
            for row in session.scalars(select(model)):
                assert (row.id in listed) == may_see(viewer, row), (model, row.id, viewer)
                compared += 1
    assert compared >= 200
