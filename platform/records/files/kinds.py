"""What a file is, by its first bytes: names of files lie, and many programs export web pages called `.xls`."""

from __future__ import annotations

from sartor.platform.errors import Invalid, Problem
from sartor.platform.text import between
from sartor.platform.text import gettext as _

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
UTF8_MARK = b"\xef\xbb\xbf"
FOREIGN = {
    "XLS": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"),
    "PDF": (b"%pdf",),
    "GZIP": (b"\x1f\x8b",),
    "7Z": (b"7z\xbc\xaf",),
    "RAR": (b"rar!\x1a",),
    "RTF": (b"{\\rtf",),
    "SYLK": (b"id;p",),
    "DIF": (b"table\r\n0,1", b"table\n0,1"),
    "HTML": (b"<!doctype html", b"<html", b"<table", b"<meta"),
    "XML": (b"<?xml",),
    "JSON": (b'{"', b"{\n", b"{\r\n", b"{}", b"[{", b"[\n", b"[\r\n", b"[]"),
    "PNG": (b"\x89png",),
    "JPEG": (b"\xff\xd8\xff",),
}


def refuse_foreign(head: bytes, name: str) -> None:
    """Raise for an empty file and for kinds that are known and not read here."""
    start = head.removeprefix(UTF8_MARK).lstrip()
    if not start or head.startswith(EMPTY_ZIP):
        message = _("%(name)s is empty.", name=name)
        raise Invalid(message, [Problem("", "empty", message)], code="empty")
    for kind, marks in FOREIGN.items():
        if head.startswith(marks) or start.lower().startswith(marks):
            message = _("%(name)s is %(kind)s; save it as XLSX or CSV and try again.", name=name, kind=kind)
            if kind == "XLS":
                message += between() + _("(A workbook with a password looks the same: take the password off.)")
            raise Invalid(message, [Problem("", "kind", message)], code="kind")
