"""Pages under /build: where people design. Every edit goes into a change set, through the same doors as the API."""

from flask import Blueprint

builder = Blueprint("builder", __name__, url_prefix="/build")
