"""Unions told apart by a member, open to variants that this version does not know."""

from __future__ import annotations

from datetime import datetime

from pydantic import Discriminator

from .models import APIObject
from .wire import is_object

UNKNOWN = ""


class Unknown(APIObject):
    """A variant that this version does not know. Its members are in `model_extra`."""


class UnknownEvent(Unknown):
    """A webhook of a type that this version does not know."""

    type: str
    timestamp: datetime | None = None
    """When it happened."""
    data: object = None
    """What it is about."""


def told_by(member: str, *known: str) -> Discriminator:
    """Picks the variant tagged like the member's value, else the one tagged `UNKNOWN`."""

    def tag(value: object) -> str:
        found = value.get(member) if is_object(value) else getattr(value, member, None)
        return found if isinstance(found, str) and found in known else UNKNOWN

    return Discriminator(tag)
