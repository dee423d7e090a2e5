"""The audit log."""

from flask import render_template, request

from community.admin import deeds
from community.admin.routes.blueprint import bp
from community.viewer import current_viewer
from community.web import access


@bp.get("/audit")
@access("admin.open")
def list_deeds():
    asked = {name: request.args.get(name, "")[:60] for name in ("deed", "member")}
    page = deeds.deeds(asked["deed"], asked["member"], request.args.get("after"))
    about = deeds.what_they_are_about(page.items, current_viewer())
    return render_template("admin/audit.html", page=page, asked=asked, about=about)
