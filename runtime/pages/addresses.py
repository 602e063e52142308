"""Addresses of pages, made in one place. `-` stands where no name can: `/app/sales/-/dashboard/home`.

What an address is made of is given by place: parameters beside it may have the name of any field.
Pages of an app may lie below a prefix (a look at an unpublished change set does): links lead where the reader is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import has_request_context

from sartor.platform.model import View
from sartor.runtime.current import the_request

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
PREFERENCES = "/preferences"
PROFILE = "/profile"
HOME = "/app"
INVITE = "/people/invite"


def with_query(url: str, query: Mapping[str, Any]) -> str:
    """The address with its parameters; those that are None are left out."""
    given = {name: value for name, value in query.items() if value is not None}
    return f"{url}?{urlencode(given, doseq=True)}" if given else url


def home() -> str:
    """Where the apps of this request lie."""
    return the_request().root_path + HOME if has_request_context() else HOME


def app(name: str) -> str:
    return f"{home()}/{quote(name)}"


def search(name: str) -> str:
    return f"{app(name)}/-/search"


def dashboard(name: str, board: str, /, **query: Any) -> str:
    return with_query(f"{app(name)}/-/dashboard/{quote(board)}", query)


def card(name: str, board: str, card: str, /, **query: Any) -> str:
    """One card of a dashboard."""
    return with_query(f"{dashboard(name, board)}/card/{quote(card)}", query)


def jobs(name: str) -> str:
    return f"{app(name)}/-/jobs"


def job(name: str, key: str) -> str:
    return f"{jobs(name)}/{key}"


def short_name(view: View) -> str:
    """A view's name in addresses: without the entity that they name already."""
    return view.name.removeprefix(view.entity + ".")


def entity(name: str, entity: str, view: View | None = None, /, **query: Any) -> str:
    """A list, or another view of an entity."""
    url = f"{app(name)}/{entity}" + (f"/{quote(short_name(view))}" if view else "")
    return with_query(url, query)


def record(name: str, entity: str, key: str, /, *rest: str, **query: Any) -> str:
    """A record, or what is behind it: `edit`, `tab/history` …"""
    return with_query("/".join([f"{app(name)}/{entity}/r", key, *rest]), query)


def of_entity(name: str, entity: str, what: str, /, **query: Any) -> str:
    """What belongs to no single record: `new`, `bin`, `options`, `filter` …"""
    return with_query(f"{app(name)}/{entity}/r/{what}", query)
