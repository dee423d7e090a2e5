"""Articles and what was said to them."""

from datetime import timedelta
from functools import partial

from community.blog.actions import prepare_article, publish_article, write_article
from community.blog.models import Article as ArticleRow
from community.database import session
from community.demo.chapters.forum import like_later
from community.demo.script import Article
from community.demo.stage import Stage
from community.tagging.actions import set_tags
from community.threads.actions import write_post
from community.threads.models import Thread

WRITTEN_BEFORE = timedelta(hours=3)


def play_blogs(stage: Stage) -> None:
    for article in stage.script.articles:
        stage.at(article.at - WRITTEN_BEFORE, partial(_write, stage, article))
        if article.draft:
            continue
        stage.at(article.at, partial(_publish, stage, article))
        for number, comment in enumerate(article.comments, start=1):
            stage.at(comment.at, partial(_comment, stage, article, number))
            like_later(stage, comment, f"{article.key} {number}", ("post", article.key, number))


def _write(stage: Stage, story: Article) -> None:
    text = prepare_article(story.text)
    article = write_article(stage.space(story.blog), story.title, text, by=stage.viewer(story.by))
    stage.made["article", story.key] = article.id


def _publish(stage: Stage, story: Article) -> None:
    article, by = _article(stage, story), stage.viewer(story.by)
    publish_article(article, by=by)
    set_tags(article, story.tags, by=by)
    thread = session.get_one(Thread, article.thread_id)
    moments = [comment.at for comment in story.comments]
    stage.show(thread, readers=stage.script.allowed(story.blog, "see"), moments=moments)


def _comment(stage: Stage, story: Article, number: int) -> None:
    comment, thread = story.comments[number - 1], _article(stage, story).thread
    post = write_post(thread, stage.prepare(comment.text), by=stage.viewer(comment.by))
    stage.made["post", story.key, number] = post.id


def _article(stage: Stage, story: Article) -> ArticleRow:
    return session.get_one(ArticleRow, stage.made["article", story.key])
