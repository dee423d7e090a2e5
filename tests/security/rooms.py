"""One of everything, twice: open to everyone, and closed to all but one customer's organization."""

from dataclasses import dataclass
from typing import Any

from community.attachments.actions import attach, check_file, markdown_of
from community.audiences import Level, set_grant
from community.blog.actions import prepare_article, publish_article, write_article
from community.database import session, write_transaction
from community.forum.actions import start_topic
from community.groups.models import Group, GroupKind, JoinRule, Membership
from community.moderation.actions import flag_subject
from community.moderation.models import Reason
from community.spaces.models import Space, SpaceKind
from community.tagging.actions import set_tags
from community.texts.preparation import prepare
from community.threads.actions import write_post
from community.viewer import viewer_of
from community.wiki.actions import create_page
from ideas.board.actions import propose_idea
from tests.world import Cast, open_space


@dataclass(frozen=True)
class Things:
    """The public names of one of each: what addresses are made of."""

    topic: Any
    post: Any
    idea: Any
    page: Any
    article: Any
    case: Any
    file: Any
    group: Any
    forum: Space
    board: Space
    wiki: Space
    blog: Space
    tag: str


def furnish(cast: Cast, name: str, *, closed: bool) -> Things:
    """Ada writes, Ben answers; closed things are in spaces of their organization alone."""
    spaces = {kind: _space(cast, f"{name}-{kind}", kind, closed) for kind in _KINDS}
    ada, ben = viewer_of(cast.ada), viewer_of(cast.ben)
    forum = spaces[SpaceKind.CATEGORY]
    file = attach(check_file("notes.txt", b"words"), by=ada)
    text = prepare(f"A text of {name} things. {markdown_of(file)}")
    topic = start_topic(forum, f"A {name} topic", text, by=ada)
    set_tags(topic, [f"{name}-tag"], by=ada)
    post = write_post(topic.thread, prepare("An answer."), by=ben)
    idea = propose_idea(spaces[SpaceKind.BOARD], f"A {name} idea", prepare("Do it."), by=ada)
    page = create_page(
        spaces[SpaceKind.WIKI], f"{name}-page", f"A {name} page", prepare("Words."), by=ada
    )
    article = write_article(
        spaces[SpaceKind.BLOG], f"A {name} article", prepare_article("Words."), by=ada
    )
    publish_article(article, by=ada)
    case = flag_subject(post, Reason.OTHER, by=ada)
    return Things(
        topic, post, idea, page, article, case, file, _group(cast, name, closed),
        forum, spaces[SpaceKind.BOARD], spaces[SpaceKind.WIKI], spaces[SpaceKind.BLOG],
        f"{name}-tag",
    )  # fmt: skip


_KINDS = (SpaceKind.CATEGORY, SpaceKind.BOARD, SpaceKind.WIKI, SpaceKind.BLOG)


def _space(cast: Cast, slug: str, kind: SpaceKind, closed: bool) -> Space:
    with write_transaction():
        asks = {"questions": kind == SpaceKind.CATEGORY}
        if not closed:
            space = open_space(slug, kind, everyone=Level.SEE, members=Level.CREATE, **asks)
            set_grant(space.audience, Level.MODERATE, member=cast.mo)
            return space
        space = open_space(slug, kind, **asks)
        organization = cast.ada.organization
        set_grant(space.audience, Level.CREATE, group=session.get_one(Group, organization.group_id))
        return space


def _group(cast: Cast, name: str, closed: bool) -> Group:
    with write_transaction():
        group = Group(
            kind=GroupKind.CUSTOM,
            slug=f"{name}-group",
            name=f"The {name} group",
            hidden=closed,
            join_rule=JoinRule.INVITATION if closed else JoinRule.OPEN,
        )
        session.add(group)
        session.flush()
        session.add(Membership(group_id=group.id, member_id=cast.ada.id, owner=True))
        session.add(Membership(group_id=group.id, member_id=cast.ben.id))
    return group
