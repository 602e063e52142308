"""REST under /api/v1: JSON in and out, for integrators and for our own scripts."""

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/api/v1")
