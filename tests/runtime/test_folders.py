"""The broker of folders: a message is seen when it is whole, by one reader only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from sartor.runtime.folders import Channel

MESSAGES = 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "queue"


@pytest.fixture
def channel(folder: Path) -> Iterator[Channel]:
    with opened(folder) as connection:
        yield connection.default_channel


def opened(folder: Path) -> Connection:
    transport = "sartor.runtime.folders:Transport"
    return Connection("localhost", transport=transport, transport_options={"folder": str(folder)})


def test_messages_come_in_their_order_and_once(channel: Channel) -> None:
    for number in range(3):
        channel._put("sartor", {"number": number})
    assert channel._size("sartor") == 3
    assert [channel._get("sartor")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("sartor")


def test_another_queues_messages_stay(channel: Channel) -> None:
    channel._put("other", {"number": 1})
    with pytest.raises(Empty):
        channel._get("sartor")
    assert channel._purge("other") == 1


def test_what_is_being_written_is_not_seen_yet(channel: Channel) -> None:
    (channel.folder / "1_a.sartor.part").write_text('{"half', encoding="utf-8")
    with pytest.raises(Empty):
        channel._get("sartor")


def test_a_torn_message_is_passed_over(channel: Channel) -> None:
    (channel.folder / f"{0:020d}_a.sartor.msg").write_text("", encoding="utf-8")
    channel._put("sartor", {"number": 1})
    assert channel._get("sartor") == {"number": 1}


def test_two_readers_beside_a_writer_get_each_message_once(folder: Path) -> None:
    got: list[int] = []

    def read() -> None:
        with opened(folder) as connection:
            while len(got) < MESSAGES:
                try:
                    got.append(connection.default_channel._get("sartor")["number"])
                except Empty:
                    threading.Event().wait(0.001)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with opened(folder) as connection:
        for number in range(MESSAGES):
            connection.default_channel._put("sartor", {"number": number, "text": "x" * 5000})
    for reader in readers:
        reader.join(30)
    assert sorted(got) == list(range(MESSAGES))
