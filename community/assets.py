"""Stylesheets and scripts, joined at start and served for good under the hash of their contents.

There is no build step: a bundle is a list of files, joined the first time somebody asks. Its
address holds the hash of its bytes: browsers may keep it for ever, a new version has a new address.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, current_app, request
from werkzeug.security import safe_join

from community.errors import NotFound
from community.web import access

STATIC = Path(__file__).resolve().parent.parent / "static"

BUNDLES = {
    "app.css": ("css/tokens.css", "css/base.css", "css/layout.css", "css/components/*.css"),
    "app.js": (
        "vendor/htmx/htmx.min.js",
        "vendor/relative-time-element/bundle.js",
        "js/behaviour.js",
        "js/reading/*.js",
    ),
    "write.js": (
        "vendor/markdown-toolbar-element/index.js",
        "vendor/text-expander-element/bundle.js",
        "js/behaviour.js",
        "js/writing/*.js",
    ),
    "theme.js": ("js/theme.js",),
}
PLAIN = {"icons.svg": "vendor/lucide/icons.svg"}
FOR_GOOD = "public, max-age=31536000, immutable"

ADDRESS = re.compile("/assets/[^/]+/(.+)")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
COMMENT_LINE = re.compile(r"^[ \t]*//.*\n", re.M)
FONT = re.compile(r'url\("([^"]+)"\)')
IMPORT = re.compile(r"^import .*;\n", re.M)
EXPORT_LIST = re.compile(r"^export (?:\{[^}]*\}|default \w+);?$", re.M)
EXPORT = re.compile(r"^export (?:default )?", re.M)

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    body: bytes
    packed: bytes
    mimetype: str
    digest: str


def asset_url(name: str) -> str:
    """The address of a bundle, or of any other file under static/."""
    return f"/assets/{find_asset(name).digest}/{name}"


def is_asset(path: str) -> bool:
    """Whether it is the address of something, in this version or another; asks the disk once."""
    address = ADDRESS.fullmatch(path)
    return bool(address) and address[1] in _names()


@lru_cache
def _names() -> frozenset[str]:
    files = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()]
    return frozenset((*BUNDLES, *PLAIN, *files))


def find_asset(name: str) -> Asset:
    """Raises LookupError for a name that is neither a bundle nor a file under static/."""
    if current_app.debug:
        _asset.cache_clear()
    return _asset(name)


@lru_cache(maxsize=256)
def _asset(name: str) -> Asset:
    body = _bundle(name) if name in BUNDLES else _file(PLAIN.get(name, name))
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, gzip.compress(body, 9, mtime=0), mimetype, digest)


def _file(name: str) -> bytes:
    path = safe_join(str(STATIC), name)
    if path is None or not Path(path).is_file():
        raise LookupError(name)
    return Path(path).read_bytes()


def _bundle(name: str) -> bytes:
    files = [path for pattern in BUNDLES[name] for path in sorted(STATIC.glob(pattern))]
    join = _style if name.endswith(".css") else _script
    return "\n".join(join(path) for path in files).encode()


def _style(path: Path) -> str:
    source = re.sub(r"\s+", " ", COMMENT.sub("", path.read_text()))
    return FONT.sub(lambda found: f'url("{asset_url(found[1])}")', source).strip()


def _script(path: Path) -> str:
    """One module of a bundle: its names stay its own, except those that the modules share.

    Comments are left out of our own alone: others might have lines like these within a string.
    """
    source = IMPORT.sub("", path.read_text())
    if STATIC / "js" in path.parents:
        source = COMMENT_LINE.sub("", source)
    if path.name == "behaviour.js":
        return EXPORT.sub("", source)
    return "{" + EXPORT.sub("", EXPORT_LIST.sub("", source)) + "\n}"


@blueprint.get("/assets/<digest>/<path:name>")
@access("anyone")
def show_asset(digest: str, name: str) -> Response:
    try:
        asset = find_asset(name)
    except LookupError:
        raise NotFound from None
    packed = "gzip" in request.accept_encodings and not asset.mimetype.startswith("font/")
    answer = Response(asset.packed if packed else asset.body, mimetype=asset.mimetype)
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = FOR_GOOD if digest == asset.digest else "no-cache"
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer
