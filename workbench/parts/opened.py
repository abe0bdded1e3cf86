"""A passage that another screen asks to be shown in its transcript."""

from __future__ import annotations

from typing import NamedTuple


class Opened(NamedTuple):
    """The passage that is to be shown in its transcript (code points); its coding, where it is about one."""

    source_id: int
    start: int
    end: int
    coding_id: int | None = None
