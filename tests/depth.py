"""How many examples a law is tried on: some each time, and more where ``HYPOTHESIS_PROFILE`` is ``deep``, as in CI."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "repeatable")


def examples(each_time: int, deep: int) -> int:
    """How many examples: ``each_time`` on a developer's machine, or ``deep`` where somebody asks for more."""
    return each_time if PROFILE == "repeatable" else deep


def load_profile() -> None:
    """The same examples on every machine, so that a change is never held up by another change's bad luck.

    To look for new ones, and at length: ``explore``.
    """
    settings.register_profile("repeatable", max_examples=25, derandomize=True, deadline=None)
    settings.register_profile("deep", derandomize=True, deadline=None)
    settings.register_profile("explore", max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
    settings.load_profile(PROFILE)
