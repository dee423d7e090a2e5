"""People: the directory, a member's page, and one's own settings."""

from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template, request, send_file
from flask_babel import gettext as _

from community.errors import NotFound, Refusal
from community.i18n import LANGUAGES
from community.limits import limit
from community.members import actions, queries
from community.members.models import Member, Segment
from community.members.navigation import TEMPLATE_WORDS
from community.members.pictures import encode_picture, keep_picture, picture_file
from community.texts.preparation import Prepared, prepare, visible_length
from community.viewer import current_viewer
from community.web import access, see_other

bp = Blueprint("members", __name__)
bp.record(lambda state: state.app.jinja_env.globals.update(TEMPLATE_WORDS))

ABOUT_LENGTH = 10_000


@bp.get("/people")
@access("member.list")
def index():
    words, segment = request.args.get("q", "")[:80], request.args.get("segment", "")
    page = queries.members_page(
        current_viewer(), request.args.get("after"), words=words, segment=segment
    )
    return render_template(
        "members/index.html", page=page, words=words, segment=segment, segments=list(Segment)[:4]
    )


@bp.get("/people/<username>")
@access("anyone")
def show(username: str):
    viewer = current_viewer()
    member = queries.find_member(username, viewer)
    if member.username != username:
        return redirect(f"/people/{member.username}", 301)
    recent = queries.recent_subjects(member, viewer)
    return render_template("members/show.html", member=member, recent=recent)


@bp.get("/pictures/<public_id>.webp")
@access("anyone")
def picture(public_id: str):
    path = picture_file(public_id)
    if path is None:
        raise NotFound
    answer = send_file(path, mimetype="image/webp", conditional=True, max_age=31536000)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@bp.get("/settings/profile")
@access("signed_in")
def edit_profile():
    profile = _me().profile
    return render_template("members/edit.html", profile=profile, typed=profile, errors={})


@bp.post("/settings/profile")
@access("signed_in")
@limit("20/minute")
def save_profile():
    member, form = _me(), request.form
    try:
        actions.change_profile(
            member,
            by=current_viewer(),
            name=form.get("name", ""),
            headline=form.get("headline", ""),
            location=form.get("location", ""),
            about=_about(form.get("about", "")),
        )
    except Refusal as refusal:
        return _refused("members/edit.html", refusal, profile=member.profile)
    flash(_("Your profile is saved."), "good")
    return see_other(f"/people/{member.username}")


@bp.post("/settings/picture")
@access("signed_in")
@limit("20/10 minutes")
def save_picture():
    member, file = _me(), request.files.get("picture")
    try:
        encoded = encode_picture(file.read() if file else b"")
        picture = keep_picture(encoded, uploader_id=member.id)
        actions.change_picture(member, picture, by=current_viewer())
    except Refusal as refusal:
        return _refused("members/edit.html", refusal, profile=member.profile)
    return see_other("/settings/profile")


@bp.post("/settings/picture/delete")
@access("signed_in")
@limit("20/10 minutes")
def delete_picture():
    actions.change_picture(_me(), None, by=current_viewer())
    return see_other("/settings/profile")


@bp.get("/settings")
@access("signed_in")
def show_settings():
    return _settings_page({})


@bp.post("/settings")
@access("signed_in")
@limit("20/minute")
def save_settings():
    """Where one language alone is spoken, nobody is asked for theirs."""
    form = request.form
    try:
        actions.change_settings(
            _me(),
            by=current_viewer(),
            language=form.get("language", LANGUAGES[0]),
            languages=LANGUAGES,
            **{name: form.get(name, "") for name in ("timezone", "theme")},
        )
    except Refusal as refusal:
        return _settings_page(getattr(refusal, "errors", {})), refusal.status
    flash(_("Saved."), "good")
    return see_other("/settings")


def _me() -> Member:
    member = current_viewer().member
    assert member
    return member


def _about(source: str) -> Prepared | None:
    if not visible_length(source):
        return None
    return prepare(source, limit=ABOUT_LENGTH, field="about")


def _refused(page: str, refusal: Refusal, **context: object):
    errors = getattr(refusal, "errors", None) or {refusal.field or "name": refusal.message}
    typed = request.form or context["profile"]
    return render_template(page, typed=typed, errors=errors, **context), refusal.status


def _settings_page(errors: dict[str, str]) -> str:
    profile = _me().profile
    assert profile, "who is signed in has a profile"
    return render_template(
        "members/settings.html",
        profile=profile,
        languages=LANGUAGES,
        zones=[(zone, zone) for zone in _zones(profile.timezone)],
        errors=errors,
    )


def _zones(chosen: str) -> list[str]:
    """The zones that are named after a place; the others are old names and abbreviations."""
    places = {zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/"}
    return sorted(places | {"UTC", chosen})
