"""Routes of the builder: an address inside a change set, with its policy. The change set is part of the address, so
that whoever gets a link sees the same edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, g

from sartor.builder import builder
from sartor.platform.access.policy import Policy, ability
from sartor.platform.publishing.change_sets.changes import MAIN

design = ability("design")
IN_SET = "/<change_set>"


def route(rule: str, policy: Policy = design, *, in_set: bool = True, **options: Any) -> Callable[[Callable], Callable]:
    """Declare a page: `@route("/plan")` is `/build/<change set>/plan`, of which `bench()` tells the change set.

    in_set: False for an address of the builder that belongs to no change set. options: of Flask; `largest`: bytes of a
    body that may be more than usual.
    """

    def declare(view: Callable) -> Callable:
        endpoint = options.pop("endpoint", None) or view.__name__
        if largest := options.pop("largest", None):
            limits: dict[str, int] = getattr(builder, "limits", {})
            builder.limits = {**limits, f"{builder.name}.{endpoint}": largest}  # type: ignore[attr-defined]
        builder.add_url_rule((IN_SET if in_set else "") + rule, endpoint, view, **options)
        declared: dict[str, Policy] = getattr(builder, "policies", {})
        builder.policies = {**declared, f"{builder.name}.{endpoint}": policy}  # type: ignore[attr-defined]
        return view

    return declare


@builder.url_value_preprocessor
def _take_set(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.change_set = (values or {}).pop("change_set", MAIN)


@builder.url_defaults
def _put_set(endpoint: str, values: dict[str, Any]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "change_set"):
        values.setdefault("change_set", getattr(g, "change_set", MAIN))
