"""Jinja as the house uses it: what a page imports and includes many times must be cheap."""

from collections.abc import Callable
from typing import Any

import jinja2
from flask import Flask, current_app, g, request
from jinja2.runtime import Context
from markupsafe import Markup

from community.viewer import current_viewer


class Template(jinja2.Template):
    """A template whose macros are made once.

    Jinja compares the globals of the page with those of the template at every `import`, which is a
    seventh of a topic page; here all templates have the same ones.
    """

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module()


def register(app: Flask) -> None:
    app.jinja_env.template_class = Template


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
