"""A member's notices, and what comes by mail."""

from flask import Blueprint, render_template, request

from community.limits import limit
from community.notifications import actions, queries
from community.notifications.kinds import notice_kinds
from community.notifications.presenting import in_words
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("notifications", __name__)


@bp.get("/notifications")
@access("signed_in")
def index():
    page = queries.notices_of(current_viewer(), token=request.args.get("after"))
    return render_template(
        "notifications/index.html", page=page, lines=in_words(page.items, current_viewer())
    )


@bp.post("/notifications/seen")
@access("signed_in")
@limit("30/minute")
def mark_seen():
    actions.mark_all_seen(by=current_viewer())
    return see_other("/notifications")


@bp.get("/settings/notifications")
@access("signed_in")
def show_choices():
    chosen = queries.mail_choices(current_viewer().member_id or 0)
    return render_template(
        "notifications/choices.html", kinds=notice_kinds().values(), chosen=chosen
    )


@bp.post("/settings/notifications")
@access("signed_in")
@limit("30/minute")
def choose():
    wanted = {name: name in request.form.getlist("mail") for name in notice_kinds()}
    actions.choose_mail(wanted, by=current_viewer())
    return see_other("/settings/notifications")


@bp.get("/unsubscribe/<token>")
@access("anyone")
def show_stop(token: str):
    """Shows the button; opening the link, as scanners do, stops nothing."""
    return render_template("notifications/stop.html", token=token)


@bp.post("/unsubscribe/<token>")
@access("anyone")
@limit("30/minute")
def stop(token: str):
    """RFC 8058: one click in the mail program, no cookie and no token but the signed address."""
    kind = actions.stop_mail(token, by=current_viewer())
    return render_template("notifications/stopped.html", kind=notice_kinds()[kind])
