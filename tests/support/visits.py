"""A person at a browser without a script: follows links, fills in the forms of the page, sends them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from offices import Office
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse

BLANK = {"input": "", "textarea": "", "select": ""}


@dataclass
class FoundForm:
    """A form as it stands in the page: its address and what a browser would send if nobody touched it."""

    action: str
    method: str
    label: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, **values: Any) -> MultiDict[str, str]:
        """The pairs to send. Names with dots or brackets are given as `amount__amount` or by a mapping in `more`."""
        more = values.pop("more", {})
        given = {name.replace("__", "."): value for name, value in values.items()} | more
        pairs = [(name, value) for name, value in self.fields if name not in given]
        for name, value in given.items():
            pairs += [(name, each) for each in value] if isinstance(value, list) else [(name, value)]
        return MultiDict(pairs)

    def value(self, name: str) -> str | None:
        return next((value for each, value in self.fields if each == name), None)


class _Forms(HTMLParser):
    """Collects the forms of a page; templates are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self._form: FoundForm | None = None
        self._select: str | None = None
        self._chosen: str | None = None
        self._first: str | None = None
        self._textarea: str | None = None
        self._text = ""
        self._template = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._template += 1
        if self._template:
            return
        if tag == "form":
            self._form = FoundForm(found.get("action", ""), found.get("method", "get"), found.get("aria-label", ""))
            self.forms.append(self._form)
        elif self._form is not None and "disabled" not in found:
            self._control(tag, found)

    def _control(self, tag: str, found: dict[str, str]) -> None:
        assert self._form is not None
        name = found.get("name", "")
        if tag == "input" and name and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self._form.fields.append((name, found.get("value", "")))
        elif tag == "select":
            self._select, self._chosen, self._first, self._many = name, None, None, "multiple" in found
        elif tag == "option" and self._select is not None:
            value = found.get("value", "")
            self._first = value if self._first is None else self._first
            if "selected" in found and self._many:
                self._form.fields.append((self._select, value))
            elif "selected" in found:
                self._chosen = value
        elif tag == "textarea":
            self._textarea, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._template -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select" and self._select is not None and self._form is not None:
            if not self._many:
                self._form.fields.append((self._select, self._chosen or self._first or ""))
            self._select = None
        elif tag == "textarea" and self._textarea is not None and self._form is not None:
            self._form.fields.append((self._textarea, self._text))
            self._textarea = None


@dataclass
class Seen:
    """A page as it came."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def markup(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def text(self) -> str:
        """What can be read, spaces joined."""
        bare = re.sub(r"<(script|style|template)\b.*?</\1>|<[^>]+>", " ", self.markup, flags=re.DOTALL)
        return " ".join(html.unescape(bare).split())

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    def form(self, ending: str = "") -> FoundForm:
        """The form whose address ends so."""
        parser = _Forms()
        parser.feed(self.markup)
        return next(each for each in parser.forms if each.action.partition("?")[0].endswith(ending) and each.fields)

    def links(self, part: str = "") -> list[str]:
        found = [html.unescape(each) for each in re.findall(r'href="([^"]+)"', self.markup)]
        return [each for each in found if part in each]


class Visitor:
    """One person's browser."""

    def __init__(self, office: Office, who: str | None = None, language: str = "en") -> None:
        self.client: Client = office.app.test_client()
        self.client.set_cookie("language", language)
        self.csrf = ""
        if who is not None:
            key, self.csrf = office.sign_in(who)
            self.client.set_cookie("sartor_session", key)

    def get(self, url: str, **headers: str) -> Seen:
        return Seen(self.client.get(url, headers=headers))

    def fragment(self, url: str) -> Seen:
        """What a script of ours would get."""
        return self.get(url, **{"HX-Request": "true"})

    def post(self, url: str, data: Any = None, **headers: str) -> Seen:
        """Sent with this session's token, as every form of a page is."""
        pairs = MultiDict(data or {})
        pairs.setdefault("_csrf", self.csrf)
        return Seen(self.client.post(url, data=pairs, headers=headers))

    def send(self, form: FoundForm, **values: Any) -> Seen:
        """Send a form of the page."""
        return Seen(self.client.post(form.action, data=form.filled(**values)))

    def follow(self, seen: Seen) -> Seen:
        return self.get(seen.location)
