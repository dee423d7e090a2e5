"""Sending files and opening them."""

from flask import Blueprint, Response, jsonify, request, send_file
from flask_babel import gettext as _

from community.attachments.actions import attach, check_file, markdown_of
from community.attachments.files import path_of
from community.attachments.models import Attachment
from community.attachments.policy import may_open
from community.attachments.queries import attachment_named
from community.errors import Invalid, NotFound
from community.limits import limit
from community.viewer import current_viewer
from community.web import access

bp = Blueprint("attachments", __name__)

SANDBOX = "default-src 'none'; sandbox; style-src 'none'; img-src 'self'"


@bp.post("/attachments")
@access("signed_in")
@limit("20/10 minutes")
def create() -> tuple[Response, int]:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Invalid({"file": _("Choose a file first.")})
    attachment = attach(check_file(upload.filename, upload.read()), by=current_viewer())
    return jsonify(id=attachment.public_id, markdown=markdown_of(attachment)), 201


@bp.get("/files/<public_id>/<name>")
@access("anyone")
def show(public_id: str, name: str) -> Response:
    """Asked anew at every opening: a moved page takes its files along at once."""
    attachment = attachment_named(public_id)
    if attachment is None or attachment.name != name or not _open_to_viewer(attachment):
        raise NotFound
    response = send_file(
        path_of(attachment.digest),
        mimetype=attachment.media_type,
        as_attachment=not attachment.media_type.startswith("image/"),
        download_name=attachment.name,
        etag=attachment.digest,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _open_to_viewer(attachment: Attachment) -> bool:
    return path_of(attachment.digest).is_file() and may_open(current_viewer(), attachment)
