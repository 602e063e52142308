"""What Flask calls `request`, `current_app` and `g`, as they are.

Flask's own look the object up anew for each attribute; what every request does asks once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, current_app, g, request

the_request: Callable[[], Request] = request._get_current_object  # type: ignore[attr-defined]
the_app: Callable[[], Flask] = current_app._get_current_object  # type: ignore[attr-defined]
the_g: Callable[[], Any] = g._get_current_object
