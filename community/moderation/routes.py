"""Flagging, the queue, and appeals."""

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _

from community.errors import Invalid, Refusal
from community.limits import limit
from community.moderation import actions, queries
from community.moderation.models import Case, Decision, Reason
from community.moderation.wording import DECISIONS, REASONS
from community.policy import find_subject, find_visible
from community.subjects import subject_at, subject_title, subject_url
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("moderation", __name__)


@bp.get("/flag/<kind>/<public_id>")
@access("signed_in")
def new_flag(kind: str, public_id: str):
    return _flag_form(find_subject(kind, public_id, current_viewer()))


@bp.post("/flag/<kind>/<public_id>")
@access("signed_in")
@limit("10/minute")
def create_flag(kind: str, public_id: str):
    subject = find_subject(kind, public_id, current_viewer())
    back = subject_url(subject)
    try:
        reason = _one_of(Reason, request.form.get("reason", ""), "reason")
        note = request.form.get("note", "")
        actions.flag_subject(subject, reason, by=current_viewer(), note=note)
    except Invalid as refusal:
        return _flag_form(subject, refusal), refusal.status
    flash(_("Thank you. The moderators look at it, and you hear what they decide."))
    return see_other(back)


@bp.get("/moderation")
@access("moderation.view")
def index():
    viewer = current_viewer()
    lists = {
        "open": queries.open_cases,
        "appeals": queries.appealed_cases,
        "decided": queries.decided_cases,
    }
    shown = request.args.get("show", "open")
    page = lists.get(shown, queries.open_cases)(viewer, token=request.args.get("after"))
    subjects = {case.id: subject_at(case.subject_kind, case.subject_id) for case in page.items}
    return render_template(
        "moderation/index.html", page=page, shown=shown, subjects=subjects, decisions=DECISIONS
    )


@bp.get("/moderation/cases/<public_id>")
@access("moderation.view")
def show_case(public_id: str):
    return _case_page(find_visible(Case, public_id, current_viewer()))


@bp.post("/moderation/cases/<public_id>/decision")
@access("moderation.view")
@limit("60/minute")
def decide(public_id: str):
    case = find_visible(Case, public_id, current_viewer())
    note = request.form.get("note", "")
    try:
        decision = _one_of(Decision, request.form.get("decision", ""), "decision")
        actions.decide_case(case, decision, by=current_viewer(), note=note)
    except Refusal as refusal:
        return _case_page(case, refusal), refusal.status
    return see_other("/moderation")


@bp.post("/appeal/<kind>/<public_id>")
@access("signed_in")
@limit("5/minute")
def appeal(kind: str, public_id: str):
    subject = find_subject(kind, public_id, current_viewer())
    actions.appeal_decision(subject, request.form.get("text", ""), by=current_viewer())
    flash(_("Somebody else will look at it again, and you hear what they decide."))
    return see_other(subject_url(subject))


@bp.post("/moderation/cases/<public_id>/appeal")
@access("moderation.view")
@limit("60/minute")
def decide_appeal(public_id: str):
    case = find_visible(Case, public_id, current_viewer())
    granted = request.form.get("granted") == "yes"
    try:
        actions.decide_appeal(
            case, granted=granted, by=current_viewer(), answer=request.form.get("answer", "")
        )
    except Refusal as refusal:
        return _case_page(case, refusal), refusal.status
    return see_other("/moderation?show=appeals")


def _flag_form(subject, refusal: Invalid | None = None) -> str:
    return render_template(
        "moderation/flag.html",
        title=subject_title(subject),
        url=subject_url(subject),
        reasons=REASONS.items(),
        refusal=refusal,
    )


def _case_page(case: Case, refusal: Refusal | None = None) -> str:
    subject = subject_at(case.subject_kind, case.subject_id)
    return render_template(
        "moderation/case.html",
        case=case,
        subject=subject,
        title=subject_title(subject) if subject else "",
        url=subject_url(subject) if subject else None,
        flags=queries.flags_of(case),
        earlier=queries.earlier_cases(case, current_viewer()),
        appeal=queries.appeal_of(case),
        refusal=refusal,
        reasons=REASONS,
        decisions=DECISIONS,
    )


def _one_of(kind, word: str, field: str):
    try:
        return kind(word)
    except ValueError:
        raise Invalid({field: _("Please choose one.")}) from None
