"""SVG as PNG, where something is installed that can."""

from __future__ import annotations

from importlib import import_module

from store.errors import InputError

SCALE = 2
"""Pixels of the picture for one of the drawing, so that it prints well."""


def as_png(svg: str) -> bytes:
    """The drawing as a picture. Raises InputError: nothing is installed that can."""
    try:
        resvg = import_module("resvg_py")
    except ImportError as exc:
        raise InputError(
            "PNG needs a package that is not installed.",
            "Install realist-cmo[png], or write .svg, which Word and browsers show.",
        ) from exc
    return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=SCALE))
