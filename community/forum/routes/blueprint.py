"""The forum's one blueprint."""

from flask import Blueprint

bp = Blueprint("forum", __name__)
