"""AES-256-GCM, bound to the place a value lies in: a ciphertext moved elsewhere does not open."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Tampered

FORMAT = b"\x01"
NONCE = 12


class Cipher:
    """One key in use. A sealed value is: format byte, random nonce, ciphertext with its tag."""

    __slots__ = ("_gcm",)

    def __init__(self, secret: bytes) -> None:
        self._gcm = AESGCM(secret)

    def seal(self, plain: bytes, bound_to: str) -> bytes:
        """Seal bytes so that they open only where they belong."""
        nonce = os.urandom(NONCE)
        return FORMAT + nonce + self._gcm.encrypt(nonce, plain, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open what was sealed for this place.

        Raises:
            Tampered: another key, another place, or changed bytes.
        """
        if sealed[:1] != FORMAT:
            raise Tampered(f"a sealed value of {_named(bound_to)} has an unknown format")
        try:
            return self._gcm.decrypt(sealed[1 : NONCE + 1], sealed[NONCE + 1 :], bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise Tampered(f"a sealed value of {_named(bound_to)} does not belong there") from error


def place(table: str, column: str, row: str, person: str) -> str:
    """Name the place a value lies in."""
    return f"{table}|{column}|{row}|{person}"


def _named(bound_to: str) -> str:
    return ".".join(bound_to.split("|")[:2])
