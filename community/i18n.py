"""Languages: the reader's locale and zone, and a pseudo-locale that shows bare text."""

from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_translations

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


def register(app: Flask) -> None:
    Babel(
        app,
        locale_selector=_locale,
        timezone_selector=_timezone,
        default_domain="messages",
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda sentence: _translations().ugettext(sentence),
        ngettext=lambda one, many, count: _translations().ungettext(one, many, count),
        newstyle=True,
    )


def _translations() -> Any:
    """Those of the locale at hand; looked up for each sentence, they were a tenth of a page."""
    here = g.get("_flask_babel")
    locale = getattr(here, "babel_locale", None)
    if locale is None:
        return get_translations()
    known = getattr(here, "translations", None)
    if known is None or known[0] is not locale:
        known = here.translations = locale, get_translations()
    return known[1]


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
