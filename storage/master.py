"""The master key: 32 bytes that wrap every person's key and never lie in the database."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from pathlib import Path

from storage.errors import BadKey, KeyFileMissing
from storage.files import write_private

BYTES = 32
RULE = "must hold 32 bytes as 64 hex digits or as base64; `openssl rand -hex 32` makes one"


def parse_key(secret: str, named: str = "CAIRN_SECRET_KEY") -> bytes:
    """Read a master key from hex or base64.

    Raises:
        BadKey: it is neither, or not 32 bytes (the message never repeats it).
    """
    text = secret.strip()
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text)
    try:
        raw = base64.b64decode(
            text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True
        )
    except (binascii.Error, ValueError) as error:
        raise BadKey(f"{named} {RULE}") from error
    if len(raw) != BYTES:
        raise BadKey(f"{named} {RULE}")
    return raw


def name_of(master: bytes) -> str:
    """Return a short name of a master key, from which nothing about it can be learnt."""
    return hashlib.sha256(b"cairn master key" + master).hexdigest()[:16]


def read_key_file(path: Path, *, data_exist: bool) -> bytes:
    """Read the key file of a SQLite database; make it, for the owner only, when there are no data yet.

    Raises:
        KeyFileMissing: data exist that only the lost key could open.
    """
    if path.exists():
        return parse_key(path.read_text("ascii", "replace"), named=str(path))
    if data_exist:
        raise KeyFileMissing(
            f"{path} is missing: it holds the master key of the database beside it. "
            "Put it back, or set CAIRN_SECRET_KEY; without it nothing in the database can be read."
        )
    master = os.urandom(BYTES)
    write_private(path, master.hex().encode() + b"\n")
    return master
