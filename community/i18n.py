"""Languages: the reader's locale and zone, and a pseudo-locale that shows bare text."""

from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain

from community.config import settings
from community.viewer import current_viewer

LANGUAGES = ("en",)


class PseudoDomain(Domain):
    """Marks every translated sentence, so that one that was never translated stands out."""

    def gettext(self, string: str, **variables: object) -> str:
        return mark(super().gettext(string, **variables))

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        return mark(super().ngettext(singular, plural, num, **variables))


def mark(sentence: str) -> str:
    return f"⟦{sentence}⟧"


def register(app: Flask) -> None:
    Babel(
        app,
        locale_selector=_locale,
        timezone_selector=_timezone,
        default_domain="messages",
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")


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
