"""Puts an application together from settings and a list of features."""

import importlib
import importlib.util
import logging
from collections.abc import Sequence
from types import ModuleType

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from community import (
    cookies,
    errors,
    health,
    i18n,
    limits,
    outages,
    pages,
    reading,
    templating,
    web,
)
from community.api.resources import Resources
from community.config import ROOT, Settings
from community.console import Commands, Revisions
from community.credentials import readers, sessions
from community.database import db, engine_options
from community.events import subscribe
from community.keeping import front

ROLES = (
    "models",
    "policy",
    "counters",
    "events",
    "subjects",
    "documents",
    "subscriptions",
    "jobs",
    "notices",
    "erasures",
    "navigation",
    "slots",
    "own",
    "feeds",
    "routes",
    "api",
)

KERNEL = (
    "community.audit",
    "community.jobs",
    "community.mail",
    "community.sqlite_planner",
    "community.worker",
)

csrf = CSRFProtect()
login_manager = LoginManager()


def create_app(settings: Settings, features: Sequence[str]) -> Flask:
    """The whole house, or, with fewer features, as much of it as is wanted."""
    app = Flask(
        "guildhall",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
    )
    app.config.update(_flask_settings(settings))
    app.cli = Commands(features)
    app.extensions["migrate"] = Revisions()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    db.init_app(app)
    reading.register(app)
    csrf.init_app(app)
    cookies.register(app)
    login_manager.init_app(app)
    login_manager.user_loader(sessions.load)
    login_manager.session_protection = None  # pyright: ignore[reportAttributeAccessIssue]
    # the row decides; addresses change on phones
    templating.register(app)
    i18n.register(app)
    limits.register(app)
    pages.register(app)
    web.register(app)
    errors.register(app)
    outages.register(app)
    health.register(app)
    front.register(app, readers.Readers(app))
    for name in KERNEL:
        importlib.import_module(name)
    for feature in features:
        add_feature(app, feature)
    web.check_every_view_says_who(app)
    return app


def add_feature(app: Flask, feature: str) -> None:
    """Import the feature's modules, by their role names, and take up what they declare."""
    importlib.import_module(feature)
    for role in ROLES:
        name = f"{feature}.{role}"
        if importlib.util.find_spec(name):
            _take_up(app, importlib.import_module(name))


def _take_up(app: Flask, module: ModuleType) -> None:
    subscribe(getattr(module, "SUBSCRIPTIONS", {}))
    for blueprint in (getattr(module, "bp", None), getattr(module, "api_bp", None)):
        if blueprint is not None and blueprint.name not in app.blueprints:
            app.register_blueprint(blueprint)
            if isinstance(blueprint, Resources):
                csrf.exempt(blueprint)  # it asks for a token or a form token itself


def _flask_settings(settings: Settings) -> dict[str, object]:
    name = "__Host-session" if settings.production else "session"
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.testing,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings),
        "SESSION_COOKIE_NAME": name,
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": False,
        "TEMPLATES_AUTO_RELOAD": False,
    }
