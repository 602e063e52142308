"""What a plugin has in its folder `static/` is served as our own files are: for ever, and to everybody alike."""

from __future__ import annotations

import gzip

import pytest
from crm import documents
from offices import open_office

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.errors import UnknownKey

FILES = {"static/shout.js": "import './lib/loud.js'", "static/lib/loud.js": "1", "static/page.html": "<b>", "it.py": ""}
HEADERS = ("Cache-Control", "Content-Type", "Content-Security-Policy", "X-Content-Type-Options")


@pytest.fixture
def app(install, tmp_path):
    install("shout", FILES)
    url = f"sqlite:///{tmp_path / 'sartor.db'}"
    with open_office(url, tmp_path, documents(), extensions=Extensions.installed().seal()) as office:
        yield office.app


def test_its_scripts_have_the_headers_of_ours_and_find_one_another(app):
    client, assets = app.test_client(), app.extensions["assets"]
    address = assets.url("shout/shout.js")
    ours, theirs = client.get(assets.url("app.js")), client.get(address)
    assert [theirs.headers.get(each) for each in HEADERS] == [ours.headers.get(each) for each in HEADERS]
    assert theirs.text == FILES["static/shout.js"]
    assert client.get(address.replace("shout.js", "lib/loud.js")).text == "1"
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == theirs.data


def test_a_name_that_is_none_of_its_files_is_refused(app):
    with pytest.raises(UnknownKey, match=r"no file static/shut.js.*shout.js"):
        app.extensions["assets"].url("shout/shut.js")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("shout/", "loud/"), ("shout.js", "page.html"), ("shout.js", "../it.py"), ("shout.js", "%2e%2e/it.py")],
)
def test_nothing_else_of_it_is_served(app, ours, theirs):
    address = app.extensions["assets"].url("shout/shout.js")
    before, _found, after = address.rpartition(ours) if ours == "shout.js" else address.partition(ours)
    assert app.test_client().get(before + theirs + after).status_code == 404


def test_another_state_of_the_files_has_another_address(app):
    address = app.extensions["assets"].url("shout/shout.js")
    old = address.replace(address.split("/")[3], "00000000")
    assert app.test_client().get(old).status_code == 404
