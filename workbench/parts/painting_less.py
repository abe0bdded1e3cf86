"""Fewer widgets drawn for a frame than Textual draws by itself."""

from __future__ import annotations

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.widget import Widget


class NarrowCompositor(Compositor):
    """Draws the widgets that have something to paint and are not hidden behind others.

    Where a line at the top and one at the bottom are to be painted, Textual draws every widget between them too, and
    whatever holds them, row by row, and throws that away. Should it come to do its painting in another way, these
    methods are not called any more.
    """

    _painting: frozenset[Region] = frozenset()

    @property
    def visible_widgets(self) -> dict[Widget, tuple[Region, Region]]:
        """The widgets on screen with their region and what is seen of it; while painting, those that are painted."""
        shown = super().visible_widgets
        if not self._painting:
            return shown
        painted, left = {}, list(self._painting)
        for widget, (region, clip) in shown.items():  # from front to back
            seen = region.intersection(clip)
            if any(dirty.overlaps(seen) for dirty in left):
                painted[widget] = region, clip
                left = [dirty for dirty in left if not seen.contains_region(dirty)]
        return painted

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last frame, to be painted; None where nothing has."""
        _ = self.cuts  # made from all widgets, and kept
        self._painting = frozenset(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._painting = frozenset()
