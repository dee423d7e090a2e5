"""Settings: one's password, the browsers one is signed in with, and keys for programs."""

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from community.credentials import queries
from community.credentials.actions import changing_address, resetting, signing_in, tokens
from community.credentials.links import read_address_token
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
    return _password_page({})


@bp.post("/settings/address")
@access("signed_in")
@limit("10/hour")
def ask_for_new_address():
    member, form = _me(), request.form
    try:
        signing_in.check_proof(member, form.get("current_password", ""))
        changing_address.ask_for_new_address(member, form.get("address", ""), by=current_viewer())
    except Invalid as refusal:
        return _password_page(refusal.errors, address_form=True), 422
    flash(_("We have written to the new address. Open the link in that mail."), "good")
    return see_other("/settings/password")


@bp.get("/settings/address/<token>")
@access("signed_in")
def show_new_address(token: str):
    _row, address = read_address_token(token)
    return render_template("credentials/new_address.html", address=address)


@bp.post("/settings/address/<token>")
@access("signed_in")
@limit("20/hour")
def confirm_new_address(token: str):
    changing_address.confirm_new_address(token, by=current_viewer())
    flash(_("Mail for you comes to the new address now."), "good")
    return see_other("/settings/password")


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
        return _password_page(refusal.errors), 422
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


def _password_page(errors: dict[str, str], *, address_form: bool = False) -> str:
    return render_template(
        "credentials/password.html",
        address=queries.address_of(_me()),
        errors={} if address_form else errors,
        address_errors=errors if address_form else {},
    )


def _token_page(errors: dict[str, str], secret: str | None = None) -> str:
    return render_template(
        "credentials/tokens.html",
        tokens=queries.tokens_of(_me()),
        scopes=SCOPES,
        errors=errors,
        secret=secret,
    )
