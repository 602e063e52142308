"""Pages under /app: everything that people work with, drawn from definitions; no page knows an entity by name."""

from flask import Blueprint

pages = Blueprint("pages", __name__)
