"""Forged requests: a change made with a session cookie must come from a page of ours.

Two independent proofs are asked for: what the browser itself says about the origin, which a page cannot forge, and
the session's own token, which another site cannot read. Bearer tokens need neither: no browser sends them unasked.
"""

from __future__ import annotations

import hmac
from typing import Protocol

from sartor.platform.errors import Forbidden
from sartor.platform.text import gettext as _

HEADER = "X-CSRF-Token"
FIELD = "_csrf"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Headers(Protocol):
    """Headers of a request, as far as they are looked at here."""

    def get(self, name: str, /) -> str | None: ...


def require_own_page(method: str, headers: Headers, origin: str, expected: str, sent: str | None) -> None:
    """Judge a request that came with a session cookie.

    origin: of this workspace, `https://crm.example.com`. expected: the session's token. sent: by header or form.
    :raises Forbidden: for a change that may have been made by another site.
    """
    if method in SAFE:
        return
    if not is_same_origin(headers, origin):
        raise Forbidden(_("This request came from another site and was refused."), code="csrf")
    if not expected or not hmac.compare_digest(expected.encode(), (sent or "").encode()):
        raise Forbidden(_("This page is out of date. Reload it and try again."), code="csrf")


def is_same_origin(headers: Headers, origin: str) -> bool:
    """What the browser says: `Sec-Fetch-Site`, else `Origin`. Without either (old browsers) the token decides."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    stated = headers.get("Origin")
    return stated is None or stated.rstrip("/") == origin.rstrip("/")
