"""Articles as the tests write them."""

from community.blog.actions import prepare_article, publish_article, write_article
from community.blog.models import Article
from community.spaces.queries import find_space
from tests.world import Cast


def draft(cast: Cast, title: str, text: str = "Words.", *, by: str = "eve") -> Article:
    viewer = cast.viewer(by)
    return write_article(find_space("stories", viewer), title, prepare_article(text), by=viewer)


def publish(cast: Cast, title: str, text: str = "Words.", *, by: str = "eve") -> Article:
    article = draft(cast, title, text, by=by)
    publish_article(article, by=cast.viewer(by))
    return article
