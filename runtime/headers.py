"""What every response carries, whatever made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def with_headers(application: WSGIApplication) -> WSGIApplication:
    """An application whose responses carry the headers; one that says something itself is left to say it."""
    every = [*SECURITY_HEADERS.items(), ("Cache-Control", "no-store")]

    def secured(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *about: Any) -> Any:
            said = {name for name, _value in headers}
            headers += [each for each in every if each[0] not in said]
            return start_response(status, headers, *about)

        return application(environ, start)

    return secured
