"""A new password for one that was forgotten."""

from flask import render_template, request

from community.credentials.actions import resetting, signing_in
from community.credentials.links import open_link
from community.credentials.models import LinkPurpose
from community.credentials.routes.blueprint import bp
from community.errors import Invalid
from community.limits import limit
from community.texts.preparation import check_storable
from community.viewer import current_viewer
from community.web import access, see_other


@bp.get("/reset")
@access("anyone")
def show_reset():
    return render_template("credentials/reset.html", sent=False)


@bp.post("/reset")
@access("anyone")
@limit("60/hour")
def ask_for_reset():
    address = request.form.get("address", "")[:254]
    check_storable(address)
    resetting.ask_for_reset(address, by=current_viewer(), network=request.remote_addr)
    return render_template("credentials/reset.html", sent=True)


@bp.get("/reset/<token>")
@access("anyone")
def show_new_password(token: str):
    open_link(LinkPurpose.RESET, token)
    return render_template("credentials/new_password.html", errors={})


@bp.post("/reset/<token>")
@access("anyone")
@limit("20/minute")
def set_new_password(token: str):
    try:
        hash = resetting.prepare_reset(token, request.form.get("password", ""))
    except Invalid as refusal:
        return render_template("credentials/new_password.html", errors=refusal.errors), 422
    member = resetting.reset_password(token, hash, by=current_viewer())
    signing_in.sign_in(member, by=current_viewer())
    return see_other("/")
