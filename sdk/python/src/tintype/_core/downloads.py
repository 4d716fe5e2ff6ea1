"""Files on their way from the server: streamed, never whole in memory unless asked for."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import anyio
import httpx2

from .call import Call
from .exchange import connection_error
from .models import ResponseInfo
from .transport import AsyncTransport, Transport

DownloadCall = Call[ResponseInfo]


class _Body:
    def __init__(self, response: httpx2.Response, info: ResponseInfo) -> None:
        self._response = response
        self.last_response: ResponseInfo = info

    @property
    def content_type(self) -> str | None:
        return self.last_response.headers.get("content-type")

    @property
    def size(self) -> int | None:
        """In bytes, if the server says."""
        length = self.last_response.headers.get("content-length", "")
        return int(length) if length.isdigit() else None


class Download(_Body):
    """A file's content. Read it in one of these ways, once; leave its `with` to hang up."""

    @classmethod
    def open(cls, transport: Transport, call: DownloadCall) -> Download:
        return Download(*transport.open(call))

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it to `path`, which appears when it is complete, or not at all."""
        with _complete_or_nothing(Path(path)) as file:
            self.write_to(file)
        return Path(path)

    def write_to(self, file: IO[bytes]) -> None:
        """Write it to an open file."""
        for chunk in self.iter_bytes():
            file.write(chunk)

    def read(self) -> bytes:
        """All of it, in memory."""
        return b"".join(self.iter_bytes())

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Piece by piece."""
        try:
            yield from self._response.iter_bytes(chunk_size)
        except httpx2.RequestError as error:
            raise connection_error(error) from error
        finally:
            self._response.close()

    def close(self) -> None:
        self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncDownload(_Body):
    """A file's content. Read it in one of these ways, once; leave its `with` to hang up."""

    @classmethod
    async def open(cls, transport: AsyncTransport, call: DownloadCall) -> AsyncDownload:
        return AsyncDownload(*await transport.open(call))

    async def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it to `path`, which appears when it is complete, or not at all."""
        with _complete_or_nothing(Path(path)) as file:
            async for chunk in self.iter_bytes():
                await anyio.to_thread.run_sync(file.write, chunk)
        return Path(path)

    async def read(self) -> bytes:
        """All of it, in memory."""
        return b"".join([chunk async for chunk in self.iter_bytes()])

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Piece by piece."""
        try:
            async for chunk in self._response.aiter_bytes(chunk_size):
                yield chunk
        except httpx2.RequestError as error:
            raise connection_error(error) from error
        finally:
            await self._response.aclose()

    async def close(self) -> None:
        await self._response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


@contextmanager
def _complete_or_nothing(path: Path) -> Generator[IO[bytes]]:
    """A file beside `path` that takes its name at the end."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb") as file:
            yield file
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
