"""The study as Python programs, the command line and the workbench see it. Thin: the rooms do the work."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import select

from cmo.front.beside import BesideCalls
from cmo.front.codebook import CodebookCalls
from cmo.front.coding import CodingCalls
from cmo.front.configurations import ConfigurationCalls
from cmo.front.corrections import CorrectionCalls
from cmo.front.disconfirming import DisconfirmingCalls
from cmo.front.drafts import DraftCalls
from cmo.front.evidence import EvidenceCalls
from cmo.front.fieldwork import FieldworkCalls
from cmo.front.imports import ImportCalls
from cmo.front.journal import JournalCalls
from cmo.front.judging import JudgingCalls
from cmo.front.ladders import LadderCalls
from cmo.front.marks import MarkCalls
from cmo.front.memos import MemoCalls
from cmo.front.overlaps import OverlapCalls
from cmo.front.places import PlaceCalls
from cmo.front.report import ReportCalls
from cmo.front.search import SearchCalls
from cmo.front.sources import SourceCalls
from cmo.front.speakers import SpeakerCalls
from cmo.front.summaries import SummaryCalls
from cmo.front.tables import TableCalls
from cmo.front.theory import TheoryCalls
from store import schema
from store.study_file import StudyFile
from transcripts.language.languages import require_language
from transcripts.people import fold, tidy


def new_study(path: str | Path, *, name: str | None = None, language: str = "da", coder: str | None = None) -> Study:
    """Make a study file and open it. ``language`` is the spoken language taken for sources that do not say.

    Raises:
        StudyExists: there is a file of that name.
        InputError: the language is none that we know.
    """
    path, coder = Path(path), tidy(coder or "") or default_coder()
    file = StudyFile.create(path, name=name or path.stem, language=require_language(language), coder=coder)
    return Study(file, coder)


def open_study(path: str | Path, *, coder: str | None = None) -> Study:
    """Open a study; ``coder`` is who acts (default: ``CMO_CODER``, or the login name).

    ``ab`` is the coder ``AB`` where the study has one.

    Raises:
        StudyNotFound, NotAStudy, DamagedStudy, NewerSchema, OlderSchema: each says what to do.
    """
    file = StudyFile.open(Path(path))
    return Study(file, _known_coder(file, tidy(coder or "") or default_coder()))


def default_coder() -> str:
    """Who codes when nobody says: the environment's ``CMO_CODER``, else the login name."""
    try:
        return tidy(os.environ.get("CMO_CODER", "")) or getpass.getuser()
    except (OSError, KeyError):  # nobody is logged in, as in a container: KeyError before Python 3.13
        return "coder"


def _known_coder(file: StudyFile, coder: str) -> str:
    with file.read() as conn:
        known = conn.scalars(select(schema.coders.c.name).order_by(schema.coders.c.id)).all()
    return coder if coder in known else next((name for name in known if fold(name) == fold(coder)), coder)


class Study(
    ImportCalls,
    SourceCalls,
    SpeakerCalls,
    MarkCalls,
    TableCalls,
    TheoryCalls,
    FieldworkCalls,
    CodingCalls,
    JudgingCalls,
    CodebookCalls,
    MemoCalls,
    ConfigurationCalls,
    CorrectionCalls,
    EvidenceCalls,
    OverlapCalls,
    DisconfirmingCalls,
    SearchCalls,
    ReportCalls,
    PlaceCalls,
    DraftCalls,
    BesideCalls,
    SummaryCalls,
    LadderCalls,
    JournalCalls,
):
    """An open study. Every method that changes something is one act: committed when it returns, and undoable."""

    def again(self) -> Study:
        """The same study over a connection of its own, as another thread needs it, with the same work hidden."""
        other = open_study(self.path, coder=self.coder)
        if self.is_blind:
            other.hide_others()
        return other

    def close(self) -> None:
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
