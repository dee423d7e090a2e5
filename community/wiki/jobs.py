"""Rendering pages again whose links changed their meaning."""

from community.database import session, write_transaction
from community.jobs import job
from community.texts.models import Format
from community.wiki.links import keep_rendering, prepare_for
from community.wiki.models import Page


@job("wiki.render")
def render_page(page_id: int) -> None:
    page = session.get(Page, page_id)
    if page is None or page.text.format != Format.MARKDOWN:
        return
    prepared = prepare_for(page.space, page.text.source)
    with write_transaction():
        keep_rendering(page, prepared)
