"""The shorter way of a request through Flask, and when Flask's own way is taken."""

from __future__ import annotations

import pytest
from flask import Blueprint, g, request, request_started
from flask.testing import FlaskClient

from sartor.runtime.answers import answer
from sartor.runtime.turn import Application


@pytest.fixture
def app() -> Application:
    app, plain, hooked = Application(__name__), Blueprint("plain", __name__), Blueprint("hooked", __name__)
    for blueprint in (plain, hooked):
        blueprint.add_url_rule(f"/{blueprint.name}/<name>", "view", lambda name: answer({"name": name, "g": g.said}))
    app.before_request(lambda: setattr(g, "said", request.args.get("said")))
    hooked.after_request(lambda response: (response.headers.add("X-Hook", "yes"), response)[1])
    app.register_blueprint(plain)
    app.register_blueprint(hooked)
    app.register_error_handler(ZeroDivisionError, lambda error: answer({"error": "zero"}, 500))
    return app


@pytest.fixture
def client(app: Application) -> FlaskClient:
    return app.test_client()


def test_a_plain_route_answers_with_what_was_noted_before(app, client):
    found = client.get("/plain/客户?said=hello")
    assert found.json == {"name": "客户", "g": "hello"}
    assert "plain.view" in app.plain


def test_hooks_of_a_blueprint_are_called(app, client):
    assert client.get("/hooked/x").headers["X-Hook"] == "yes"
    assert "hooked.view" not in app.plain


def test_what_a_function_before_the_request_says_is_the_answer(app, client):
    app.before_request(lambda: answer({"stopped": True}, 403))
    assert client.get("/plain/x").status_code == 403


def test_an_error_goes_to_its_handler(app, client):
    app.before_request(lambda: 1 // 0)
    assert client.get("/plain/x").json == {"error": "zero"}


def test_whoever_listens_hears_of_each_request(app, client):
    heard = []
    with request_started.connected_to(lambda sender: heard.append(request.path), app):
        client.get("/plain/x")
    assert heard == ["/plain/x"]


def test_arguments_of_one_request_are_not_those_of_the_next(app, client):
    app.before_request(lambda: request.view_args.update(name="changed"))
    assert [client.get("/plain/x").json["name"] for _time in range(2)] == ["changed", "changed"]
    assert app.route_of("/plain/x", "GET")[1] == {"name": "x"}


def test_an_address_without_a_route_is_not_found_and_a_wrong_method_not_allowed(client):
    assert client.get("/nowhere").status_code == 404
    assert client.post("/plain/x").status_code == 405
    assert client.head("/plain/x").data == b""
