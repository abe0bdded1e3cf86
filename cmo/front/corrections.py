"""Corrections: a better text for a source that is coded already, its versions, and the excerpts that need an eye."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.front.base import Front, short
from store.errors import UnknownName
from store.findings import Finding
from store.rooms import Room
from store.schema import ANCHOR_STATES
from store.work import Work
from transcripts.excerpts import check_span

if TYPE_CHECKING:
    from codebook import codings, reanchoring, removing, review
    from codebook.reanchoring import Reanchored
    from codebook.review import ReviewItem
    from transcripts import sources
    from transcripts.correcting import alignment, corrections, diffs
    from transcripts.correcting.alignment import Alignment
    from transcripts.correcting.corrections import Present
    from transcripts.correcting.diffs import Change, Version
    from transcripts.reading import Reading
    from transcripts.settings import Settings
else:
    alignment = Room("transcripts.correcting.alignment")
    codings = Room("codebook.codings")
    corrections = Room("transcripts.correcting.corrections")
    diffs = Room("transcripts.correcting.diffs")
    reanchoring = Room("codebook.reanchoring")
    removing = Room("codebook.removing")
    review = Room("codebook.review")
    sources = Room("transcripts.sources")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction did: the number of the new version, and what became of every excerpt of the source."""

    source: str
    version: int
    excerpts: tuple[Reanchored, ...]
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many excerpts are in each state, in the order ok, moved, needs review, lost."""
        counted = Counter(excerpt.state for excerpt in self.excerpts)
        return {state: counted[state] for state in ANCHOR_STATES}


class CorrectionCalls(Front):
    """Every correction makes a new version of the source, in one act. ``study.rehearse(lambda: ...)`` says what a
    correction would do to each excerpt, and does nothing.
    """

    def correct_text(self, source: str | int, new_text: str, reason: str = "") -> Correction:
        """Put an edited text in the place of a source's text.

        Raises:
            UnknownName: there is no such source.
            InputError: the text is empty, or the one that is there.
        """
        text = corrections.edited_text(new_text)
        with self._act("correct") as work:
            now = corrections.present(work.conn, source)
            aligned = alignment.align(now.text, text)
            reading = corrections.read_edited(work.conn, now, aligned)
            return self._replace(work, now, reading, aligned, reason)

    def replace_text(self, source: str | int, start: int, end: int, words: str, reason: str = "") -> Correction:
        """Put words in the place of those from ``start`` to ``end`` (code points); equal ends put words in.

        Nothing has to be guessed here: all else stays where it is.

        Raises:
            UnknownName: there is no such source.
            BadPosition: the stretch is not inside the text.
            InputError: nothing would be left, or nothing would change.
        """
        with self._act("correct") as work:
            now = corrections.present(work.conn, source)
            if start != end or not 0 <= start <= len(now.text):
                check_span(now.text, start, end)
            aligned = alignment.align_edit(now.text, start, end, words)
            text = corrections.edited_text(aligned.new)
            if text != aligned.new:  # an accent that met a letter, or a line end of another system
                aligned = alignment.align(now.text, text)
            reading = corrections.read_edited(work.conn, now, aligned)
            return self._replace(work, now, reading, aligned, reason)

    def correct_source(
        self, source: str | int, file: str | Path, settings: Settings | None = None, reason: str = ""
    ) -> Correction:
        """Take a file, such as a better transcription, in the place of a source's text.

        Raises:
            UnknownName: there is no such source.
            BadFile: the file cannot be read.
            InputError: it says what is there already.
        """
        path = Path(file)
        with self.file.read() as conn:  # read before the act: a long file would keep others from writing
            reading = corrections.read_replacement(corrections.present(conn, source), path, settings)
        with self._act("correct") as work:
            now = corrections.present(work.conn, source)
            return self._replace(work, now, reading, alignment.align(now.text, reading.document.text), reason)

    def versions(self, source: str | int) -> list[Version]:
        """The versions of a source, the oldest first. Raises UnknownName."""
        with self.file.read() as conn:
            return diffs.list_versions(conn, sources.find_source(conn, source).id)

    def version_text(self, source: str | int, number: int) -> str:
        """The text of a version. Raises UnknownName."""
        with self.file.read() as conn:
            return diffs.version_text(conn, sources.find_source(conn, source), number)

    def diff(self, source: str | int, old: int, new: int) -> list[Change]:
        """What is different between two versions of a source, sentence by sentence. Raises UnknownName."""
        with self.file.read() as conn:
            return diffs.diff(conn, sources.find_source(conn, source), old, new)

    def review_queue(self, source: str | int | None = None) -> list[ReviewItem]:
        """The excerpts, of one source or of all, that a correction left to a person's eye. Raises UnknownName."""
        with self.file.read() as conn:
            source_id = sources.find_source(conn, source).id if source is not None else None
            return review.review_queue(conn, self.coder, source_id)

    def settle(self, excerpt_id: int, start: int | None = None, end: int | None = None) -> None:
        """Say that an excerpt stands where it is, or where it stands in its source's current version (code points).

        Raises:
            UnknownName: there is no such excerpt.
            InputError: it has no place and none is given, or another excerpt with its code stands there.
            BadPosition: the place is not inside the text.
        """
        with self._act("settle", f"settle excerpt {excerpt_id}") as work:
            review.settle(work, excerpt_id, start, end)

    def remove_excerpt(self, excerpt_id: int) -> None:
        """Take an excerpt away with all its codings, their judgements and memos. Raises UnknownName."""
        with self._act("remove excerpt") as work:
            gone = codings.excerpt_codings(work.conn, [excerpt_id], self.coder).get(excerpt_id, [])
            if not gone:
                raise UnknownName(f"There is no excerpt {excerpt_id}.", "`cmo review STUDY` lists what waits.")
            removed = removing.remove_codings(work, [coding.id for coding in gone])
            listed = ", ".join(coding.code for coding in gone)
            work.summary = f"remove {listed} from “{short(gone[0].quote)}”{removed}"

    def _replace(self, work: Work, now: Present, reading: Reading, aligned: Alignment, reason: str) -> Correction:
        version_id = corrections.replace_version(work, now, reading, aligned, reason)
        moved = reanchoring.reanchor(work, now.source_id, version_id, aligned, now.version_id)
        version = sources.find_source(work.conn, now.source_id).version
        done = Correction(now.name, version, tuple(moved), reading.findings)
        said = ", ".join(f"{count} {state}" for state, count in done.counts.items() if count)
        work.summary = f"correct '{now.name}' (version {version})" + (f": {said}" if said else "")
        return done
