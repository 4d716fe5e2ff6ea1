"""Files on their way to the server: streamed, and sent from the start again on a retry."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from .omit import Omit

FileContent = bytes | IO[bytes] | os.PathLike[str]


@dataclass(frozen=True)
class Upload:
    """A file to send: its bytes, something to read them from, or its path.

    A path is the best: it is opened for each attempt. Something that cannot be rewound,
    such as a pipe, is sent once and never again.
    """

    content: FileContent = field(repr=False)
    name: str | None = None
    content_type: str | None = None

    @property
    def replayable(self) -> bool:
        return isinstance(self.content, bytes | os.PathLike) or self.content.seekable()

    @property
    def file_name(self) -> str:
        if self.name is not None:
            return self.name
        if isinstance(self.content, os.PathLike):
            return Path(self.content).name
        given = getattr(self.content, "name", None)
        return Path(given).name if isinstance(given, str) else "upload"

    @property
    def media_type(self) -> str:
        guessed = mimetypes.guess_type(self.file_name)[0]
        return self.content_type or guessed or "application/octet-stream"


class _Unsized:
    """A reader whose length is unknown: a pipe says 0 when it is asked."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source

    def read(self, size: int = -1) -> bytes:
        return self._source.read(size)


Part = tuple[str | None, str | bytes | IO[bytes], str | None]
"""File name, content and media type."""


FileInput = FileContent | Upload
"""What can be given as a file."""


def present(files: Mapping[str, FileInput | Omit] | None) -> dict[str, Upload]:
    return {
        name: file if isinstance(file, Upload) else Upload(file)
        for name, file in (files or {}).items()
        if not isinstance(file, Omit)
    }


@contextmanager
def opened(files: Mapping[str, Upload]) -> Generator[list[tuple[str, Part]]]:
    """The parts of a form for one attempt; what was opened for it is closed after it."""
    with ExitStack() as stack:
        parts: list[tuple[str, Part]] = []
        for name, file in files.items():
            content: bytes | IO[bytes]
            if isinstance(file.content, os.PathLike):
                content = stack.enter_context(open(file.content, "rb"))
            elif isinstance(file.content, bytes) or file.content.seekable():
                content = file.content
            else:
                content = cast(IO[bytes], _Unsized(file.content))
            parts.append((name, (file.file_name, content, file.media_type)))
        yield parts
