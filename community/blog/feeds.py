"""The articles of all blogs, or of one, as a feed."""

from flask import url_for
from flask_babel import gettext as _

from community.blog.models import Article
from community.blog.queries import articles_with_texts, find_blog
from community.blog.subjects import article_url
from community.errors import NotFound
from community.feeds.registry import MOST_ENTRIES, Entry, Feed, feed
from community.spaces.models import Space
from community.viewer import Viewer


@feed("articles")
def all_articles(name: str, viewer: Viewer) -> Feed:
    if name != "latest":
        raise NotFound
    return Feed(_("All articles"), url_for("blog.show_blogs"), _entries(viewer))


@feed("blog")
def articles_of_blog(slug: str, viewer: Viewer) -> Feed:
    space = find_blog(slug, viewer)
    url = url_for("blog.show_blog", slug=slug)
    return Feed(space.name, url, _entries(viewer, space), about=space.about)


def _entries(viewer: Viewer, space: Space | None = None) -> list[Entry]:
    return [_entry(article) for article in articles_with_texts(viewer, space, limit=MOST_ENTRIES)]


def _entry(article: Article) -> Entry:
    published = article.published_at or article.created_at
    return Entry(
        id=f"article/{article.public_id}",
        title=article.title,
        url=article_url(article),
        author=article.author.name,
        published=published,
        updated=article.updated_at or published,
        html=article.text.html,
        summary=article.lead,
    )
