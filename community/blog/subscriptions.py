"""Who watches a blog, or is named in an article, hears of it."""

from community.blog.events import ArticlePublished
from community.blog.models import SUBJECT
from community.blog.notices import ARTICLE_PUBLISHED
from community.events import Happened
from community.notifications.jobs import tell_of_subject_later


def tell_of_article(happened: Happened) -> None:
    tell_of_subject_later(happened, ARTICLE_PUBLISHED, (SUBJECT, happened.event.article_id))


SUBSCRIPTIONS = {ArticlePublished: [tell_of_article]}
