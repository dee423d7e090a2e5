"""E-mail addresses: which are taken, and how they are compared."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import select

from community.config import settings
from community.credentials.models import EmailAddress
from community.database import session
from community.errors import Invalid

LONGEST = 254


def fold_address(address: str) -> str:
    return address.strip().casefold()


def domain_of(address: str) -> str:
    return fold_address(address).rpartition("@")[2]


def check_address(typed: str) -> str:
    """The address in its usual form; raise `Invalid` for one that cannot get mail from here."""
    try:
        address = validate_email(typed.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid({"address": _("This is not an e-mail address.")}) from None
    if len(address) > LONGEST:
        raise Invalid({"address": _("This address is too long.")})
    if domain_of(address) in settings().refused_domains:
        raise Invalid(
            {"address": _("Please use an address that will last; this kind is not taken.")}
        )
    return address


def owner_of(address: str) -> EmailAddress | None:
    return session.scalar(select(EmailAddress).where(EmailAddress.folded == fold_address(address)))
