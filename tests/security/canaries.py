"""A furnished house: each text that is not for everybody holds a word found nowhere else."""

import hashlib
from dataclasses import dataclass, field

from community.attachments.actions import attach, check_file, markdown_of
from community.audiences import Level, set_grant
from community.blog.actions import prepare_article, publish_article, write_article
from community.blog.care import hide_article
from community.database import session, write_transaction
from community.forum.actions import start_topic
from community.forum.care import delete_topic, hide_topic
from community.groups.models import Group, GroupKind, JoinRule, Membership
from community.members.actions import change_profile
from community.members.administration import suspend
from community.moderation.actions import flag_subject
from community.moderation.models import Reason
from community.spaces.models import Space, SpaceKind
from community.tagging.actions import set_tags
from community.texts.drafts import save_draft
from community.texts.history import hide_revision
from community.texts.preparation import prepare
from community.threads.actions import delete_post, hide_post, write_post
from community.wiki.actions import create_page, revise_page
from community.wiki.care import delete_page
from ideas.board.actions import propose_idea, remove_idea, write_note
from ideas.review.actions import respond
from tests.world import Cast, open_space

EVERY = ("visitor", "ada", "ben", "cleo", "eve", "mo", "al")
INSIDE = ("ada", "ben", "al")


@dataclass
class Canaries:
    """Word → what it is, and who may read it."""

    words: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def of(self, what: str, *readers: str) -> str:
        word = "cnry" + hashlib.sha256(what.encode()).hexdigest()[:12]
        self.words[word] = (what, frozenset(readers))
        return word

    def foreign(self, text: str, person: str) -> set[str]:
        """What this person reads there and should not."""
        lowered = text.lower()
        return {
            what
            for word, (what, readers) in self.words.items()
            if person not in readers and word in lowered
        }


@dataclass
class Secrets:
    """The public names of what is not for everybody, by kind."""

    canaries: Canaries
    names: dict[str, list[str]] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    def add(self, **named: str) -> None:
        for kind, name in named.items():
            self.names.setdefault(kind, []).append(name)


def hide_everything(cast: Cast) -> Secrets:
    """Closed, hidden, deleted, unpublished and private: each kind of thing in each such state."""
    secrets = Secrets(Canaries())
    _close(cast, secrets)
    _take_out_of_sight(cast, secrets)
    _keep_to_oneself(cast, secrets)
    return secrets


def _close(cast: Cast, secrets: Secrets) -> None:
    """In spaces of one organization, and in a hidden group."""

    def word(what: str) -> str:
        return secrets.canaries.of(f"closed {what}", *INSIDE)

    forum, board, wiki, blog = _closed_spaces(cast, word)
    ada, ben, al = cast.viewer("ada"), cast.viewer("ben"), cast.viewer("al")
    file = attach(check_file(f"{word('file name')}.txt", word("file").encode()), by=ada)
    text = prepare(f"{word('opening post')} {markdown_of(file)}")
    topic = start_topic(forum, f"Closed {word('topic')}", text, by=ada)
    set_tags(topic, [word("tag")], by=ada)
    post = write_post(topic.thread, prepare(f"{word('answer')} @ada"), by=ben)
    case = flag_subject(post, Reason.OTHER, by=ada, note=secrets.canaries.of("flag note", "al"))
    idea = propose_idea(board, f"Closed {word('idea')}", prepare(word("idea text")), by=ada)
    comment = write_post(idea.thread, prepare(word("comment")), by=ben)
    respond(idea, prepare(word("response")), by=al)
    page = create_page(
        wiki,
        word("path"),
        f"Closed {word('page')}",
        prepare(f"{word('page text')} [[Open]]"),
        by=ada,
    )
    revise_page(page, prepare(word("second")), by=ada, base=1, summary=word("summary"))
    article = write_article(
        blog, f"Closed {word('article')}", prepare_article(word("article text")), by=ada,
        excerpt=word("excerpt"),
    )  # fmt: skip
    publish_article(article, by=ada)
    secrets.add(topic=topic.public_id, topic_slug=topic.slug, post=post.public_id,
                thread=topic.thread.public_id, case=case.public_id, idea=idea.public_id,
                idea_slug=idea.slug, page=page.public_id, page_path=page.path, wiki=wiki.slug,
                article=article.public_id, article_slug=article.slug, blog=blog.slug,
                forum=forum.slug, board=board.slug, file=file.public_id, file_name=file.name,
                tag=word("tag"), group="secret-group", comment=comment.public_id)  # fmt: skip
    secrets.addresses += [
        f"/{where}/{kind}/{subject.public_id}"
        for where in ("history", "flag", "search/abcdefghijkl/1")
        for kind, subject in (
            ("topic", topic), ("post", post), ("idea", idea), ("page", page), ("article", article),
        )
    ]  # fmt: skip
    secrets.addresses += [
        f"/feeds/{kind}/{name}.atom"
        for kind, name in (("space", forum.slug), ("blog", blog.slug), ("wiki", wiki.slug),
                           ("forum", "latest"), ("ideas", board.slug))
    ]  # fmt: skip


