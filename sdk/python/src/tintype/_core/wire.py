"""How values are written: in a path, a query, a form, a JSON body."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from pydantic import BaseModel
from typing_extensions import TypeIs

from .omit import Omit


def segment(value: str) -> str:
    """One segment of a path. Without the check `get("")` would be a list."""
    if value in ("", ".", ".."):
        raise ValueError(f"{value!r} is no id")
    return quote(value, safe="")


def pairs(fields: Mapping[str, object]) -> list[tuple[str, str]]:
    """Of a query or a form. Lists are repeated; what was not given is left out."""
    return [
        (name, plain(item))
        for name, value in given(fields).items()
        if value is not None
        for item in (value if is_list(value) else [value])
    ]


def json_bytes(body: Mapping[str, object]) -> bytes:
    """Without what was not given; `None` is null."""
    return json.dumps(_to_json(body), ensure_ascii=False, separators=(",", ":")).encode()


def given(body: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in body.items() if not isinstance(value, Omit)}


def plain(value: object) -> str:
    """A value as it is written in a query, a header or a form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return timestamp(value)
    if is_object(value):
        return json_bytes(value).decode()
    return str(value)


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    if moment.tzinfo is None:
        raise ValueError("a datetime needs a time zone, as in datetime.now(UTC)")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def is_object(value: object) -> TypeIs[Mapping[str, object]]:
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeIs[Collection[object]]:
    return isinstance(value, list | tuple | set | frozenset)


def _to_json(value: object) -> object:
    """What `json` can write."""
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if is_object(value):
        return {name: _to_json(item) for name, item in given(value).items()}
    if is_list(value):
        return [_to_json(item) for item in value]
    return value
