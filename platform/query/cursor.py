"""Cursors: where a page ended, signed, so that a reader can neither look into other rows' order nor change it.

A cursor fits one revision and one question. It holds the sort values and the id of the last row, and whether the
rows with a blank first sort field have been reached.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import orjson

from sartor.platform.errors import BadRequest, Outdated
from sartor.platform.text import gettext as _

SIGNATURE = 12


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page: its sort values in wire form and its id."""

    values: tuple[Any, ...]
    id: int


class Cursors:
    """Signs with the workspace's secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.blake2b(b"cursor", key=secret[:64]).digest()

    def write(self, position: Position, fits: str) -> str:
        """fits: what the cursor belongs to (revision, question, actor's rights)."""
        body = orjson.dumps([list(position.values), str(position.id)])
        return base64.urlsafe_b64encode(self._sign(body, fits) + body).decode().rstrip("=")

    def read(self, text: str, fits: str) -> Position:
        """:raises BadRequest: for what was never a cursor. :raises Outdated: for one that does not fit any more."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            values, number = orjson.loads(raw[SIGNATURE:])
        except (ValueError, TypeError, binascii.Error):
            raise BadRequest(_("This is not a cursor.")) from None
        if not hmac.compare_digest(raw[:SIGNATURE], self._sign(raw[SIGNATURE:], fits)):
            raise Outdated(_("The list has changed since this page was made; start again from its beginning."))
        return Position(tuple(values), int(number))

    def _sign(self, body: bytes, fits: str) -> bytes:
        return hmac.digest(self._secret, fits.encode() + b"\0" + body, "sha256")[:SIGNATURE]
