"""Reacting to any subject."""

from flask import Blueprint

from community.errors import NotFound
from community.limits import limit
from community.policy import find_subject
from community.reactions.actions import react, withdraw_reaction
from community.reactions.models import ReactionKind
from community.reactions.slots import reaction_context
from community.subjects import subject_url
from community.viewer import current_viewer
from community.web import access, fragment

bp = Blueprint("reactions", __name__, url_prefix="/reactions")


@bp.post("/<kind>/<public_id>/<reaction>")
@access("signed_in")
@limit("60/minute")
def create(kind: str, public_id: str, reaction: str):
    subject = find_subject(kind, public_id, current_viewer())
    react(subject, _known(reaction), by=current_viewer())
    return _answer(subject)


@bp.post("/<kind>/<public_id>/<reaction>/delete")
@access("signed_in")
@limit("60/minute")
def delete(kind: str, public_id: str, reaction: str):
    subject = find_subject(kind, public_id, current_viewer())
    withdraw_reaction(subject, _known(reaction), by=current_viewer())
    return _answer(subject)


def _known(reaction: str) -> ReactionKind:
    try:
        return ReactionKind(reaction)
    except ValueError:
        raise NotFound from None


def _answer(subject):
    context = reaction_context(subject, current_viewer())
    return fragment("reactions/_reactions.html", back_to=subject_url(subject), **context)
