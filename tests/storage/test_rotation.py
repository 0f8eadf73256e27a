"""The master key can be changed; a kill half-way leaves one key that opens everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import people, rotation
from storage.connection import Database
from storage.database import open_database
from storage.errors import StorageError, WrongKey
from storage.keys import KeyRing
from tests.storage.cast import BOT, NOW, SECRET, make_people

NEWER = "c3" * 32
Open = Callable[..., Database]


def fill(database: Database) -> None:
    """Add Alice and Bob."""
    with database.transaction() as tx:
        make_people(tx)


def alice(database: Database) -> str | None:
    """Return Alice's name as the keys open it."""
    with database.transaction() as tx:
        found = people.find_person(tx, BOT, 1)
    return found and found.first_name


def test_everything_opens_with_the_newer_key_only(url: str, opened: Open) -> None:
    """Two persons and the system; a second time there is nothing left to do."""
    database = opened(url)
    fill(database)
    done = [rotation.rotate(database, NEWER), rotation.rotate(database, NEWER)]
    still = alice(database)
    database.close()

    assert done == [3, 0]
    assert still == "Alice"
    with pytest.raises(WrongKey):
        opened(url, SECRET)
    assert alice(opened(url, NEWER)) == "Alice"


def test_a_rotation_that_fails_leaves_the_former_key(
    url: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All keys in one transaction: none is under the newer one."""
    database = opened(url)
    fill(database)
    real = KeyRing.rewrap

    def fails(ring: KeyRing, newer: bytes) -> int:
        real(ring, newer)
        raise ZeroDivisionError

    monkeypatch.setattr(KeyRing, "rewrap", fails)
    with pytest.raises(ZeroDivisionError):
        rotation.rotate(database, NEWER)
    database.close()

    assert alice(opened(url, SECRET)) == "Alice"


KILLED = """
import os, signal, sys
from storage import rotation
from storage.database import open_database
database = open_database(sys.argv[1], None, 0)
target, name = (rotation, sys.argv[2])
real = getattr(target, name)
def killed(*given):
    if sys.argv[3] == "after":
        real(*given)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(target, name, killed)
rotation.rotate_key_file(database)
"""


@pytest.mark.parametrize(
    ("name", "when"),
    [("write_private", "before"), ("write_private", "after"), ("_rewrap", "before"), ("_rewrap", "after")],
)
def test_a_rotation_of_the_key_file_survives_a_kill(
    name: str, when: str, sqlite_url: str, opened: Open, tmp_path: Path
) -> None:
    """Wherever it is killed, the next opening finds the key file that fits."""
    database = opened(sqlite_url, None)
    fill(database)
    database.close()
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, sqlite_url, name, when],
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert ended.returncode == -signal.SIGKILL
    assert alice(opened(sqlite_url, None)) == "Alice"
    assert not (tmp_path / "data" / "cairn.db.key.next").exists()


def test_a_key_file_is_replaced(sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """The file holds another key afterwards, and opens everything."""
    database = opened(sqlite_url, None)
    fill(database)
    file = tmp_path / "data" / "cairn.db.key"
    before = file.read_text()
    rotation.rotate_key_file(database)
    database.close()

    assert file.read_text() != before
    assert alice(opened(sqlite_url, None)) == "Alice"


def test_a_setting_is_not_rotated_as_a_file(sqlite_url: str, opened: Open) -> None:
    """With CAIRN_SECRET_KEY there is no file to replace."""
    with pytest.raises(StorageError, match="no key file"):
        rotation.rotate_key_file(opened(sqlite_url))


def test_the_same_key_is_read_from_hex_and_base64(sqlite_url: str, opened: Open) -> None:
    """Both ways to write it, and the URL-safe one."""
    import base64

    opened(sqlite_url).close()
    raw = bytes.fromhex(SECRET)
    for secret in (base64.b64encode(raw), base64.urlsafe_b64encode(raw).rstrip(b"=")):
        open_database(sqlite_url, secret.decode(), NOW).close()
