"""An address where something else listens is refused before anything starts."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from sartor.platform.errors import BadSetting
from sartor.platform.settings import Settings
from sartor.runtime.cli.listening import require_free


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def at(host: str, port: int) -> Settings:
    return replace(Settings.from_environment({}), host=host, port=port)


def test_a_port_where_something_listens_is_refused_by_name(taken):
    with pytest.raises(BadSetting, match=rf"127\.0\.0\.1:{taken}: Address already in use.*SARTOR_PORT"):
        require_free(at("127.0.0.1", taken))


def test_a_host_that_is_not_this_machine_is_refused():
    with pytest.raises(BadSetting, match="SARTOR_HOST"):
        require_free(at("192.0.2.1", 8000))


def test_a_free_port_is_left_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    require_free(at("127.0.0.1", port))
    require_free(at("127.0.0.1", port))
