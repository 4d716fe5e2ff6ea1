"""What a client is told once, completed from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from .._version import __version__

DEFAULT_BASE_URL = "http://127.0.0.1:8080"
DEFAULT_TIMEOUT = 60.0
DEFAULT_MAX_RETRIES = 2
USER_AGENT = f"tintype-python/{__version__}"


@dataclass(frozen=True)
class Settings:
    api_key: str | None = field(repr=False)
    base_url: str
    timeout: float | None
    max_retries: int
    headers: Mapping[str, str] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("http://", "https://")):
            raise ValueError("base_url must begin with http:// or https://")
        if self.max_retries < 0:
            raise ValueError("max_retries must not be negative")

    @classmethod
    def of(
        cls,
        api_key: str | None,
        base_url: str | None,
        timeout: float | None,
        max_retries: int,
        headers: Mapping[str, str] | None,
    ) -> Settings:
        address = base_url or os.environ.get("TINTYPE_BASE_URL") or DEFAULT_BASE_URL
        return cls(
            api_key=(api_key or os.environ.get("TINTYPE_API_KEY") or "").strip() or None,
            base_url=address.rstrip("/"),
            timeout=timeout,
            max_retries=max_retries,
            headers=dict(headers or {}),
        )
