"""The realist core, and the front door for Python programs.

>>> import cmo
>>> with cmo.open_study("spredning.cmo", coder="AB") as study:   # doctest: +SKIP
...     study.matrix(rows="point", columns="case")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmo.study import Study, new_study, open_study

__version__ = "0.1.0"
__all__ = ["Study", "__version__", "new_study", "open_study"]


def __getattr__(name: str) -> object:
    # Loaded on first use: `cmo --version` must not pay for SQLAlchemy.
    if name in {"Study", "new_study", "open_study"}:
        from cmo import study

        return getattr(study, name)
    raise AttributeError(f"module 'cmo' has no attribute {name!r}")