def _closed_spaces(cast: Cast, word) -> list[Space]:
    spaces = []
    with write_transaction():
        for kind in (SpaceKind.CATEGORY, SpaceKind.BOARD, SpaceKind.WIKI, SpaceKind.BLOG):
            space = open_space(
                f"closed-{kind}",
                kind,
                questions=kind == SpaceKind.CATEGORY,
                about=word(f"about {kind}"),
            )
            space.name = word(f"name {kind}")
            group = session.get_one(Group, cast.ada.organization.group_id)
            set_grant(space.audience, Level.CREATE, group=group)
            spaces.append(space)
        group = Group(
            kind=GroupKind.CUSTOM, slug="secret-group", name=word("group"),
            about=word("group about"), hidden=True, join_rule=JoinRule.INVITATION,
        )  # fmt: skip
        session.add(group)
        session.flush()
        session.add(Membership(group_id=group.id, member_id=cast.ada.id, owner=True))
        session.add(Membership(group_id=group.id, member_id=cast.ben.id))
    return spaces


def _take_out_of_sight(cast: Cast, secrets: Secrets) -> None:
    """Hidden and deleted in open spaces: for the author and for those who look after the space."""
    ada, mo, al = cast.viewer("ada"), cast.viewer("mo"), cast.viewer("al")

    def word(what: str, *readers: str) -> str:
        return secrets.canaries.of(f"out of sight {what}", *readers)

    help_ = _space("help")
    plain = start_topic(help_, "A plain question", prepare("Anybody?"), by=cast.viewer("cleo"))
    secrets.addresses.append(f"/t/{plain.public_id}/{plain.slug}")
    for number, take_away in enumerate((hide_post, delete_post)):
        text = prepare(word(f"post {number}", "ada", "mo", "al"))
        post = write_post(plain.thread, text, by=ada)
        write_post(plain.thread, prepare("Indeed."), by=cast.viewer("cleo"), reply_to=post)
        take_away(post, by=mo)
        secrets.add(post=post.public_id)
        where = f"/t/{plain.public_id}/{plain.slug}"
        secrets.addresses += [f"{where}?{how}={post.public_id}" for how in ("quote", "reply_to")]
    for number, take_away in enumerate((hide_topic, delete_topic)):
        title = word(f"topic {number}", "ada", "mo", "al")
        topic = start_topic(
            help_, title, prepare(word(f"opening {number}", "ada", "mo", "al")), by=ada
        )
        answer = write_post(
            topic.thread,
            prepare(word(f"answer {number}", "ada", "ben", "mo", "al")),
            by=cast.viewer("ben"),
        )
        set_tags(topic, [word(f"tag {number}", "ada", "mo", "al")], by=ada)
        take_away(topic, by=mo)
        secrets.add(topic=topic.public_id, topic_slug=topic.slug, thread=topic.thread.public_id,
                    post=answer.public_id)  # fmt: skip
    _take_away_pages(cast, secrets, word)
    board = _space("product")
    idea = propose_idea(
        board, word("idea", "ada", "al"), prepare(word("idea text", "ada", "al")), by=ada
    )
    remove_idea(idea, by=al)
    noted = propose_idea(board, "An open idea", prepare("Do it."), by=ada)
    note = write_note(
        noted, prepare(secrets.canaries.of("staff note", "eve", "al")), by=cast.viewer("eve")
    )
    secrets.addresses += [f"/ideas/{noted.public_id}/{noted.slug}", f"/posts/{note.public_id}"]
    secrets.add(idea=idea.public_id, idea_slug=idea.slug)


def _take_away_pages(cast: Cast, secrets: Secrets, word) -> None:
    ada, mo, eve = cast.viewer("ada"), cast.viewer("mo"), cast.viewer("eve")
    handbook, stories = _space("handbook"), _space("stories")
    page = create_page(
        handbook, word("path", "ada", "mo", "al"), word("page", "ada", "mo", "al"),
        prepare(word("page text", "ada", "mo", "al")), by=ada,
    )  # fmt: skip
    delete_page(page, by=mo)
    kept = create_page(handbook, "kept", "Kept", prepare("First."), by=ada)
    revise_page(kept, prepare(word("hidden revision", "mo", "al")), by=ada, base=1,
                summary=word("hidden summary", "mo", "al"))  # fmt: skip
    revise_page(kept, prepare("Third."), by=ada, base=2, summary="clean")
    hide_revision(kept, 2, by=mo, reason=word("reason", "mo", "al"))
    place = "/wiki/handbook/kept"
    secrets.addresses += [
        place,
        *(f"{place}/-/{what}" for what in ("history", "diff", "diff?from=2&to=3", "revision/2")),
        *(f"/history/page/{kept.public_id}{end}" for end in ("", "/2", "/3?against=2")),
    ]
    for number, publish in enumerate((True, False)):
        article = write_article(
            stories, word(f"article {number}", "eve", "mo", "al"),
            prepare_article(word(f"article text {number}", "eve", "mo", "al")), by=eve,
        )  # fmt: skip
        if publish:
            publish_article(article, by=eve)
            hide_article(article, by=mo)
        secrets.add(article=article.public_id, article_slug=article.slug, blog=stories.slug)
    secrets.add(page=page.public_id, page_path=page.path, wiki=handbook.slug)


def _keep_to_oneself(cast: Cast, secrets: Secrets) -> None:
    """Drafts of one member, and the page of one who was suspended."""
    word = secrets.canaries.of
    draft = {"title": word("draft title", "ada"), "text": word("draft", "ada")}
    save_draft("topic:help", draft, by=cast.viewer("ada"))
    max_ = cast.viewer("max")
    change_profile(cast.max, by=max_, name=word("name of one suspended", "al"),
                   headline=word("headline", "al"), location=word("location", "al"),
                   about=prepare(word("about", "al")))  # fmt: skip
    suspend(cast.max, by=cast.viewer("al"), reason=word("reason of suspension", "al"))
    secrets.add(username="max", member=cast.max.public_id)


def _space(slug: str) -> Space:
    return session.query(Space).filter_by(slug=slug).one()
