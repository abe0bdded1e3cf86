"""Going to places: sources, passages, the way there and back, the next coding, bookmarks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from cmo.beside import Spot
from store.errors import InputError
from workbench.desk.desk_study import DeskStudy
from workbench.desk.reference import with_reference
from workbench.text.reading import Reading
from workbench.text.words import clipped

if TYPE_CHECKING:
    from codebook.records import Coding
    from transcripts.places import Bookmark
    from transcripts.records import Source, Span


class Place(NamedTuple):
    """A position (in code points) in a source, and what was selected there."""

    source_id: int
    position: int
    selection: Span | None


class DeskPlaces(DeskStudy):
    """Where the coder is and was. Where a source was left is kept in the study, for the next time."""

    _past: list[Place]
    _future: list[Place]
    _kept: tuple[int, int] | None = None

    # -- opening ----------------------------------------------------------------------------------------
    def open(self, source_id: int, position: int | None = None) -> None:
        """Open a source at a position, by default where it was left. The place left is kept for going back."""
        self._leave()
        self._load(source_id, position)

    def open_first(self) -> None:
        """Open the source that this coder read last, else the first without codings, else the first there is."""
        first = self.study.last_read() or self.study.first_to_read()
        if first is not None:
            self.open(first)

    def open_uncoded(self, step: int) -> str:
        """Open the next (1) or the nearest earlier (-1) source that this coder has no coding in, round the list."""
        waiting = set(self.study.uncoded_sources())
        place = next((n for n, listed in enumerate(self.sources) if self.source and listed.id == self.source.id), -1)
        round_the_list = [self.sources[(place + step * n) % len(self.sources)] for n in range(1, len(self.sources) + 1)]
        found = next((listed for listed in round_the_list if listed.id in waiting), None)
        if found is None or (self.source is not None and found.id == self.source.id):
            raise InputError("No other source is without your codings.")
        self.open(found.id)
        return f"{found.name}: {len(waiting)} without your codings"

    def _load(self, source_id: int, position: int | None) -> None:
        self.transcript = self.study.transcript(source_id)
        self.reading = Reading(self.transcript)
        self.reading.go_to((self.study.reading_place(source_id) or 0) if position is None else position)
        self._kept = (source_id, self.reading.sentence.start)
        self._read_marks()
        self._read_codings()
        self._offer_recent()

    # -- there and back ---------------------------------------------------------------------------------
    def jump(self, source_id: int, start: int, end: int, coding_id: int | None = None) -> bool:
        """Go to a passage, in whichever source, and select it.

        False, with the source opened, where its coding has no place in the text (any more).
        """
        if self.source is None or self.source.id != source_id:
            self.open(source_id)
        else:
            self._leave()
        if coding_id is not None and self.coding(coding_id) is None:
            return False
        if self.reading is not None:
            self.reading.select(start, end)
        return True

    def go_back(self) -> bool:
        """Return to the place left by the last jump; False where there is none."""
        return self._travel(self._past, self._future)

    def go_forward(self) -> bool:
        """Go again where the last way back began; False where there is no such place."""
        return self._travel(self._future, self._past)

    def _travel(self, along: list[Place], behind: list[Place]) -> bool:
        here = self._here()
        while along:
            place = along.pop()
            if any(source.id == place.source_id for source in self.sources):
                behind += [here] if here is not None else []
                self.keep_place()
                self._go(place)
                return True
        return False

    def _go(self, place: Place) -> None:
        if self.source is None or self.source.id != place.source_id:
            self._load(place.source_id, place.position)
        if self.reading is not None:
            self.reading.go_to(place.position)
            self.reading.selection = place.selection

    def _here(self) -> Place | None:
        if self.source is None or self.reading is None:
            return None
        return Place(self.source.id, self.reading.sentence.start, self.reading.selection)

    def _leave(self) -> None:
        here = self._here()
        if here is not None:
            self._past.append(here)
            self._future.clear()
        self.keep_place()

    def keep_place(self) -> None:
        """Keep in the study where the open source is being read, if that is elsewhere than was kept."""
        here = self._here()
        if here is None or (here.source_id, here.position) == self._kept:
            return
        if self.study.keep_reading_place(here.source_id, here.position):
            self._kept = (here.source_id, here.position)

    @property
    def spot(self) -> Spot | None:
        """Where the walk from quote to quote goes on: the coding that is worked on, else the passage."""
        if self.source is None or self.reading is None:
            return None
        start, end = self.reading.passage
        active = self.active
        if active is not None and (active.start, active.end) == (start, end):
            return Spot(active.id, self.source.id, start, end)
        return Spot(0, self.source.id, start, end)

    def passage_with_reference(self) -> str:
        """The passage as it is copied: in quotation marks, with who said it and where."""
        source, reading = self.opened()
        pattern = self.study.house_style().attribution
        turn = reading.turn_at(reading.passage.start)
        said_in = reading.turns[turn] if turn >= 0 else None
        return with_reference(reading.text, reading.passage, source, said_in, pattern)

    # -- from coding to coding --------------------------------------------------------------------------
    def go_to_coding(self, step: int) -> str:
        """Select the next (1) or the one before (-1) of the codings of this source."""
        _, reading = self.opened()
        listed, start = self.codings, reading.passage.start
        here = next((n for n, coding in enumerate(listed) if coding is self.active), None)
        if here is not None and (listed[here].start, listed[here].end) == reading.passage:
            place = here + step
        elif step > 0:
            place = bisect_left([coding.start for coding in listed], start) + step - 1
        else:
            place = bisect_right([coding.start for coding in listed], start - 1) + step
        if not listed or not 0 <= place < len(listed):
            raise InputError(f"There is no coding {'after' if step > 0 else 'before'} this place in the source.")
        coding = listed[place]
        self.select_coding(coding)
        return f"{self.in_words(coding)} by {coding.coder} — {place + 1} of {len(listed)}"

    def select_coding(self, coding: Coding) -> None:
        """Select the words of a coding and make it the one that is worked on."""
        if self.reading is not None:
            self.reading.select(coding.start, coding.end)
            self.active_id = coding.id

    def choose(self, step: int) -> str:
        """Make the next (1) or the one before (-1) of the codings here the active one."""
        here = self.here
        active = self.active_or_error("There is nothing to choose from.")
        place = next(n for n, coding in enumerate(here) if coding.id == active.id)
        self.active_id = here[(place + step) % len(here)].id
        chosen = self.active or active
        return f"{self.in_words(chosen)} by {chosen.coder}"

    # -- bookmarks --------------------------------------------------------------------------------------
    def switch_bookmark(self) -> str:
        """Set a bookmark on the sentence, named by its words; take it away where there is one."""
        source, reading = self.opened()
        sentence = reading.sentence
        set_here = [mark for mark in self.study.bookmarks() if self._is_at(mark, source, sentence)]
        if set_here:
            for mark in set_here:
                self.study.remove_bookmark(mark.id)
            return f"✓ no bookmark here any more: {set_here[0].name}"
        words = clipped(reading.text[slice(*sentence)], 40)
        taken = {mark.name for mark in self.study.bookmarks() if mark.source_id == source.id}
        name = next(
            name for n in range(1, len(taken) + 2) if (name := words if n == 1 else f"{words} ({n})") not in taken
        )
        made = self.study.add_bookmark(source.id, sentence.start, name)
        return f"✓ bookmark: {made.name}"

    @staticmethod
    def _is_at(mark: Bookmark, source: Source, sentence: Span) -> bool:
        return mark.source_id == source.id and sentence.start <= mark.start < sentence.end

    def open_bookmark(self, mark: Bookmark) -> None:
        """Go to a bookmark."""
        if self.source is not None and self.source.id == mark.source_id and self.reading is not None:
            self._leave()
            self.reading.go_to(mark.start)
        else:
            self.open(mark.source_id, mark.start)
