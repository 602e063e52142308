"""Whether a page is read on a phone: what its own script last found tells (platform/ui/frontend/width.ts), at first the
browser."""

from __future__ import annotations

from flask import request

COOKIE = "sartor_width"
PHONE = "phone"
DESK = "desk"


def is_phone() -> bool:
    told = request.cookies.get(COOKIE)
    if told in (PHONE, DESK):
        return told == PHONE
    return request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.user_agent.string


def width() -> str:
    return PHONE if is_phone() else DESK
