"""How a person likes to read: how long lines are, light or dark. Kept for the person, not in any study."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from workbench.text.page import LONGEST_MEASURE


@dataclass
class Preferences:
    """``measure`` is the longest line in terminal cells. Without a ``path`` nothing outlives the workbench."""

    measure: int = LONGEST_MEASURE
    is_light: bool = False
    path: Path | None = None

    def keep(self) -> None:
        """Write them down, if that can be done: reading goes on without."""
        if self.path is None:
            return
        told = {name: value for name, value in asdict(self).items() if name != "path"}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(told), encoding="utf-8")
        except OSError:
            self.path = None


def preferences_file() -> Path:
    """Where they are kept for this user."""
    import platformdirs

    return platformdirs.user_state_path("cmo", appauthor=False) / "workbench.json"


def load_preferences(path: Path) -> Preferences:
    """Those that were kept; the usual ones where there are none, or where they cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        measure, is_light = told["measure"], told["is_light"]
    except (OSError, ValueError, KeyError, TypeError):
        return Preferences(path=path)
    if not isinstance(measure, int) or not isinstance(is_light, bool):
        return Preferences(path=path)
    return Preferences(measure, is_light, path)
