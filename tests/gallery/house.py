"""A small app that shows every component with hard content: long names, Arabic, code, nothing.

It renders the real layout, macros, styles and scripts without a database; `python -m tests.gallery`
serves it, the shots and the tests of the face look at it.
"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from flask import Flask, render_template, request
from flask_babel import Babel
from flask_wtf import CSRFProtect, FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from community import assets, errors
from community.keeping.own import own

PAGES = ("lists", "topic", "ideas", "forms", "words", "empty", "wiki", "people", "figures")
NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def person(name: str, username: str) -> SimpleNamespace:
    profile = SimpleNamespace(theme="")
    return SimpleNamespace(name=name, username=username, picture_url=None, profile=profile)


PEOPLE = {
    "mo": person("Mo Okafor", "mo"),
    "leonie": person("Leonie Kraus", "leonie"),
    "long": person(
        "Maximiliane-Theodora von Wolkenstein-Trostburg und zu Hohenwaldeck", "maximiliane_theodora"
    ),
    "amal": person("أمل الحداد", "amal"),
    "gone": person("Former member", ""),
}


class ExampleForm(FlaskForm):
    title = StringField("Title", [DataRequired()], description="Say what it is in one line.")
    about = TextAreaField("What is it for?")
    space = SelectField("Space", choices=[("crm", "Using the CRM"), ("start", "Getting started")])
    tone = RadioField("Who may see it", choices=[("all", "Everybody"), ("staff", "Employees")])
    watch = BooleanField("Watch it", description="You hear of every reply.")


def create_gallery() -> Flask:
    app = Flask(__name__, template_folder="../../templates", static_folder=None)
    app.config.update(SECRET_KEY="gallery", WTF_CSRF_ENABLED=True)
    app.jinja_loader.searchpath.append(str(assets.STATIC.parent / "tests/gallery/templates"))
    Babel(app)
    CSRFProtect(app)
    app.register_blueprint(assets.blueprint)
    errors.register(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset_url=assets.asset_url, slot=_slot, own=own)
    app.jinja_env.filters.update(when=_when, number=lambda value: f"{value:,}")
    app.context_processor(_context)
    _add_pages(app)
    _add_answers(app)
    return app


def _add_pages(app: Flask) -> None:
    @app.get("/<any({}):page>".format(",".join(PAGES)))
    def show_page(page: str) -> str:
        return render_template(f"gallery/{page}.html", form=_refused_form(), people=PEOPLE, now=NOW)

    @app.get("/visitor")
    def show_visitor() -> str:
        return render_template("gallery/lists.html", people=PEOPLE, now=NOW, viewer=None)

    @app.get("/errors/<int:status>")
    def show_error(status: int) -> str:
        if status == 404:
            return render_template("errors/404.html")
        typed = [("title", "Importing keeps timing out"), ("text", "The file is 38 MB.\n\nUTF-8.")]
        return render_template(
            "errors/refusal.html",
            status=status,
            title="This form was open too long",
            message="Your text is below: please send it again.",
            typed=typed if status == 400 else [],
            viewer=None if status == 503 else _context()["viewer"],
        )


def _add_answers(app: Flask) -> None:
    """What the scripts of the face ask a server for."""
    app.config["DRAFTS"] = []

    @app.put("/draft")
    def keep_draft() -> tuple[str, int]:
        app.config["DRAFTS"].append(request.form["text"])
        return "", 204

    @app.post("/upload")
    def take_file() -> dict[str, str]:
        return {"markdown": f"![{request.files['file'].filename}](/files/abcdefgh)"}

    @app.get("/mentions")
    def name_members() -> str:
        return render_template("gallery/_mentions.html", members=[PEOPLE["amal"], PEOPLE["mo"]])

    @app.post("/preview")
    def preview() -> Markup:
        return Markup("<p>{}</p>").format(request.form["text"])


def _refused_form() -> ExampleForm:
    form = ExampleForm(title="", about="ليس بعد", tone="all", watch=True)
    form.title.errors = ("Give it a title of at least eight characters.",)
    return form


def _context() -> dict:
    places = [("Forum", "/lists"), ("Ideas", "/ideas"), ("Wiki", "/wiki"), ("Blogs", "/words")]
    places.append(("Metrics", "/figures"))
    return {
        "viewer": SimpleNamespace(member=PEOPLE["mo"]),
        "places": lambda: [
            {"label": label, "url": url, "current": label == "Forum"} for label, url in places
        ],
        "unread_notices": 3,
        "can": lambda permission, target=None: True,
    }


def _slot(name: str, **_context: object) -> Markup:
    return {
        "header.new": Markup(
            '<li><a href="/forms">Topic</a></li><li><a href="/ideas">Idea</a></li>'
        ),
        "header.menu": Markup('<li><a href="/people">Moderation</a></li>'),
    }.get(name, Markup(""))


def _when(moment: datetime | timedelta) -> Markup:
    moment = NOW - moment if isinstance(moment, timedelta) else moment
    text = f"{moment:%d %b %Y}"
    element = Markup('<relative-time datetime="{}">{}</relative-time>')
    return element.format(moment.isoformat(), text)
