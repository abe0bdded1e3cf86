"""Days as people write them."""

from __future__ import annotations

import pytest

from transcripts.fieldwork.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-04-14", "2026-04-14"),
        ("2026-04-14 00:00:00", "2026-04-14"),
        ("2026-04", "2026-04"),
        ("2026", "2026"),
        ("14.4.2026", "2026-04-14"),
        ("14/4-2026", "2026-04-14"),
        ("14-04-2026", "2026-04-14"),
        ("14. april 2026", "2026-04-14"),
        ("den 3. maj 2025", "2025-05-03"),
        ("d. 3. maj 2025", "2025-05-03"),
        ("3 March 2025", "2025-03-03"),
        ("March 3rd, 2025", "2025-03-03"),
        ("31. Dezember 2024", "2024-12-31"),
        ("oktober 2024", "2024-10"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written", ["", "i går", "31.2.2026", "14.4.26", "2026-13", "Jensen 2026", "4/14/2026", "2026-04-14 10:30"]
)
def test_what_is_no_day_or_could_be_two_is_none(written: str) -> None:
    assert iso_date(written) is None
