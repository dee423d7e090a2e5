"""Jinja as the house uses it: what a page imports and includes many times must be cheap."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, request
from markupsafe import Markup

from community.calling import Context, Template
from community.viewer import current_viewer


def register(app: Flask) -> None:
    app.jinja_env.template_class = Template
    app.jinja_env.context_class = Context
    app.jinja_env.cache = {}  # of all templates; Jinja's own notes which were used last


def piece(name: str, **context: Any) -> Markup:
    """A piece of the page at hand, for slots: what all pages have is worked out once for it."""
    template = current_app.jinja_env.get_template(name)
    return Markup(template.render(_page_context() | context))


def macro(template: str, name: str) -> Callable[..., Markup]:
    """A macro of a template, for pieces that stand many times on one page.

    It knows what it is given and the globals, nothing of the page.
    """
    return getattr(current_app.jinja_env.get_template(template).module, name)


def _page_context() -> dict[str, Any]:
    """Kept for this request and viewer: signing in makes another one."""
    whose = (request._get_current_object(), current_viewer())  # type: ignore[attr-defined]
    kept, context = g.get("page_context", ((None, None), {}))
    if kept[0] is not whose[0] or kept[1] is not whose[1]:
        context = {}
        current_app.update_template_context(context)
        del context["g"]  # which holds this: nothing of the page would go before the collector came
        g.page_context = (whose, context)
    return context
