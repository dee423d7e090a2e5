"""What comes from the form of an article."""

from collections.abc import Mapping

from community.blog.actions import prepare_article, revise_article
from community.blog.models import Article
from community.policy import authorize
from community.texts.forms import begun_with, title_to_save
from community.texts.merging import save_merged
from community.texts.preparation import Prepared
from community.viewer import Viewer


def save_article(article: Article, form: Mapping[str, str], source: str, *, by: Viewer) -> bool:
    """Save what was typed together with what others saved meanwhile; say whether they did."""
    authorize(by, "article.edit", article)

    def change(text: Prepared, current: int) -> None:
        revise_article(
            article,
            text,
            by=by,
            base=current,
            summary=form.get("summary", ""),
            title=title_to_save(form, article.text, current=article.title),
            excerpt=form.get("excerpt"),
        )

    return save_merged(
        article.text,
        source,
        base=begun_with(form),
        prepare=prepare_article,
        change=change,
    )
