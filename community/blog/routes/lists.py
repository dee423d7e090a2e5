"""The blogs, one of them, and an article."""

from typing import Any

from flask import redirect, render_template, request, url_for

from community.blog import queries
from community.blog.routes.blueprint import bp
from community.blog.subjects import name_of
from community.markup import headings_of
from community.policy import can, may_see
from community.threads.conversation import open_conversation
from community.viewer import current_viewer, visitor
from community.web import access


@bp.get("/blogs")
@access("anyone")
def show_blogs() -> Any:
    viewer = current_viewer()
    page = queries.published_articles(viewer, token=request.args.get("after"))
    return render_template("blog/blogs.html", blogs=queries.blogs_for(viewer), page=page)


@bp.get("/blogs/<slug>")
@access("anyone")
def show_blog(slug: str) -> Any:
    viewer = current_viewer()
    space = queries.find_blog(slug, viewer)
    return render_template(
        "blog/blog.html",
        space=space,
        page=queries.published_articles(viewer, space, token=request.args.get("after")),
        has_feed=may_see(visitor(), space),
        waiting=queries.unpublished_articles(viewer, space),
    )


@bp.get("/blogs/<slug>/<name>")
@access("anyone")
def show(slug: str, name: str) -> Any:
    """An old title, or another blog's address, leads to the article; only after the check."""
    viewer = current_viewer()
    article = queries.find_article_named(name, viewer)
    if (slug, name) != (article.space.slug, name_of(article)):
        at = {"post": request.args["post"]} if "post" in request.args else {}
        where: dict[str, Any] = {"slug": article.space.slug, "name": name_of(article), **at}
        return redirect(url_for("blog.show", **where), code=301)
    return render_template(
        "blog/article.html",
        article=article,
        headings=headings_of(article.text.html),
        talk=open_conversation(article.thread, viewer),
    )


@bp.get("/blogs/-/new")
@access("signed_in")
def choose_blog() -> Any:
    """Where to write, for who comes from nowhere in particular."""
    viewer = current_viewer()
    blogs = [space for space in queries.blogs_for(viewer) if can(viewer, "article.write", space)]
    return render_template("blog/choose.html", blogs=blogs)
