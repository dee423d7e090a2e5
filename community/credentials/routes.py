"""Signing in and out."""

from flask import Blueprint, g, render_template, request
from flask_login import logout_user

from community.credentials import actions
from community.credentials.forms import SignInForm
from community.errors import NotSignedIn
from community.limits import limit
from community.viewer import current_viewer
from community.web import access, local_path, see_other

bp = Blueprint("credentials", __name__)


@bp.get("/sign-in", endpoint="sign_in")
@access("anyone")
def show_sign_in():
    return render_template("credentials/sign_in.html", form=SignInForm(data=_asked_for()))


@bp.post("/sign-in")
@access("anyone")
@limit("20/5 minutes")
def sign_in_now():
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("credentials/sign_in.html", form=form), 422
    try:
        member = actions.member_with(form.address.data, form.password.data)
    except NotSignedIn as refusal:
        return render_template("credentials/sign_in.html", form=form, refusal=refusal), 401
    actions.sign_in(member, by=current_viewer())
    return see_other(local_path(form.next.data))


@bp.post("/sign-out")
@access("signed_in")
def sign_out():
    actions.end_sign_in(g.sign_in_id, by=current_viewer())
    logout_user()
    return see_other("/")


def _asked_for() -> dict[str, str]:
    return {"next": local_path(request.args.get("next"))}
