"""Cells as the file of a sheet spells them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from exports.excel_text import escaped, starts_a_formula, unwritable, visible
from exports.workbook_styles import Styles
from store.findings import Finding

Value = str | int | float | datetime | None

DAY_ZERO = datetime(1899, 12, 30)
"""What Excel counts days from."""

KEPT_LENGTH, MOST_KEPT = 60, 20_000
"""The longest text, in code points, whose spelling is kept for the next time, and how many are."""

_TAKES_CARE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff&<>]|_x")


class Cells:
    """Spells the cells of one sheet. ``findings`` says what had to be shown otherwise than it is."""

    def __init__(self, sheet: str, styles: Styles) -> None:
        self.findings: list[Finding] = []
        self._sheet = sheet
        self._styles = styles
        self._kept: dict[tuple[str, str], str] = {}

    def spell(self, place: str, value: Value, style: str) -> str:
        """A cell at ``place`` (``C7``). Text is said to be text, so that no program takes it for anything else."""
        if type(value) is str:
            return f'<c r="{place}"{self._text(place, value, style)}'
        number = self._styles.number(style)
        if value is None:
            return f'<c r="{place}" s="{number}"/>'
        shown = (value - DAY_ZERO) / timedelta(days=1) if isinstance(value, datetime) else value
        return f'<c r="{place}" s="{number}"><v>{shown}</v></c>'

    def _text(self, place: str, value: str, style: str) -> str:
        """All of a text cell but its place: the same names stand in thousands of rows."""
        if len(value) > KEPT_LENGTH:
            return self._spell_text(place, value, style)
        found = self._kept.get((value, style))
        if found is None:
            before = len(self.findings)
            found = self._spell_text(place, value, style)
            if len(self.findings) == before:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[value, style] = found
        return found

    def _spell_text(self, place: str, value: str, style: str) -> str:
        words = value
        if _TAKES_CARE.search(value):
            words = escaped(self._visible(place, value))
            words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
        if starts_a_formula(value):
            style += "+quoted"
        number = self._styles.number(style)
        return f' s="{number}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'

    def _visible(self, place: str, value: str) -> str:
        if found := unwritable(value):
            codes = ", ".join(sorted({f"U+{ord(character):04X}" for character in found}))
            message = f"holds {codes}, which a workbook cannot hold; shown as a sign in its place"
            self.findings.append(Finding("character-replaced", f"{self._sheet} {place}", message))
        return visible(value)
