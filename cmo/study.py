"""The study as Python programs, the command line and the workbench see it. Thin: the rooms do the work."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import func, select

from cmo import audit as _audit
from cmo import evidence, theory, theory_table
from cmo.check import check_study
from cmo.coding_table import import_codings
from cmo.dimensions import dimension_labels
from cmo.matrix import matrix
from cmo.records import Audit, Matrix, Quote, StudyInfo, Theory
from codebook import codes, codings
from codebook.records import Code, Coding, CodingsReport
from store import journal, schema
from store.backup import backup
from store.findings import Finding
from store.journal import Entry
from store.study_file import StudyFile
from store.work import Work
from transcripts import bindings, cases, importing, sources, sources_table, speakers
from transcripts.importing import Progress
from transcripts.languages import require_language
from transcripts.people import fold, tidy
from transcripts.records import Attribute, Case, ImportReport, Source, Speaker, TableReport, Transcript


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


class Study:
    """An open study. Every method that changes something is one act: committed when it returns, and undoable."""

    def __init__(self, file: StudyFile, coder: str) -> None:
        self.file = file
        self.coder = coder

    @property
    def path(self) -> Path:
        return self.file.path

    # -- bringing material in -------------------------------------------------------------------------------

    def import_files(
        self,
        paths: Iterable[str | Path],
        *,
        sources: str | Path | None = None,
        language: str | None = None,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import files and folders; ``sources`` is a table that binds them to kinds, cases, roles, participants.

        Raises:
            BadTable: the table cannot be used; nothing is imported.
            BadFile: a path does not exist; nothing is imported.
        """
        bound = None
        if sources is not None:
            with self.file.read() as conn:
                bound = sources_table.read_bindings(conn, Path(sources))
        listed = [Path(path) for path in paths]
        return importing.import_files(self.file, self.coder, listed, table=bound, language=language, progress=progress)

    def bind_sources(self, table: str | Path) -> TableReport:
        """Bind sources that are in the study to kinds, cases, roles and participants."""
        with self._act("bind sources") as work:
            return bindings.bind_sources(work, sources_table.read_bindings(work.conn, Path(table)))

    def map_speakers(self, table: str | Path) -> TableReport:
        """Map speakers' labels to participants and roles by a table."""
        with self._act("map speakers") as work:
            return speakers.map_speakers(work, Path(table))

    def set_speaker(
        self,
        label: str,
        *,
        source: str | None = None,
        participant: str | None = None,
        role: str | None = None,
        case: str | None = None,
        asks: bool | None = None,
    ) -> int:
        """Say whom a label stands for, in one source or in all; return in how many sources it stands.

        None says nothing; an empty text says that there is none.

        Raises:
            UnknownName: no such source or case, or no speaker with that label there.
            InputError: a case for a label that stands for no participant.
        """
        where = f" in '{source}'" if source else ""
        with self._act("map speakers", f"speaker '{label}'{where}") as work:
            source_id = sources.find_source(work.conn, source).id if source is not None else None
            return speakers.set_speaker(work, label, speakers.Said(participant, role, case, asks), source_id)

    def import_cases(self, table: str | Path) -> TableReport:
        """Cases with their attributes from a table; importing again updates."""
        with self._act("import cases") as work:
            return cases.import_cases(work, Path(table))

    def import_theory(self, table: str | Path, *, glossary: str | Path | None = None) -> TableReport:
        """The programme theory from a table; importing again with another wording makes new versions."""
        with self._act("import theory") as work:
            report = theory_table.import_theory(work, Path(table))
            if glossary is not None:
                theory_table.import_glossary(work, Path(glossary))
            return report

    def import_codings(self, table: str | Path) -> CodingsReport:
        """Codings from a table, in one act; rows that cannot be used are reported and left out."""
        with self._act("import codings") as work:
            return import_codings(work, Path(table))

    # -- reading --------------------------------------------------------------------------------------------

    def info(self) -> StudyInfo:
        """The study in figures."""
        counted = ("sources", "cases", "participants", "points", "codes", "excerpts", "codings", "judgements", "memos")
        with self.file.read() as conn:
            study = conn.execute(select(schema.studies)).one()
            state = journal.state(conn)
            counts = {
                name: conn.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0
                for name in counted
            }
            head = journal.head(conn)
        return StudyInfo(
            name=study.name,
            language=study.language,
            created_at=study.created_at,
            schema=schema.SCHEMA_REVISION,
            state=state.hash,
            changed_at=state.at,
            acts=head.seq if head else 0,
            counts=counts,
        )

    def sources(self) -> list[Source]:
        """All sources in their current version, with the number of codings in each."""
        with self.file.read() as conn:
            counts = codings.counts_by_source(conn)
            return [replace(source, codings=counts.get(source.id, 0)) for source in sources.list_sources(conn)]

    def source(self, name: str | int) -> Source:
        """One source by name, file name or id. Raises UnknownName."""
        with self.file.read() as conn:
            found = sources.find_source(conn, name)
            return replace(found, codings=codings.counts_by_source(conn).get(found.id, 0))

    def transcript(self, source: str | int) -> Transcript:
        """A source's text, turns and sentences. Raises UnknownName."""
        with self.file.read() as conn:
            return sources.transcript(conn, source)

    def speakers(self) -> list[Speaker]:
        """Every label of every source and whom it stands for."""
        with self.file.read() as conn:
            return sources.list_speakers(conn)

    def cases(self) -> list[Case]:
        """All cases, also those without a source."""
        with self.file.read() as conn:
            return cases.list_cases(conn)

    def attributes(self) -> list[Attribute]:
        """The attributes that cases have."""
        with self.file.read() as conn:
            return cases.list_attributes(conn)

    def theory(self) -> Theory:
        """The programme theory as it stands."""
        with self.file.read() as conn:
            return theory.read_theory(conn)

    def codes(self) -> list[Code]:
        """All codes in the order of the code frame."""
        with self.file.read() as conn:
            return codes.list_codes(conn)

    def codings(self, source: str | int) -> list[Coding]:
        """The codings of a source in text order. Raises UnknownName."""
        with self.file.read() as conn:
            return codings.list_codings(conn, sources.find_source(conn, source).id, self.coder)

    def quotes(self, where: Mapping[str, str | None] | None = None, **more: str | None) -> list[Quote]:
        """Rows of evidence by dimension: ``quotes(point="#7", stance="refutes")``; None: without a value.

        Raises:
            UnknownName: there is no such dimension, or the study has no such point, case, code, ...
        """
        with self.file.read() as conn:
            return evidence.quotes(conn, {**(where or {}), **more})

    def matrix(
        self, rows: str = "point", columns: str = "case", where: Mapping[str, str | None] | None = None
    ) -> Matrix:
        """Evidence by two dimensions. Raises UnknownName."""
        with self.file.read() as conn:
            return matrix(conn, rows, columns, where or {})

    def dimension_labels(self, dimension: str) -> list[str]:
        """All labels of a dimension in the order of the study. Raises UnknownName."""
        with self.file.read() as conn:
            return dimension_labels(conn, dimension)

    def audit(self) -> Audit:
        """What each point stands on, and what is missing."""
        with self.file.read() as conn:
            return _audit.audit(conn)

    # -- coding ---------------------------------------------------------------------------------------------

    def code(
        self, source: str | int, start: int, end: int, code: str | int, *, stance: str | None = None, memo: str = ""
    ) -> Coding:
        """Give the passage from ``start`` to ``end`` (code points, end exclusive) a code.

        Raises:
            UnknownName, BadPosition, InputError: nothing is changed.
        """
        with self._act("code") as work:
            found = sources.current_text(work.conn, source)
            code_id = codes.find_code(work.conn, code)
            coding_id = codings.add_coding(work, found.version_id, found.text, start, end, code_id)
            if stance is not None:
                codings.set_stance(work, coding_id, stance)
            if memo:
                codings.set_memo(work, coding_id, memo)
            coding = self._coding(work, coding_id)
            stance_words = f", {stance}," if stance else ""
            work.summary = f"code {coding.code}{stance_words} on “{_short(coding.quote)}” in '{found.name}'"
            return coding

    def code_point(
        self,
        source: str | int,
        start: int,
        end: int,
        point: str,
        element: str | None,
        *,
        stance: str | None = None,
        memo: str = "",
    ) -> Coding:
        """Code a passage to an element (``"M"``) of a PT point (``"#7"``), or to the point as a whole."""
        label = theory.point_label(point) or point
        return self.code(source, start, end, f"{label} {element or ''}".strip(), stance=stance, memo=memo)

    def set_stance(self, coding_id: int, stance: str | None) -> Coding:
        """Judge a coding against its point's present wording, as this coder; None takes the judgement away.

        Raises:
            UnknownName: there is no such coding.
            InputError: no such stance, or the code belongs to no point.
        """
        with self._act("judge") as work:
            self._coding(work, coding_id)
            codings.set_stance(work, coding_id, stance)
            coding = self._coding(work, coding_id)
            work.summary = f"{stance or 'no stance'}: {coding.code} on “{_short(coding.quote)}”"
            return coding

    def set_memo(self, coding_id: int, body: str) -> Coding:
        """Write the memo on a coding; an empty one takes it away. Raises UnknownName."""
        with self._act("memo") as work:
            self._coding(work, coding_id)
            codings.set_memo(work, coding_id, body)
            coding = self._coding(work, coding_id)
            work.summary = f"memo on {coding.code}: “{_short(coding.quote)}”"
            return coding

    def remove_coding(self, coding_id: int) -> None:
        """Take a coding away, with its judgements and memo. Raises UnknownName."""
        with self._act("remove coding") as work:
            coding = self._coding(work, coding_id)
            codings.remove_coding(work, coding_id)
            work.summary = f"remove {coding.code} from “{_short(coding.quote)}”"

    def new_code(self, name: str, definition: str = "", parent: str | None = None) -> Code:
        """A new code outside the theory. Raises NameTaken."""
        with self._act("new code", f"new code '{name}'") as work:
            parent_id = codes.find_code(work.conn, parent) if parent is not None else None
            code_id = codes.add_code(work, name, definition, parent_id)
            return next(code for code in codes.list_codes(work.conn) if code.id == code_id)

    # -- the journal ----------------------------------------------------------------------------------------

    def undo(self, *, mine: bool = False) -> list[Entry]:
        """Take back the newest act (``mine``: the newest of this coder) with its batch; newest first."""
        return self.file.undo(self.coder, only=self.coder if mine else None)

    def redo(self, *, mine: bool = False) -> list[Entry]:
        """Do again what was undone last, unless something new was done since; oldest first."""
        return self.file.redo(self.coder, only=self.coder if mine else None)

    def log(self, limit: int | None = None) -> list[Entry]:
        """The journal, newest first."""
        with self.file.read() as conn:
            return journal.entries(conn, newest_first=True, limit=limit)

    def check(self) -> list[Finding]:
        """Everything that is not as it must be; an empty list for a sound study."""
        with self.file.read() as conn:
            return list(check_study(conn))

    def backup(self, folder: str | Path | None = None) -> Path:
        """A verified copy beside the study (or in ``folder``); the newest ten are kept."""
        return backup(self.path, Path(folder) if folder is not None else None)

    def close(self) -> None:
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _act(self, act: str, summary: str = "") -> Iterator[Work]:
        with self.file.act(self.coder, act, summary) as work:
            yield work

    def _coding(self, work: Work, coding_id: int) -> Coding:
        return codings.get_coding(work.conn, coding_id, self.coder)


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 40 else words[:39] + "…"
