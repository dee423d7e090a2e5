"""How the mails about credentials read."""

from typing import TypedDict

from flask_babel import gettext as _

from community.config import settings
from community.web import absolute_url


class Letter(TypedDict):
    subject: str
    text: str


def please_confirm(name: str, token: str) -> Letter:
    return {
        "subject": _("Confirm your address for %(community)s", community=_community()),
        "text": _(
            "Hello %(name)s,\n\n"
            "please open this page and press the button, and you are in:\n\n%(url)s\n\n"
            "The link works for 24 hours. If you did not ask to join %(community)s, "
            "do nothing: no one can use your address without it.\n",
            name=name,
            url=absolute_url(f"/confirm/{token}"),
            community=_community(),
        ),
    }


def already_here() -> Letter:
    return {
        "subject": _("You are already a member of %(community)s", community=_community()),
        "text": _(
            "Hello,\n\n"
            "somebody, perhaps you, asked to join %(community)s with this address. "
            "You are a member already:\n\n%(sign_in)s\n\n"
            "If you forgot your password, get a new one here:\n\n%(reset)s\n",
            community=_community(),
            sign_in=absolute_url("/sign-in"),
            reset=absolute_url("/reset"),
        ),
    }


def new_password(name: str, token: str) -> Letter:
    return {
        "subject": _("A new password for %(community)s", community=_community()),
        "text": _(
            "Hello %(name)s,\n\n"
            "choose a new password here:\n\n%(url)s\n\n"
            "The link works once, for an hour. If you did not ask for it, do nothing: "
            "your password stays as it is.\n",
            name=name,
            url=absolute_url(f"/reset/{token}"),
        ),
    }


def password_changed(name: str) -> Letter:
    return {
        "subject": _("Your password for %(community)s was changed", community=_community()),
        "text": _(
            "Hello %(name)s,\n\n"
            "your password was changed, and every other browser was signed out. "
            "If this was not you, get a new one at once:\n\n%(url)s\n",
            name=name,
            url=absolute_url("/reset"),
        ),
    }


def new_address(name: str, token: str) -> Letter:
    return {
        "subject": _("Your new address for %(community)s", community=_community()),
        "text": _(
            "Hello %(name)s,\n\n"
            "open this page in the browser you are signed in with and press the button, and mail "
            "for you comes to this address:\n\n%(url)s\n\n"
            "The link works for an hour. If you did not ask for it, do nothing.\n",
            name=name,
            url=absolute_url(f"/settings/address/{token}"),
        ),
    }


def address_changed(name: str, address: str) -> Letter:
    return {
        "subject": _("Your address for %(community)s was changed", community=_community()),
        "text": _(
            "Hello %(name)s,\n\n"
            "mail for you now goes to %(address)s. If this was not you, write to an administrator "
            "of %(community)s at once.\n",
            name=name,
            address=address,
            community=_community(),
        ),
    }


def _community() -> str:
    return settings().community_name
