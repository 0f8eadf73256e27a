"""The files of the chats: kept by id, and pictures measured as far as the rules for photos need it."""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import asdict, dataclass
from typing import Final

from bot.phone.checks import Upload
from bot.phone.errors import ApiError, Json, RefusedError
from bot.phone.store import Store

_PHOTO_BYTES: Final = 10_000_000
_FILE_BYTES: Final = 50_000_000
_SIDES: Final = 10_000
_RATIO: Final = 20
_PNG_START: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_PNG_END: Final = b"\0\0\0\0IEND\xaeB`\x82"
_JPEG_SIZES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class File:
    """A file, its content in base64 as it is stored."""

    id: str
    name: str
    mime: str
    body: str

    @property
    def content(self) -> bytes:
        return base64.b64decode(self.body)

    @property
    def path(self) -> str:
        """Where it is found under /file/bot<token>/."""
        return f"documents/{self.id}/{self.name}"

    def described(self) -> Json:
        """Return the fields that all of Telegram's file objects share."""
        return {"file_id": self.id, "file_unique_id": self.id[-15:], "file_size": len(self.content)}


class Files:
    """All files by id."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._files = {key: File(**kept) for key, kept in store.load("file").items()}

    def add(self, upload: Upload) -> File:
        """Keep a file and give it an id."""
        digest = hashlib.sha256(upload.content + str(len(self._files)).encode()).hexdigest()[:40]
        body = base64.b64encode(upload.content).decode()
        file = File(f"file{digest}", upload.name, upload.mime, body)
        self._files[file.id] = file
        self._store.put("file", file.id, asdict(file))
        return file

    def get(self, file_id: str) -> File | None:
        """Return the file of this id."""
        return self._files.get(file_id)

    def wanted(self, value: Upload | str) -> File:
        """Return the file that a request sends anew or by id. Raises ApiError for an unknown id."""
        if isinstance(value, Upload):
            if len(value.content) > _FILE_BYTES:
                raise ApiError(413)
            if not value.content:
                raise RefusedError("file must be non-empty")
            return self.add(value)
        file = self._files.get(value)
        if file is None:
            raise ApiError(400, "wrong file identifier/HTTP URL specified")
        return file


def photo_size(file: File) -> tuple[int, int]:
    """Return width and height of a picture. Raises RefusedError if Telegram would not take it as a photo."""
    content = file.content
    if len(content) > _PHOTO_BYTES:
        raise RefusedError("file is too big")
    width, height = _png(content) or _jpeg(content) or (0, 0)
    if not width or not height:
        raise RefusedError("IMAGE_PROCESS_FAILED")
    if width + height > _SIDES or max(width, height) > _RATIO * min(width, height):
        raise RefusedError("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(content: bytes) -> tuple[int, int] | None:
    """Read the size from the header of a PNG that is whole, to its last chunk."""
    if not content.startswith(_PNG_START) or not content.endswith(_PNG_END) or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Walk the segments of a JPEG to the one that says the size."""
    at = 2
    while content.startswith(b"\xff\xd8") and at + 9 < len(content) and content[at] == 0xFF:
        if content[at + 1] in _JPEG_SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
