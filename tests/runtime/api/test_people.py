"""People by REST: roles, invitations, switching off; tokens, sessions and oneself."""

from __future__ import annotations

from offices import Office


def test_roles_are_given_and_taken(office: Office) -> None:
    user = office.hire("newcomer")
    assert office.ask("boss", "PUT", f"/users/{user}/roles/rep").json["roles"] == ["rep"]
    assert "account" in office.get("newcomer", "/me").json["entities"]
    assert office.ask("boss", "DELETE", f"/users/{user}/roles/rep").json["roles"] == []
    assert "account" not in office.get("newcomer", "/me").json["entities"]
    told = office.ask("boss", "PUT", f"/users/{user}/roles/rpe")
    assert (told.status, told.json["detail"]) == (404, "There is no role rpe. Did you mean rep?")


def test_nobody_gives_what_he_lacks(office: Office) -> None:
    user = office.hire("favourite")
    before = office.checksum()
    for role in ("administrator", "designer", "manager"):
        assert office.ask("clerk", "PUT", f"/users/{user}/roles/{role}").status == 403
    assert office.checksum() == before


def test_the_last_administrator_stays(office: Office) -> None:
    boss, clerk = office.get("boss", "/me").json["id"], office.get("clerk", "/me").json["id"]
    assert office.ask("boss", "DELETE", f"/users/{clerk}/roles/clerk").status == 200
    assert office.ask("boss", "DELETE", f"/users/{boss}/roles/administrator").problems == {"": "last_administrator"}
    assert office.ask("boss", "POST", f"/users/{boss}/disable").status == 422
    assert office.ask("boss", "PUT", f"/users/{clerk}/roles/clerk").status == 200


def test_somebody_who_is_switched_off_is_out_at_once(office: Office) -> None:
    user = office.hire("leaver", "rep")
    assert office.get("leaver", "/me").status == 200
    assert office.ask("boss", "POST", f"/users/{user}/disable").json["active"] is False
    assert office.get("leaver", "/me").status == 401
    assert office.ask("boss", "POST", f"/users/{user}/enable").json["active"] is True
    assert office.get("leaver", "/me").status == 401  # the token ended with it


def test_an_invitation_opens_once(office: Office) -> None:
    user = office.hire("guest")
    link = office.ask("boss", "POST", f"/users/{user}/invite").json["link"]
    key = link.rpartition("/")[2]
    assert office.post(None, f"/invitations/{key}", {"password": "short"}).problems == {"password": "weak"}
    assert office.post(None, f"/invitations/{key}", {"password": "quite a long one"}).json == {
        "email": "guest@example.com"
    }
    assert office.post(None, f"/invitations/{key}", {"password": "quite a long one"}).status == 404
    assert office.post(None, "/invitations/nothing", {"password": "quite a long one"}).status == 404


def test_a_token_makes_no_token(office: Office) -> None:
    assert office.post("boss", "/tokens", {"name": "more"}).status == 403
    assert office.ask("boss", "DELETE", "/sessions/0123456789abcdef").status == 403


def test_a_person_makes_and_ends_tokens(office: Office) -> None:
    office.hire("owner")
    key, csrf = office.sign_in("owner")
    sent = {"Cookie": f"sartor_session={key}", "X-CSRF-Token": csrf}
    made = office.ask(None, "POST", "/tokens", {"name": "script", "read_only": True}, headers=sent)
    assert made.status == 201
    office.keys["script"] = made.json["key"]
    assert office.get("script", "/me").json["read_only"] is True
    assert [each["name"] for each in office.get("owner", "/tokens").json["data"]] == ["script", "test"]
    assert office.ask(None, "DELETE", f"/tokens/{made.json['id']}", headers=sent).status == 200
    assert office.get("script", "/me").status == 401


def test_a_session_needs_its_token_and_a_version(office: Office) -> None:
    account = office.make("account", {"name": "A"}, by="rep")
    key, csrf = office.sign_in("rep")
    cookie = {"Cookie": f"sartor_session={key}"}
    path = f"/records/account/{account}"
    assert office.ask(None, "GET", path, headers=cookie).status == 200
    assert office.ask(None, "PATCH", path, {"name": "B"}, headers=cookie).status == 403
    sent = {**cookie, "X-CSRF-Token": csrf}
    assert office.ask(None, "PATCH", path, {"name": "B"}, headers=sent).status == 428
    assert office.ask(None, "PATCH", path, {"name": "B"}, headers={**sent, "If-Match": '"1"'}).status == 200
    foreign = {**sent, "If-Match": '"2"', "Sec-Fetch-Site": "cross-site"}
    assert office.ask(None, "PATCH", path, {"name": "C"}, headers=foreign).status == 403


def test_the_token_of_another_is_none(office: Office) -> None:
    theirs = office.get("other", "/tokens").json["data"][0]["id"]
    key, csrf = office.sign_in("rep")
    sent = {"Cookie": f"sartor_session={key}", "X-CSRF-Token": csrf}
    assert office.ask(None, "DELETE", f"/tokens/{theirs}", headers=sent).status == 404
    assert office.get("other", "/me").status == 200


def test_users_are_records_under_an_address_of_their_own(office: Office) -> None:
    made = office.post("boss", "/users", {"name": "Li Na", "email": "li.na@example.com"})
    assert made.status == 201
    one = f"/users/{made.json['id']}"
    assert office.get("rep", one).json["name"] == "Li Na"
    assert "email" not in office.get("rep", one).json
    assert office.get("boss", one).json["email"] == "li.na@example.com"
    assert office.ask("rep", "PATCH", one, {"name": "x"}).status == 403
    assert office.get("rep", "/departments").status == 200
