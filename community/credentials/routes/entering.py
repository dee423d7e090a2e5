"""Signing in and out."""

from flask import g, render_template, request
from flask_login import logout_user

from community.credentials.actions import signing_in
from community.credentials.routes.blueprint import bp
from community.credentials.routes.returning import page_before
from community.errors import Invalid, NotSignedIn, TooMany
from community.limits import limit
from community.texts.preparation import check_storable
from community.viewer import current_viewer
from community.web import access, local_path, see_other


@bp.get("/sign-in", endpoint="sign_in")
@access("anyone")
def show_sign_in():
    there = page_before()
    if current_viewer().member:
        return see_other(there)
    return render_template("credentials/sign_in.html", typed={"next": there})


@bp.post("/sign-in")
@access("anyone")
@limit("60/minute")
def sign_in_now():
    try:
        address, password = _typed()
        member = signing_in.member_with(address, password, network=request.remote_addr)
    except (NotSignedIn, Invalid) as refusal:
        return _again(refusal), 401
    except TooMany as refusal:
        return _again(refusal), 429, {"Retry-After": str(refusal.retry_after)}
    signing_in.sign_in(member, by=current_viewer())
    return see_other(local_path(request.form.get("next")))


@bp.post("/sign-out")
@access("signed_in")
@limit("60/minute")
def sign_out():
    signing_in.end_sign_in(g.sign_in_id, by=current_viewer())
    logout_user()
    return see_other("/")


def _typed() -> tuple[str, str]:
    address, password = request.form.get("address", ""), request.form.get("password", "")
    check_storable(address)
    return address[:254], password[:1000]


def _again(refusal: Exception) -> str:
    return render_template("credentials/sign_in.html", typed=request.form, refusal=refusal)
