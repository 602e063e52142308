"""The address on which the web server listens: tried before the server is started, and until it answers."""

from __future__ import annotations

import socket

from sartor.platform.errors import BadSetting
from sartor.platform.settings import Settings


def require_free(found: Settings) -> None:
    """:raises BadSetting: where nothing of ours could listen, because something else does or the host is not here."""
    family = socket.AF_INET6 if ":" in found.host else socket.AF_INET
    try:
        socket.create_server((found.host, found.port), family=family).close()
    except OSError as error:
        place = f"{found.host}:{found.port}"
        raise BadSetting(
            f"Nobody can listen on {place}: {error.strerror}. Stop what listens there, or choose another address "
            "with SARTOR_HOST and SARTOR_PORT."
        ) from None


EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def is_answered(found: Settings) -> bool:
    """Whether somebody takes connections there by now."""
    try:
        socket.create_connection((EVERYWHERE.get(found.host, found.host), found.port), timeout=1).close()
    except OSError:
        return False
    return True
