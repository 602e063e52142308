"""What a label would be called by programs, and what it is usually called in the other language."""

from __future__ import annotations

from flask import Response

from sartor.platform.packaging.sheets import names
from sartor.platform.text import has_chinese
from sartor.runtime.answers import answer
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import design
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.shapes import TEXT, closed

LABEL = Parameter("label", "What people read.", {"type": "string", "maxLength": 200}, required=True)
OF = Parameter("of", "What is called so.", {"type": "string", "enum": ["entity", "field", "other"], "default": "other"})
NAME = closed(
    {
        "name": {**TEXT, "description": "Empty where nothing of the label can stand in a name."},
        "label": {
            "type": "object",
            "description": "By language: the label, and its usual word in the other language where there is one.",
            "additionalProperties": TEXT,
        },
        "plural": {
            "type": "object",
            "description": "By language: what many of them are called.",
            "additionalProperties": TEXT,
        },
    },
    "name",
    "label",
    "plural",
)


@endpoint(api, "GET", "/names", design, Says(query=(LABEL, OF), answer=NAME))
def propose_name() -> Response:
    """A name for a label: pinyin of Chinese, the English word of what is usual (客户 is `account`). It may be taken."""
    label, of = asked()["label"], asked()["of"]
    made = names.slug(label)
    if made and of != "other":
        made = (names.entity_name if of == "entity" else names.field_name)(label, ())
    known = (names.subject if of == "entity" else names.label)(label)
    both = {**known, "zh" if has_chinese(label) else "en": label}
    return answer({"name": made, "label": both, "plural": names.of_many(both)})
