"""A small server of the gallery: every page object in both languages, under the product's own security policy."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from gallery import boards, forms, frame, imports, lists, numbers, others, records
from jinja2 import Environment

from sartor.platform.text import use_language
from sartor.platform.ui.assets import BUILT, Assets
from sartor.platform.ui.environment import environment, render

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGES: dict[str, Callable[[], object]] = {
    "home": numbers.home,
    "list": lists.page,
    "list-empty": lists.empty,
    "list-nothing": lists.nothing_matches,
    "list-long": lists.long,
    "record": records.page,
    "record-form": records.form_page,
    "record-lines": records.lines_page,
    "form": forms.every_kind_page,
    "board": boards.board,
    "dashboard": numbers.dashboard,
    "search": others.search,
    "sign-in": forms.sign_in,
    "set-up": forms.set_up,
    "import-file": imports.import_file,
    "import-columns": imports.import_columns,
    "import-values": imports.import_values,
    "import-trial": imports.import_trial,
    "job": imports.job,
    "jobs": imports.jobs,
    "recycle": others.recycle,
    "not-found": others.not_found,
    "broken": others.broken,
    "conflict": others.conflict,
    "profile": others.profile,
}
FRAGMENTS: dict[str, Callable[[], object]] = {
    "rows": lambda: lists.rows(100, more=False),
    "editor": lists.editor,
    "peek": lists.peek,
    "dialog": forms.dialog,
    "hits": others.hits,
    "no-hits": others.no_hits,
    "feed": lambda: replace(records.feed(), next_url=None),
    "progress": lambda: replace(imports.progress(), running=False),
    "cards/s1": lambda: replace(boards.lanes()[0].cards, next_url=None),
}


class Gallery:
    """The WSGI application. requests: what pages asked for, for tests to look at; refuse: moves are refused."""

    def __init__(self) -> None:
        self.env: Environment = environment(Assets())
        self.requests: list[tuple[str, str, str]] = []
        self.refuse = False

    def __call__(self, environ: dict, start: Callable) -> list[bytes]:
        path = environ["PATH_INFO"].strip("/")
        query = {key: values[-1] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        if not path.startswith("static/"):  # the browser asks for its icon whenever it likes
            self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], body))
        cookies = dict(part.strip().partition("=")[::2] for part in environ.get("HTTP_COOKIE", "").split(";"))
        use_language(query.get("lang") or cookies.get("lang", "en"))
        frame.LOOK["theme"] = query.get("theme") or cookies.get("theme", "light")
        status, kind, content = self.answer(path, body, environ)
        start(status, [("Content-Type", kind), ("Content-Security-Policy", POLICY)])
        return [content]

    def answer(self, path: str, body: str, environ: dict) -> tuple[str, str, bytes]:
        if path.startswith("static/"):
            file = BUILT / path.removeprefix("static/")
            return "200 OK", mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes()
        if path in PAGES or path in FRAGMENTS:
            page = (PAGES.get(path) or FRAGMENTS[path])()
            return "200 OK", "text/html; charset=utf-8", render(self.env, page).encode()
        found = self.data(path, body, environ)
        if found is None:
            return "404 Not Found", "text/plain", path.encode()
        status, data = found
        return status, "application/json" if status[0] == "2" else "application/problem+json", json.dumps(data).encode()

    def data(self, path: str, body: str, environ: dict) -> tuple[str, dict] | None:
        if path == "card/late":
            return "503 Service Unavailable", {"detail": "Too busy."}
        if path == "options":
            return "200 OK", {
                "options": [{"value": "o1", "text": "Hailan <b>", "hint": "A1"}, {"value": "o2", "text": "Tang"}]
            }
        if path == "places":
            return "200 OK", {"options": [{"value": "青岛", "text": "青岛"}, {"value": "济南", "text": "济南"}]}
        if path == "preview":
            return "200 OK", preview(body)
        if path.startswith("move/"):
            return self.move(path.removeprefix("move/"), body, environ)
        return ("200 OK", {}) if path in ("preferences", "done") else None

    def move(self, id: str, body: str, environ: dict) -> tuple[str, dict]:
        if self.refuse or environ.get("HTTP_IF_MATCH") != '"3"':
            return "422 Unprocessable Content", {"detail": "The quote is not approved yet."}
        deal = frame.deals()[int(id[1:])]
        html = render(self.env, boards.card(int(id[1:]), deal))
        lane = parse_qs(body)["to"][0]
        return "200 OK", {"card": html, "lanes": {lane: {"count": "99", "total": "¥1"}}, "totals": [["Total", "¥2"]]}


def preview(body: str) -> dict:
    """A rule for the form of every kind: a hot deal needs a note, and the total follows the quantity."""
    sent = parse_qs(body)
    hot = sent.get("hot", ["false"])[-1] == "true"
    return {
        "fields": {
            "gone": {"visible": hot},
            "note": {"required": hot, "error": "Needed because it is hot." if hot else None},
            "number": {"text": sent.get("title", [""])[0].upper()},
            "items[0].total": {"text": sent.get("items[0].count", ["0"])[0]},
        },
        "lines": {"items": {"foot": {"total": "sum"}}},
    }


class Quiet(WSGIRequestHandler):
    """Answers without a line in the log."""

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def served(port: int = 0) -> Iterator[tuple[str, Gallery]]:
    """The gallery on a free port, until the block ends."""
    app = Gallery()
    server: WSGIServer = make_server("127.0.0.1", port, app, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", app
    finally:
        server.shutdown()
        server.server_close()
