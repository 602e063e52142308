"""Messages that are said once: carried over a redirect in a cookie, and taken out when they were shown."""

from __future__ import annotations

import json

from flask import Response, g, request

from sartor.runtime.pages import pages
from sartor.runtime.pages.shell import MESSAGE


@pages.after_request
def carry_messages(response: Response) -> Response:
    said = getattr(g, "said", None)
    if said:
        response.set_cookie(
            MESSAGE, json.dumps(said), max_age=60, httponly=True, samesite="Lax", secure=request.is_secure
        )
    elif getattr(g, "messages_shown", False):
        response.delete_cookie(MESSAGE)
    return response
