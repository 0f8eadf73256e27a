"""A throw-away PostgreSQL server for tests: a fresh cluster in a temporary folder, gone afterwards.

Import the fixture ``postgres`` in a conftest; its ``new_database()`` returns the address of an empty
database. Tests are skipped only where PostgreSQL is not installed.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

SPEED = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "30",
    "shared_buffers": "32MB",
}


class Postgres:
    """A running server; ``folder`` holds its socket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    def new_database(self, like: str = "template1") -> str:
        """Create a database, empty or like another that nobody uses, and return its address."""
        name = f"cairn_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {like}")
        return f"postgresql+psycopg://cairn@/{name}?host={self.folder}"

    def run(self, sql: str) -> None:
        """Run one statement as the owner of the server."""
        with psycopg.connect(dbname="postgres", user="cairn", host=str(self.folder), autocommit=True) as link:
            link.execute(sql)  # type: ignore[call-overload]  # the tests' own text


def binary(name: str) -> Path | None:
    """Find a program of PostgreSQL, on the path or where Debian puts it."""
    found = shutil.which(name)
    if found:
        return Path(found)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return places[-1] if places else None


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Make a cluster, start it, stop it and delete it."""
    initdb, server = binary("initdb"), binary("postgres")
    if initdb is None or server is None:
        pytest.skip("PostgreSQL is not installed (initdb and postgres are neither on PATH nor in /usr/lib)")
    with tempfile.TemporaryDirectory(prefix="cairn-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        identity = _identity(folder)
        settings = ["--auth=trust", "--username=cairn", "--no-sync", "--encoding=UTF8", "--locale=C"]
        subprocess.run(
            [initdb, *settings, folder / "data"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **identity,
        )
        options = [part for key, value in SPEED.items() for part in ("-c", f"{key}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [server, "-D", folder / "data", "-k", folder, *options],
                stdout=log,
                stderr=log,
                cwd=folder,
                **identity,
            )
        try:
            _wait(process, folder)
            yield Postgres(folder)
        finally:
            process.send_signal(signal.SIGINT)  # "fast": do not wait for clients
            process.wait(30)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for all tests of this run."""
    with running_postgres() as server:
        yield server


def _identity(folder: Path) -> dict[str, Any]:
    """Return who is to run the server: PostgreSQL refuses root, so another user gets the folder then."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(dbname="postgres", user="cairn", host=str(folder), connect_timeout=2).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return
