"""Settings: taking one's data along, and leaving."""

import io

from flask import Blueprint, flash, render_template, request, send_file
from flask_babel import gettext as _
from flask_login import logout_user

from community.credentials.actions.signing_in import check_proof
from community.errors import Invalid
from community.limits import limit
from community.members.models import Member
from community.policy import can
from community.privacy.actions import ask_for_erasure
from community.privacy.exporting import export_member
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("privacy", __name__)


@bp.get("/settings/data")
@access("signed_in")
def show():
    return _page({})


@bp.post("/settings/export")
@access("signed_in")
@limit("2/hour")
def export():
    member = _me()
    try:
        check_proof(member, request.form.get("current_password", ""))
    except Invalid as refusal:
        return _page({"export": refusal.message}), 422
    packed = io.BytesIO(export_member(member, by=current_viewer()))
    name = f"{member.username}.zip"
    return send_file(packed, "application/zip", as_attachment=True, download_name=name)


@bp.post("/settings/erase")
@access("signed_in")
@limit("5/hour")
def erase():
    member, form = _me(), request.form
    try:
        if form.get("word", "").strip().casefold() != _("erase me").casefold():
            raise Invalid({"word": _("Type the two words to be sure.")})
        check_proof(member, form.get("current_password", ""))
    except Invalid as refusal:
        return _page(refusal.errors), 422
    ask_for_erasure(member, by=current_viewer())
    logout_user()
    flash(_("You are signed out. What we know of you is being erased."), "good")
    return see_other("/")


def _me() -> Member:
    member = current_viewer().member
    assert member
    return member


def _page(errors: dict[str, str]) -> str:
    may_leave = can(current_viewer(), "member.erase", _me())
    return render_template("privacy/data.html", errors=errors, may_leave=may_leave)
