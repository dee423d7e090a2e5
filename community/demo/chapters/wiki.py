"""Pages and who revised them."""

from functools import partial

from community.database import session
from community.demo.script import Page, Revised
from community.demo.stage import Stage
from community.tagging.actions import set_tags
from community.threads.models import Thread
from community.wiki.actions import create_page, revise_page
from community.wiki.links import prepare_for
from community.wiki.models import Page as PageRow


def play_wikis(stage: Stage) -> None:
    for page in stage.script.pages:
        first, *later = page.revisions
        stage.at(first.at, partial(_create, stage, page, first))
        for revision in later:
            stage.at(revision.at, partial(_revise, stage, page, revision))


def _create(stage: Stage, story: Page, first: Revised) -> None:
    space, by = stage.space(story.wiki), stage.viewer(first.by)
    page = create_page(space, story.key, story.title, prepare_for(space, first.text), by=by)
    stage.made["page", story.wiki, story.key] = page.id
    set_tags(page, story.tags, by=by)
    thread = session.get_one(Thread, page.thread_id)
    stage.show(thread, readers=stage.script.allowed(story.wiki, "see"), moments=[])


def _revise(stage: Stage, story: Page, revision: Revised) -> None:
    page = session.get_one(PageRow, stage.made["page", story.wiki, story.key])
    text, by = prepare_for(page.space, revision.text), stage.viewer(revision.by)
    revise_page(page, text, by=by, base=page.text.revision, summary=revision.note)
