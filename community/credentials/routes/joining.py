"""Signing up, confirming, and becoming the first administrator."""

from flask import flash, render_template, request
from flask import session as cookie
from flask_babel import gettext as _

from community.credentials.actions import administering, joining, signing_in
from community.credentials.attempts import SIGN_UP_BY_ADDRESS, network_of, spend
from community.credentials.links import open_link
from community.credentials.models import LinkPurpose
from community.credentials.passwords import verify
from community.credentials.queries import sign_up_behind
from community.credentials.routes.blueprint import bp
from community.credentials.routes.returning import page_before
from community.errors import Invalid
from community.limits import limit
from community.members.usernames import check_username
from community.viewer import current_viewer
from community.web import access, local_path, see_other

STARTED, CAME_FROM, LONGEST_PATH = "sign_up", "came_from", 500
# Home tells what is new since one joined, and that is nothing yet.
FIRST_PAGE = "/latest"
# Before there is a space, nobody can write: that is what an administrator has come for.
FIRST_TASK = "/admin/spaces"


@bp.get("/sign-up")
@access("anyone")
def show_sign_up():
    if current_viewer().member:
        return see_other("/")
    return render_template("credentials/sign_up.html", typed={"next": page_before()}, errors={})


@bp.post("/sign-up")
@access("anyone")
@limit("60/hour")
def sign_up_now():
    try:
        application = _application()
    except Invalid as refusal:
        return render_template(
            "credentials/sign_up.html", typed=request.form, errors=refusal.errors
        ), 422
    spend((SIGN_UP_BY_ADDRESS, network_of(request.remote_addr)))
    row = joining.sign_up(application, by=current_viewer())
    cookie[STARTED], cookie[CAME_FROM] = row.public_id, _came_from()
    return see_other("/sign-up/mail")


@bp.get("/sign-up/mail")
@access("anyone")
def show_mail_sent():
    return render_template("credentials/mail_sent.html")


@bp.get("/confirm/<token>")
@access("anyone")
def show_confirmation(token: str):
    return _confirmation(token, {})


@bp.post("/confirm/<token>")
@access("anyone")
@limit("20/minute")
def confirm(token: str):
    try:
        _check_same_person(token)
        member = joining.confirm(
            token, by=current_viewer(), username=request.form.get("username", "")
        )
    except Invalid as refusal:
        return _confirmation(token, refusal.errors), 422
    cookie.pop(STARTED, None)
    there = cookie.pop(CAME_FROM, "/")
    signing_in.sign_in(member, by=current_viewer())
    flash(_("Welcome, %(name)s. You are a member now.", name=member.name), "good")
    return see_other(FIRST_PAGE if there == "/" else there)


@bp.get("/first-administrator/<token>")
@access("anyone")
def show_first_administrator(token: str):
    open_link(LinkPurpose.FIRST_ADMINISTRATOR, token)
    return render_template("credentials/first_administrator.html", typed={}, errors={})


@bp.post("/first-administrator/<token>")
@access("anyone")
@limit("20/minute")
def become_first_administrator(token: str):
    open_link(LinkPurpose.FIRST_ADMINISTRATOR, token)
    try:
        member = administering.become_first_administrator(
            token, _application(), by=current_viewer()
        )
    except Invalid as refusal:
        page = "credentials/first_administrator.html"
        return render_template(page, typed=request.form, errors=refusal.errors), 422
    signing_in.sign_in(member, by=current_viewer())
    flash(_("Welcome, %(name)s. People write in spaces: open the first.", name=member.name), "good")
    return see_other(FIRST_TASK)


def _came_from() -> str:
    """Kept in the cookie, which a browser refuses if it is too long."""
    path = local_path(request.form.get("next"))
    return path if len(path) <= LONGEST_PATH else "/"


def _application() -> joining.Application:
    form = request.form
    return joining.prepare_application(
        *(form.get(name, "") for name in ("name", "username", "address", "password"))
    )


def _check_same_person(token: str) -> None:
    """Who opens the link elsewhere than where they signed up gives the password once more.

    Otherwise somebody could sign up with another's address and wait for a careless click.
    """
    row = sign_up_behind(token)
    if not _began_here(row) and not verify(row.password_hash, request.form.get("password", "")):
        raise Invalid({"password": _("This is not the password you signed up with.")})


def _began_here(row) -> bool:
    return cookie.get(STARTED) == row.public_id


def _confirmation(token: str, errors: dict[str, str]) -> str:
    row = sign_up_behind(token)
    try:
        check_username(row.username)
    except Invalid as refusal:
        errors = {**refusal.errors, **errors}
    return render_template(
        "credentials/confirm.html", row=row, began_here=_began_here(row), errors=errors
    )
