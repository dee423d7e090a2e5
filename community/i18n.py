"""Languages: the reader's locale and zone, and a pseudo-locale that shows bare text."""

from collections.abc import Callable
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from community.config import settings
from community.viewer import current_viewer

LANGUAGES = ("en",)


class PseudoTranslations(NullTranslations):
    """Marks every sentence on its way to the page: one that took another stands out."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    ugettext, ungettext = gettext, ngettext


class PseudoDomain(Domain):
    """The language of the test that looks for bare text."""

    def get_translations(self) -> PseudoTranslations:
        return PseudoTranslations()


class OneLookup(Domain):
    """Looks for the locale's catalogue once a page: for each sentence, it was a tenth of a page."""

    def get_translations(self) -> NullTranslations:
        here = g.get("_flask_babel") if g else None
        locale = getattr(here, "babel_locale", None)
        if here is None or locale is None:
            return super().get_translations()
        known = getattr(here, "translations", None)
        if known is None or known[0] is not locale:
            known = here.translations = locale, super().get_translations()
        return known[1]


def register(app: Flask) -> None:
    babel = Babel(
        app,
        locale_selector=_locale,
        timezone_selector=_timezone,
        default_domain="messages",
    )
    babel.domain_instance = OneLookup()  # pyright: ignore[reportAttributeAccessIssue]
    app.jinja_env.globals.update(_in_templates(babel))


def _in_templates(babel: Babel) -> dict[str, Callable[..., str]]:
    """What templates call for a sentence; Jinja's own makes a new context for many of them."""

    @pass_eval_context
    def gettext(context: EvalContext, sentence: str, /, **values: Any) -> str:
        said = babel.domain_instance.get_translations().ugettext(sentence)
        return _filled(context, said, values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, count: int, /, **values: Any) -> str:
        said = babel.domain_instance.get_translations().ungettext(one, many, count)
        return _filled(context, said, {"num": count, **values})

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def _filled(context: EvalContext, said: str, values: dict[str, Any]) -> str:
    """Always a pattern, so that a per cent sign is written the same way in every sentence."""
    pattern = Markup(said) if context.autoescape else said
    return pattern % values if values or "%" in said else pattern


def _profile():
    member = current_viewer().member if has_request_context() else None
    return member.profile if member else None


def _locale() -> str | None:
    profile = _profile()
    if profile and profile.language in LANGUAGES:
        return profile.language
    return request.accept_languages.best_match(LANGUAGES) if has_request_context() else None


def _timezone() -> str:
    profile = _profile()
    return profile.timezone if profile else settings().timezone
