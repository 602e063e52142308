"""The definitions that every workspace begins with: people and departments."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

NAMES = ("department", "user")


def system_documents() -> dict[str, dict[str, Any]]:
    """The system entities, by `entity/name`."""
    folder = files("sartor.platform.definitions.system")
    return {f"entity/{name}": json.loads((folder / f"{name}.json").read_text("utf-8")) for name in NAMES}
