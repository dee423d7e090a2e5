"""Languages: the reader's locale and zone, and a pseudo-locale that shows bare text."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_domain, get_locale, get_timezone
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from community.config import settings
from community.escaping import escaped, marked
from community.viewer import current_viewer

LANGUAGES = ("en",)
PLAIN = (int, float, str)


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
        here = _of_this_page()
        locale = getattr(here, "babel_locale", None)
        if here is None or locale is None:
            return super().get_translations()
        known = getattr(here, "translations", None)
        if known is None or known[0] is not locale:
            known = here.translations = locale, super().get_translations()
        return known[1]


def _of_this_page() -> Any:
    """Where the library keeps locale and zone; asked for each sentence, so past the proxy."""
    try:
        here: Any = g._get_current_object()  # type: ignore[attr-defined]
    except RuntimeError:
        return None
    return here.__dict__.get("_flask_babel")


def spoken_in() -> tuple[str, Domain]:
    """The page's locale by name, and its sentences: what is put into words for one page is the same
    on another where these are.
    """
    here = _of_this_page()
    known = getattr(here, "spoken_in", None)
    if known and known[0] is getattr(here, "babel_locale", None):
        return known[1]
    words = str(get_locale()), get_domain()
    if here is not None:
        here.spoken_in = here.babel_locale, words
    return words


def zone() -> str:
    """The reader's, by name."""
    here = _of_this_page()
    known = getattr(here, "zone", None)
    if known and known[0] is getattr(here, "babel_tzinfo", None):
        return known[1]
    name = str(get_timezone())
    if here is not None:
        here.zone = here.babel_tzinfo, name
    return name


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
        translations = babel.domain_instance.get_translations()
        if not values:
            return _sentence(translations, sentence, context.autoescape)
        return _filled(context.autoescape, translations.ugettext(sentence), values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, count: int, /, **values: Any) -> str:
        translations = babel.domain_instance.get_translations()
        if not values and type(count) is int:
            return _counted(translations, one, many, count, context.autoescape)
        said = translations.ungettext(one, many, count)
        return _filled(context.autoescape, said, {"num": count, **values})

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


@lru_cache(2048)
def _sentence(translations: NullTranslations, sentence: str, autoescape: bool) -> str:
    """The same few hundred stand on all pages."""
    return _filled(autoescape, translations.ugettext(sentence), {})


@lru_cache(2048)
def _counted(
    translations: NullTranslations, one: str, many: str, count: int, autoescape: bool
) -> str:
    """Most counts are small."""
    return _filled(autoescape, translations.ungettext(one, many, count), {"num": count})


def _filled(autoescape: bool, said: str, values: dict[str, Any]) -> str:
    """Always a pattern, so that a per cent sign is written the same way in every sentence."""
    if not autoescape:
        return said % values if values or "%" in said else said
    if any(type(one) not in PLAIN for one in values.values()):
        return Markup(said) % values
    safe = {name: escaped(one) if type(one) is str else one for name, one in values.items()}
    return marked(said % safe if safe or "%" in said else said)


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
