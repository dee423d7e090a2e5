"""What `flask demo load` plays on the idea boards."""

from datetime import timedelta
from functools import partial

from community.database import session
from community.demo.chapters import demo_chapter
from community.demo.moments import span
from community.demo.stage import Stage
from community.tagging.actions import set_tags
from community.texts.drafts import save_draft
from community.threads.actions import write_post
from community.threads.models import Thread
from ideas.board.actions import propose_idea, remove_idea, withdraw_idea
from ideas.board.models import Idea
from ideas.board.statuses import Status
from ideas.demo.impressions import show_lists
from ideas.demo.script import (
    IdeaStory,
    Release,
    Step,
    quarter_ahead,
    read_ideas,
    read_releases,
)
from ideas.releases.actions import plan_release, publish_release
from ideas.releases.models import Release as ReleaseRow
from ideas.review.actions import change_status
from ideas.review.decisions import Decision
from ideas.voting.actions import vote_for

PLANNED_AHEAD = timedelta(days=50)


@demo_chapter
def play_ideas(stage: Stage) -> None:
    for release in read_releases(stage.script.now).values():
        _play_release(stage, release)
    for idea in read_ideas(stage.script):
        _play_idea(stage, idea)
    stage.afterwards.append(partial(show_lists, stage))


def _play_release(stage: Stage, release: Release) -> None:
    boards = [space for space in stage.script.spaces.values() if space.kind == "ideas"]
    for board in boards:
        owner = board.owners[0]
        planned = (release.at or stage.script.now) - PLANNED_AHEAD
        stage.at(planned, partial(_plan, stage, board.key, release, owner))
        if release.at:
            stage.at(release.at, partial(_publish, stage, board.key, release, owner))


def _plan(stage: Stage, board: str, release: Release, owner: str) -> None:
    row = plan_release(
        stage.space(board),
        release.name,
        by=stage.viewer(owner),
        quarter=_quarter(release.quarter) if release.quarter else "",
        summary=release.summary,
    )
    stage.made["release", board, release.name] = row.id


def _publish(stage: Stage, board: str, release: Release, owner: str) -> None:
    row = session.get_one(ReleaseRow, stage.made["release", board, release.name])
    publish_release(row, by=stage.viewer(owner))


def _play_idea(stage: Stage, story: IdeaStory) -> None:
    if story.start == "draft":
        stage.at(story.at, partial(_draft, stage, story))
        return
    stage.at(story.at, partial(_propose, stage, story))
    for comment in story.comments:
        stage.at(comment.at, partial(_comment, stage, story, comment.by, comment.text))
    for step in story.steps:
        stage.at(step.at, partial(_decide, stage, story, step))
    for voter, at in story.votes:
        stage.at(at, partial(_vote, stage, story, voter))


def _draft(stage: Stage, story: IdeaStory) -> None:
    fields = {"title": story.title, "text": story.text}
    save_draft(f"idea:{story.board}", fields, by=stage.viewer(story.by))


def _propose(stage: Stage, story: IdeaStory) -> None:
    by = stage.viewer(story.by)
    idea = propose_idea(stage.space(story.board), story.title, stage.prepare(story.text), by=by)
    stage.made["idea", story.key] = idea.id
    set_tags(idea, story.tags, by=by)
    thread = session.get_one(Thread, idea.thread_id)
    moments = [comment.at for comment in story.comments]
    stage.show(thread, readers=stage.script.allowed(story.board, "see"), moments=moments)


def _comment(stage: Stage, story: IdeaStory, by: str, text: str) -> None:
    write_post(_idea(stage, story.key).thread, stage.prepare(text), by=stage.viewer(by))


def _vote(stage: Stage, story: IdeaStory, voter: str) -> None:
    vote_for(_idea(stage, story.key), by=stage.viewer(voter))


def _decide(stage: Stage, story: IdeaStory, step: Step) -> None:
    idea, by = _idea(stage, story.key), stage.viewer(step.by)
    if step.status == "withdrawn":
        withdraw_idea(idea, by=by)
    elif step.status == "removed":
        remove_idea(idea, by=by)
    else:
        change_status(idea, _decision(stage, step), by=by)


def _decision(stage: Stage, step: Step) -> Decision:
    facts = step.facts
    ahead = facts.get("quarter", "none")
    quarter = "" if ahead == "none" else _quarter(quarter_ahead(stage.script.now, int(ahead)))
    return Decision(
        Status(step.played_as),
        reason=stage.prepare(step.reason) if step.reason else None,
        release=facts.get("release") or facts.get("version", ""),
        quarter=quarter,
        undated=facts.get("quarter") == "none",
        revisit_on=(step.at + span(facts["revisit"])).date() if "revisit" in facts else None,
        link=_link(stage, facts),
        outcome=facts.get("outcome", ""),
    )


def _link(stage: Stage, facts: dict[str, str]) -> str:
    """To a page of the handbook, or to the idea that this one is the same as."""
    if "into" in facts:
        idea = _idea(stage, facts["into"])
        return f"/ideas/{idea.public_id}/{idea.slug}"
    kind, _, key = facts.get("link", "").partition(":")
    return f"/wiki/handbook/{key}" if kind == "page" else ""


def _idea(stage: Stage, key: str) -> Idea:
    return session.get_one(Idea, stage.made["idea", key])


def _quarter(quarter: tuple[int, int]) -> str:
    return f"{quarter[0]}-Q{quarter[1]}"
