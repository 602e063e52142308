"""Reading the query of a request strictly: only declared parameters, each once, each of its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sartor.platform.errors import BadRequest, Invalid, Problem
from sartor.platform.text import between, did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.current import the_g, the_request


def parsed(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Values by name; what was not sent has its default, None without one.

    :raises Invalid: for a parameter that means nothing here, that stands twice, or whose value has another type.
    """
    asking = the_request()
    given = asking.args.to_dict(flat=False) if asking.environ.get("QUERY_STRING") else {}
    if not given and not parameters:
        return {}
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for each in parameters:
        name = each.name
        sent = given.pop(name, None)
        if sent is None and not each.required:
            values[name] = each.schema.get("default")
            continue
        sent = sent or []
        if len(sent) > 1:
            problems.append(Problem(name, "repeated", _("%(name)s stands there twice.", name=name)))
        left_out = not sent or (sent[0] == "" and each.is_free)
        try:
            values[name] = each.schema.get("default") if left_out else _value(each, sent[0])
        except ValueError as error:
            problems.append(Problem(name, name if name in ("limit", "count") else "invalid", str(error)))
        if each.required and left_out:
            problems.append(Problem(name, "required", _("%(name)s is needed.", name=name)))
    problems = [*_unknown(given, [each.name for each in parameters]), *problems] if given else problems
    if problems:
        raise Invalid(problems[0].message, problems)
    return values


def asked() -> Mapping[str, Any]:
    """The parameters of this request."""
    found: Mapping[str, Any] = the_g().asked
    return found


def _unknown(names: Iterable[str], known: Sequence[str]) -> Iterable[Problem]:
    for name in names:
        guess = near(name, known)
        said = _("There is no parameter %(name)s here.", name=name[:80])
        if guess:
            said += did_you_mean(guess)
        elif known:
            said += between() + _("Known: %(known)s.", known=", ".join(known))
        yield Problem(name[:80], "unknown", said, guess)


def _value(parameter: Parameter, text: str) -> Any:
    schema = parameter.schema
    if "\x00" in text:
        raise BadRequest(_("%(name)s holds a character that cannot be stored (U+0000).", name=parameter.name))
    if schema.get("type") == "integer":
        return _integer(parameter.name, text, schema)
    if "enum" in schema and text not in schema["enum"]:
        said = _("%(name)s is one of %(known)s.", name=parameter.name, known=", ".join(schema["enum"]))
        raise ValueError(said)
    if len(text) > schema.get("maxLength", 8000):
        raise ValueError(
            _("%(name)s is longer than %(most)s characters.", name=parameter.name, most=schema["maxLength"])
        )
    return text


def _integer(name: str, text: str, schema: Mapping[str, Any]) -> int:
    least, most = schema["minimum"], schema["maximum"]
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and least <= int(text) <= most):
        raise ValueError(_("%(name)s is a number from %(least)s to %(most)s.", name=name, least=least, most=most))
    return int(text)
