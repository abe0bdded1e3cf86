"""PDF files: words with places -> rows -> columns -> paragraphs in reading order; the page's furniture apart.

A PDF file holds letters at places and nothing else, so all of this is inferred. What is inferred is told: furniture is
kept with its place, and hyphens taken off line ends are counted in a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from store.errors import BadFile
from store.findings import Finding
from transcripts.readers import Document, what_it_is
from transcripts.readers.pdf_rows import sheets
from transcripts.readers.pdf_words import Page, read_pages
from transcripts.readers.pdf_writer import Written, write
from transcripts.settings import Settings

_MOST_SHOWN = 5
_UNREADABLE_SHARE = 0.3
"""More words than this with letters that have no meaning, and the text is no text."""
_NEEDS_OCR = "Let a program that reads pictures (OCR) make a PDF with text of it, and look that over."


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read a PDF file.

    Raises:
        BadFile: not a PDF file, damaged, protected with a password, too large, or pictures of text.
    """
    if b"%PDF-" not in data[:1024]:
        other = what_it_is(data) or "something else"
        what = f"the name ends in '{path.suffix}', but it is {other}."
        raise BadFile(path, what, "Give it the ending it should have.")
    pages = read_pages(path, data)
    _require_text(path, pages)
    found = sheets(pages)
    unseen = [(sheet.page, text) for sheet in found for text in [*sheet.hidden, *sheet.unseen]]
    askew = [sheet.page for sheet in found if sheet.askew]
    written = write(found, keep_furniture=settings.keep_furniture)
    findings = [*_about_pages(pages), *_about_hidden(pages, unseen), *_about_askew(askew), *_about_hyphens(written)]
    return Document(written.text, "pdf", "utf-8", written.furniture, tuple(findings))


def _require_text(path: Path, pages: Sequence[Page]) -> None:
    words = [word for page in pages for word in page.words]
    if not pages or all(page.damaged for page in pages):
        raise BadFile(path, "none of its pages can be read.", "Open it in a PDF viewer and print it to a new PDF file.")
    if not words and any(page.pictured for page in pages):
        raise BadFile(path, "it is a picture of text: there are no letters in it.", _NEEDS_OCR)
    if sum(word.unreadable for word in words) > _UNREADABLE_SHARE * len(words):
        raise BadFile(path, "its letters have shapes but no meaning, so no text can be read from it.", _NEEDS_OCR)


def _about_pages(pages: Sequence[Page]) -> Iterator[Finding]:
    if damaged := [page.number for page in pages if page.damaged]:
        yield Finding("page-damaged", _places(damaged), "cannot be read; the rest was.")
    if scanned := [page.number for page in pages if page.pictured and not page.words]:
        message = "a picture, with no letters in it. If it shows text, it needs OCR."
        yield Finding("page-is-picture", _places(scanned), message)
    unreadable = Counter(page.number for page in pages for word in page.words if word.unreadable)
    if unreadable:
        message = f"{unreadable.total()} words have letters that the file gives no meaning. See whether they are right."
        yield Finding("letters-unreadable", _places(unreadable), message)


def _about_hidden(pages: Sequence[Page], unseen: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    pictured = {page.number for page in pages if page.pictured}
    if over_pictures := sorted({page for page, _ in unseen} & pictured):
        message = "the text was read from a picture by a program (OCR). Hold it against the picture."
        yield Finding("text-from-picture", _places(over_pictures), message)
    for page, text in [(page, text) for page, text in unseen if page not in pictured][:_MOST_SHOWN]:
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        message = f"'{shown}' is in the file but cannot be seen on the page; it was left in."
        yield Finding("text-hidden", f"page {page}", message)


def _about_askew(pages: Sequence[int]) -> Iterator[Finding]:
    if pages:
        yield Finding("text-askew", _places(pages), "text at an angle, such as a stamp, was kept apart as a note.")


def _about_hyphens(written: Written) -> Iterator[Finding]:
    if written.hyphens_dropped or written.hyphens_kept:
        message = (
            f"hyphens at the ends of lines: {written.hyphens_dropped} taken out where a word was broken, "
            f"{written.hyphens_kept} left in where they are part of it."
        )
        yield Finding("line-end-hyphens", "", message)


def _places(pages: Iterable[int]) -> str:
    """Pages in words: ``page 3``, ``pages 2, 5-7``."""
    numbers = sorted(set(pages))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    listed = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {listed}"
