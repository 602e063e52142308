"""How often a record was written: what a writer must have seen to change it."""

from __future__ import annotations

from sartor.platform.fields.integer import Integer
from sartor.platform.fields.schemas import closed


class Version(Integer):
    key = "version"
    label = {"en": "Version", "zh": "版本"}
    icon = "versions"
    group = "computed"
    widget = "readonly"
    aggregates = ()
    computed = True
    system = True
    example = 3
    options_schema = closed({})
