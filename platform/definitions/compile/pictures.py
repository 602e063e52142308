"""Pictures that are kept in a definition: small ones, and of the kind that they say they are.

What a browser would run, such as a drawing with a script in it, is none of the kinds.
"""

from __future__ import annotations

import base64
import binascii

from sartor.platform.text import gettext as _

LARGEST = 60 * 1024
BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/webp": b"RIFF"}


def fault_of(picture: str) -> str | None:
    """What is wrong with a `data:` address; nothing where it is right."""
    kind, _comma, encoded = picture.removeprefix("data:").partition(";base64,")
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return _("The picture is damaged: choose it again.")
    if len(content) > LARGEST:
        size, most = len(content) // 1024, LARGEST // 1024
        return _("The picture has %(size)s KB; %(most)s KB are allowed.", size=size, most=most)
    begins = BEGINNINGS.get(kind)
    if begins is None or not content.startswith(begins) or (kind == "image/webp" and content[8:12] != b"WEBP"):
        return _("This is no picture of the kind that it says it is: %(kind)s.", kind=kind)
    return None
