"""What goes over the wire: JSON by orjson, strict in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import orjson
from flask import Request, Response
from jsonschema import Draft202012Validator
from werkzeug.datastructures import Headers
from werkzeug.exceptions import ClientDisconnected, UnsupportedMediaType
from werkzeug.http import HTTP_STATUS_CODES

from sartor.platform.definitions.json_text import strict_json
from sartor.platform.definitions.validate import faults
from sartor.platform.errors import BadRequest, Invalid
from sartor.platform.text import gettext as _
from sartor.runtime.current import the_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

JSON = "application/json"
PROBLEM = "application/problem+json"
BODY = "sartor.body"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (frozenset, set, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


class Answer(Response):
    """A body that is there whole: nothing about it depends on the request but whether it is sent.

    It is made of its parts as they are. Werkzeug's `Headers` comes into being only if somebody asks for it.
    """

    def __init__(self, body: bytes, status: int, headers: Mapping[str, str], mimetype: str) -> None:
        self._status_code, self._status = status, _STATUS[status]
        self.response = self.whole = [body]
        self.direct_passthrough = False
        self._on_close = []
        self.pairs = [("Content-Type", mimetype), ("Content-Length", str(len(body))), *headers.items()]
        for _name, value in headers.items():
            if "\n" in value or "\r" in value:
                raise ValueError("a header is one line")

    @cached_property
    def headers(self) -> Headers:  # type: ignore[override]
        return Headers(self.pairs)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        given = self.__dict__.get("headers")
        start_response(self._status, self.pairs if given is None else given.to_wsgi_list())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else self.whole


_STATUS = {code: f"{code} {name.upper()}" for code, name in HTTP_STATUS_CODES.items()}
_NONE: Mapping[str, str] = {}


def answer(body: Any, status: int = 200, headers: Mapping[str, str] = _NONE, mimetype: str = JSON) -> Response:
    """A JSON response."""
    return Answer(orjson.dumps(body, default=_plain), status, headers, mimetype)


def instant(at: datetime) -> str:
    """ISO 8601 in UTC, as everywhere in the API."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def etag(version: int) -> dict[str, str]:
    return {"ETag": f'"{version}"'}


def sent_json() -> Any:
    """The body of the request.

    :raises UnsupportedMediaType: for another content type.
    :raises BadRequest: for what is not JSON, for duplicate keys and NaN.
    """
    asking = the_request()
    if asking.environ.get("CONTENT_TYPE") != JSON and not asking.is_json:
        raise UnsupportedMediaType(_("Send JSON, with the content type application/json."))
    return strict_json(_body(asking))


def _body(asking: Request) -> bytes:
    """The body, kept for whoever does the same once more. One of a told length needs none of the layers that guard
    against a longer one."""
    environ = asking.environ
    body: bytes | None = environ.get(BODY)
    if body is None:
        told = environ.get("CONTENT_LENGTH", "")
        length = int(told) if told.isdecimal() and len(told) < 12 else None
        if length is None or "stream" in asking.__dict__ or length > (asking.max_content_length or 0):
            return asking.get_data()
        body = environ["wsgi.input"].read(length)
        if len(body) != length:
            raise ClientDisconnected
        environ[BODY] = body
    return body


def sent_object() -> dict[str, Any]:
    """The body of the request, which must be an object."""
    body = sent_json()
    if not isinstance(body, dict):
        raise BadRequest(_("A JSON object was expected."))
    return body


def sent_as(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The body of the request, which must fit a closed schema.

    :raises Invalid: with a problem for each property that is unknown, missing or of another form.
    """
    body = sent_object()
    found = faults(_validator(orjson.dumps(schema)), body)
    if found:
        raise Invalid(found[0].message, found)
    return body


@lru_cache(maxsize=200)
def _validator(schema: bytes) -> Draft202012Validator:
    return Draft202012Validator(orjson.loads(schema))


def sent_version() -> int | None:
    """The version in If-Match, None where it is not given or is `*`."""
    text = the_request().environ.get("HTTP_IF_MATCH", "").strip()
    if text in ("", "*"):
        return None
    number = text.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise BadRequest(_("If-Match holds the version in quotation marks, such as “3”."))
    return int(number)
