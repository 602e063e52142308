"""What fields with many values share: lists in JSON, in one cell of a file, and for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.wording import brief
from sartor.platform.text import gettext as _

MOST = 500


def listed(value: Any) -> list[Any]:
    """A JSON list that is not endless."""
    if not isinstance(value, list):
        raise Refused(_("%(value)s is not a list.", value=brief(value)), "type")
    if len(value) > MOST:
        raise Refused(
            _("%(count)s values are too many; at most %(most)s fit.", count=len(value), most=MOST), "too_long"
        )
    return value


def to_exact(texts: Iterable[str]) -> str:
    """A list in one cell of a file for transfer."""
    return json.dumps(list(texts), ensure_ascii=False)


def from_exact(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Refused(_("%(value)s is not a list of texts in JSON.", value=brief(text)), "type")
    return found


def show_list(texts: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(texts)
