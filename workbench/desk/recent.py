"""The nine codes on the digits: each keeps its digit while it is in use."""

from __future__ import annotations

SLOTS = 9


class RecentCodes:
    """Codes by digit. A code that is used again keeps its digit, so that fingers can learn it; when all nine
    are taken, a new one takes the digit of the code used longest ago.
    """

    def __init__(self) -> None:
        self.slots: list[int] = []
        self._used: list[int] = []

    @property
    def last(self) -> int | None:
        """The code used last."""
        return self._used[-1] if self._used else None

    @property
    def is_full(self) -> bool:
        """Whether every digit has a code."""
        return len(self.slots) == SLOTS

    @property
    def newest_first(self) -> list[int]:
        return self._used[::-1]

    def use(self, code_id: int) -> None:
        """Say that a code has just been used."""
        if code_id in self._used:
            self._used.remove(code_id)
        elif len(self.slots) < SLOTS:
            self.slots.append(code_id)
        else:
            self.slots[self.slots.index(self._used.pop(0))] = code_id
        self._used.append(code_id)

    def offer(self, code_id: int) -> None:
        """Fill an empty digit with a code from earlier sessions."""
        if code_id not in self.slots and len(self.slots) < SLOTS:
            self.slots.append(code_id)
            self._used.insert(0, code_id)

    def keep_only(self, code_ids: set[int]) -> None:
        """Forget the codes that are no longer in the study."""
        self.slots = [code_id for code_id in self.slots if code_id in code_ids]
        self._used = [code_id for code_id in self._used if code_id in code_ids]

    def on_digit(self, digit: int) -> int | None:
        """The code on a digit, 1 to 9."""
        return self.slots[digit - 1] if 0 < digit <= len(self.slots) else None
