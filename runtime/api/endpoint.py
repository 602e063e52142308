"""A route of the REST API together with what is said about it: parameters, body, answer.

What is said is what holds: a parameter that no route declares is refused, and `openapi.json` tells the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Blueprint, Response

from sartor.platform.access.policy import Policy
from sartor.platform.errors import NotFound, SartorError
from sartor.platform.model import Operation
from sartor.platform.model.ids import LARGEST
from sartor.platform.text import gettext as _
from sartor.runtime.api.asking import parsed
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.current import the_g
from sartor.runtime.gate import confirmed, route

Schema = Mapping[str, Any]

NAME = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What a route takes and gives.

    later: what it answers with 202 where a worker has to do it. needs: the operation that the reader must have on the
    entity for the route to mean anything. entity: of which one it speaks, where the address does not say. Schemas may
    name `{entity}`, which stands for that one.
    confirms: what it reads tells under which stamp, and what it writes is one transaction bound to that stamp, so that
    a remembered token will do.
    """

    query: tuple[Parameter, ...] = ()
    headers: tuple[Parameter, ...] = ()
    body: Schema | None = None
    answer: Schema = field(default_factory=dict)
    status: int = 200
    later: Schema | None = None
    needs: Operation | None = None
    entity: str | None = None
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One route. name: of its handler, unique in the API."""

    name: str
    method: str
    rule: str
    policy: Policy
    about: str
    says: Says

    @property
    def places(self) -> list[str]:
        """Names of the variable parts of the address."""
        return NAME.findall(self.rule)

    @property
    def template(self) -> str:
        """The address as OpenAPI writes it."""
        return NAME.sub(r"{\1}", self.rule)


def endpoint(
    blueprint: Blueprint, method: str, rule: str, policy: Policy, says: Says
) -> Callable[[Callable], Callable]:
    """Declare a route; its parameters are checked before the handler runs, which finds them in `asked()`."""

    def declare(view: Callable[..., Response]) -> Callable[..., Response]:
        about = " ".join((view.__doc__ or "").split())
        described = Endpoint(view.__name__ + _of(says), method, rule, policy, about, says)
        declared: list[Endpoint] = getattr(blueprint, "endpoints", [])
        blueprint.endpoints = [*declared, described]  # type: ignore[attr-defined]

        refusals = Exception if method == "GET" else SartorError

        @wraps(view)
        def checked(**places: str) -> Response:
            for each in places.values():
                if _leads_nowhere(each):
                    raise NotFound(_("There is nothing at this address."))
            given = {"entity": says.entity} | places if says.entity else places
            return confirmed(lambda: run(given), refusals) if says.confirms else run(given)

        def run(places: dict[str, Any]) -> Response:
            the_g().asked = parsed(says.query)
            return view(**places)

        options = {"methods": [method], "endpoint": described.name, "confirms": says.confirms}
        route(blueprint, rule, policy, **options)(checked)
        return view

    return declare


def _leads_nowhere(place: Any) -> bool:
    """Whether a part of an address is nothing that a database could be asked about."""
    return "\x00" in place if isinstance(place, str) else abs(place) > LARGEST


def _of(says: Says) -> str:
    return f"_of_{says.entity}" if says.entity else ""


def endpoints(blueprint: Blueprint) -> list[Endpoint]:
    return list(getattr(blueprint, "endpoints", ()))
