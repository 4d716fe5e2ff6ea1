"""When to repeat a request, and after how long. Nothing here touches the network."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_RETRY_AFTER = 120.0
FIRST_DELAY = 0.5
LONGEST_DELAY = 8.0
JITTER = 0.25


def should_retry(status: int, headers: Mapping[str, str], *, repeatable: bool) -> bool:
    """Whether this answer calls for another attempt.

    `repeatable` is a request that does no more when it arrives twice. Others are repeated
    after a 429 alone, which means that nothing was done. A 409 that says when to come back is
    about the first attempt, which is still at work.
    """
    advice = headers.get("x-should-retry")
    if advice == "false":
        return False
    if status == 429:
        return True
    passing = status == 408 or status >= 500 or (status == 409 and "retry-after" in headers)
    return repeatable and (passing or advice == "true")


def delay(
    attempt: int, headers: Mapping[str, str], *, chance: Callable[[], float] = random.random
) -> float:
    """Seconds to wait before attempt `attempt + 1`; the first attempt is number 0."""
    wanted = retry_after(headers)
    if wanted is not None and wanted <= LONGEST_RETRY_AFTER:
        return wanted
    return float(min(FIRST_DELAY * 2**attempt, LONGEST_DELAY)) * (1 - JITTER * chance())


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """The seconds that `Retry-After` asks for, given as a number or a date."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
