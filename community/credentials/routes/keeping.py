"""Settings: one's password, the browsers one is signed in with, and keys for programs."""

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from community.credentials import queries
from community.credentials.actions import resetting, signing_in, tokens
from community.credentials.models import SCOPES
from community.credentials.passwords import check_password, hash_password
from community.credentials.routes.blueprint import bp
from community.errors import Invalid
from community.limits import limit
from community.members.models import Member
from community.viewer import current_viewer
from community.web import access, see_other


@bp.get("/settings/password")
@access("signed_in")
def show_password():
    return render_template("credentials/password.html", errors={})


@bp.post("/settings/password")
@access("signed_in")
@limit("10/minute")
def change_password():
    member, form = _me(), request.form
    try:
        about = (member.name, member.username or "", queries.address_of(member) or "")
        new = check_password(form.get("password", ""), about=about)
        signing_in.check_proof(member, form.get("current_password", ""))
    except Invalid as refusal:
        return render_template("credentials/password.html", errors=refusal.errors), 422
    hash = hash_password(new)
    resetting.change_password(member, hash, by=current_viewer(), kept_id=g.sign_in_id)
    flash(_("Your password is changed, and every other browser is signed out."), "good")
    return see_other("/settings/sign-ins")


@bp.get("/settings/sign-ins")
@access("signed_in")
def show_sign_ins():
    rows = queries.sign_ins_of(_me())
    return render_template("credentials/sign_ins.html", rows=rows, here=g.sign_in_id)


@bp.post("/settings/sign-ins/<public_id>/delete")
@access("signed_in")
@limit("30/minute")
def end_sign_in(public_id: str):
    signing_in.end_sign_in_elsewhere(_me(), public_id, by=current_viewer())
    return see_other("/settings/sign-ins")


@bp.post("/settings/sign-ins/delete")
@access("signed_in")
@limit("30/minute")
def end_other_sign_ins():
    signing_in.end_other_sign_ins(_me(), g.sign_in_id, by=current_viewer())
    flash(_("Every other browser is signed out."), "good")
    return see_other("/settings/sign-ins")


@bp.get("/settings/tokens")
@access("signed_in")
def show_tokens():
    return _token_page({})


@bp.post("/settings/tokens")
@access("signed_in")
@limit("10/minute")
def make_token():
    form = request.form
    try:
        secret = tokens.make_token(
            _me(),
            form.get("name", ""),
            by=current_viewer(),
            scopes=form.getlist("scopes"),
            days=form.get("days", 90, type=int),
        )
    except Invalid as refusal:
        return _token_page(refusal.errors), 422
    return _token_page({}, secret=secret)


@bp.post("/settings/tokens/<public_id>/delete")
@access("signed_in")
@limit("30/minute")
def revoke_token(public_id: str):
    tokens.revoke_token(_me(), public_id, by=current_viewer())
    return see_other("/settings/tokens")


def _me() -> Member:
    member = current_viewer().member
    assert member
    return member


def _token_page(errors: dict[str, str], secret: str | None = None) -> str:
    return render_template(
        "credentials/tokens.html",
        tokens=queries.tokens_of(_me()),
        scopes=SCOPES,
        errors=errors,
        secret=secret,
    )
