"""What stands for "not given": `None` is a value and is sent as null."""

from __future__ import annotations

from typing import Final, Literal


class Omit:
    """The type of `OMIT`, the default of every optional argument."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = Omit()
