"""Reasons and decisions in words."""

from flask_babel import lazy_gettext as _l

from community.moderation.models import Decision, Reason

REASONS = {
    Reason.SPAM: _l("It is advertising or spam"),
    Reason.ABUSE: _l("It attacks or insults somebody"),
    Reason.OFF_TOPIC: _l("It does not belong here"),
    Reason.PRIVATE: _l("It shows something private or confidential"),
    Reason.OTHER: _l("Something else"),
}
DECISIONS = {
    Decision.UPHELD: _l("taken out of sight"),
    Decision.REJECTED: _l("left as it is"),
}
