"""Time and identity, in one place so that tests can hold them still."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> str:
    """The present in UTC, ISO 8601 with milliseconds: ``2026-03-01T09:30:00.123Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fresh_uuids(count: int) -> list[str]:
    """``count`` random UUIDs (RFC 9562, version 4) as 32 hex digits, from one read of the system's entropy."""
    raw = os.urandom(16 * count).hex()
    return [
        f"{digits[:12]}4{digits[13:16]}{'89ab'[int(digits[16], 16) & 3]}{digits[17:]}"
        for digits in (raw[start : start + 32] for start in range(0, 32 * count, 32))
    ]
