"""What a composer sends: its text, with the files that came along without JavaScript."""

from flask import request

from community.attachments.actions import attach, check_file, markdown_of
from community.viewer import Viewer


def posted_text(by: Viewer, field: str = "text") -> str:
    """The typed text; files chosen in the form are taken in and stand at its end."""
    text = request.form.get(field, "")
    for upload in request.files.getlist("attachments"):
        if upload.filename:
            taken_in = attach(check_file(upload.filename, upload.read()), by=by)
            text = f"{text.rstrip()}\n\n{markdown_of(taken_in)}\n"
    return text
