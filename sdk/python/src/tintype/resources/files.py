# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""`client.files`"""

from __future__ import annotations

from .._core.call import Call, Options
from .._core.downloads import AsyncDownload, Download
from .._core.models import ResponseInfo
from .._core.omit import OMIT, Omit
from .._core.transport import AsyncTransport, Transport
from .._core.wire import segment
from ..types.objects import FileObject


class FilesResource:
    """What generations made. Links are ours and short-lived, and die when the file is erased."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str, *, options: Options | None = None) -> FileObject:
        """Get a file.

        What is known of the file, with a fresh link to its content.

        Scope: `files:read`.

        Args:
            id: The file's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/files/{segment(id)}", FileObject, options=options)
        return self._transport.send(call)

    def content(
        self,
        id: str,
        *,
        token: str | Omit = OMIT,
        range: str | Omit = OMIT,
        options: Options | None = None,
    ) -> Download:
        """Download a file.

        The file's bytes. Either your key or the `token` of a link opens it; the link in a
        generation's `outputs` has one. `Range` requests are answered with the part that was
        asked for. A file that our storage lost fails with 500 `file_lost`: it is still yours,
        and there is nothing that you did wrong.

        Args:
            id: The file's id.
            token: From a link; instead of a key.
            range: As in `bytes=0-1023`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/files/{segment(id)}/content",
            ResponseInfo,
            query={"token": token},
            headers={"Range": range},
            accept="*/*",
            auth="optional",
            options=options,
        )
        return Download.open(self._transport, call)


class AsyncFilesResource:
    """What generations made. Links are ours and short-lived, and die when the file is erased."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, id: str, *, options: Options | None = None) -> FileObject:
        """Get a file.

        What is known of the file, with a fresh link to its content.

        Scope: `files:read`.

        Args:
            id: The file's id.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call("GET", f"/v1/files/{segment(id)}", FileObject, options=options)
        return await self._transport.send(call)

    async def content(
        self,
        id: str,
        *,
        token: str | Omit = OMIT,
        range: str | Omit = OMIT,
        options: Options | None = None,
    ) -> AsyncDownload:
        """Download a file.

        The file's bytes. Either your key or the `token` of a link opens it; the link in a
        generation's `outputs` has one. `Range` requests are answered with the part that was
        asked for. A file that our storage lost fails with 500 `file_lost`: it is still yours,
        and there is nothing that you did wrong.

        Args:
            id: The file's id.
            token: From a link; instead of a key.
            range: As in `bytes=0-1023`.
            options: What this call does differently: timeout, retries, headers.
        """
        call = Call(
            "GET",
            f"/v1/files/{segment(id)}/content",
            ResponseInfo,
            query={"token": token},
            headers={"Range": range},
            accept="*/*",
            auth="optional",
            options=options,
        )
        return await AsyncDownload.open(self._transport, call)
