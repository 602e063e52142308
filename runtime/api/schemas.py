"""What this workspace is: the JSON Schema of each kind of definition, and the description of the API itself."""

from __future__ import annotations

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.definitions.wording import in_words
from sartor.platform.text import gettext as _
from sartor.runtime.answers import answer
from sartor.runtime.api import api
from sartor.runtime.api.described import Description
from sartor.runtime.api.endpoint import Says, endpoint, endpoints
from sartor.runtime.api.shapes import TEXT, listed
from sartor.runtime.gate import context, origin, serving, workspace


@endpoint(api, "GET", "/schema", signed_in, Says(answer=listed(TEXT)))
def list_kinds() -> Response:
    """The kinds of definition, in the order in which they build on one another."""
    return answer({"data": list(KINDS)})


@endpoint(api, "GET", "/schema/<kind>", signed_in, Says(answer={"type": "object"}))
def get_schema(kind: str) -> Response:
    """The JSON Schema by which definitions of a kind are checked; its titles and hints in the reader's language."""
    return answer(in_words(workspace().kinds.schema(kind), _))


@endpoint(api, "GET", "/openapi.json", signed_in, Says(answer={"type": "object"}))
def get_openapi() -> Response:
    """This description."""
    server = origin() + (api.url_prefix or "")
    return answer(Description(context(), serving().model, endpoints(api), server).document())
