"""The log of a long-running process, on standard error."""

from __future__ import annotations

import logging

FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


def keep_log(level: str) -> None:
    """level: debug, info, warning or error."""
    logging.basicConfig(level=level.upper(), format=FORMAT)
