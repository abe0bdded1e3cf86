"""Rich Text Format (``.rtf``), of Word, WordPad, LibreOffice, TextEdit and transcription programs.

Read by our own small reader: striprtf, which we looked at, leaves out footnotes, headers, comments and text boxes,
and does not know that a font may have a character set of its own. The text is what Word shows with all changes
accepted; deleted text and comments come in where asked for. Headers and footers are furniture, footnotes follow the
text, pictures and embedded data are passed over without being unpacked.
"""

from __future__ import annotations

from pathlib import Path

from store.errors import BadFile, InputError
from transcripts.readers import Document, what_it_is
from transcripts.readers.office import Story, page_furniture
from transcripts.readers.rtf_story import RtfStory
from transcripts.readers.rtf_tokens import signs
from transcripts.settings import Settings
from transcripts.text import BOM, require_encoding

MAX_SIGNS = 4_000_000
"""Braces, words and runs of text; an hour of talk has 20,000 to 200,000."""


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read an RTF file.

    Raises:
        BadFile: not RTF; more signs than any transcript has; the encoding that was named is none.
    """
    content = data.removeprefix(BOM.encode()).lstrip()
    if not content.startswith(b"{\\rtf"):
        other = what_it_is(data) or "something else"
        raise BadFile(path, f"the name ends in '.rtf', but it is {other}.", "Give it the ending it should have.")
    try:
        said = require_encoding(settings.encoding) if settings.encoding else None
    except InputError as exc:
        raise BadFile(path, exc.message, exc.hint) from exc
    gathered = Story(settings)
    story = RtfStory(gathered, said)
    for number, sign in enumerate(signs(content)):
        if number == MAX_SIGNS:
            raise BadFile(path, f"it has more than {MAX_SIGNS:,} signs of formatting.", "Save it anew, or in parts.")
        story.take(sign)
    lines = story.lines()
    return gathered.document(lines, "rtf", story.fonts.encoding(None), page_furniture(story.furniture))
