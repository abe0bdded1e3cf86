"""The one picture of the tables.

Conventions that hold for every table:

* ``id`` is an integer that is given once and never used again, ``uuid`` is for exchange and merging;
* positions are Unicode code points into a source version's text (NFC, LF line ends), ``end`` exclusive;
* times are UTC in ISO 8601 with milliseconds and a ``Z``;
* a column holds only what JSON can hold, so that the journal can keep every row as it was.

Tables whose ``info`` says ``journal: False`` are not undone: the journal itself, the id counters, and the
texts, which are kept by the hash of their content and never change.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION_ID = 0x434D4F31
"""``CMO1``: the mark in a SQLite header that says "this is a study" (also seen by ``file``)."""

SCHEMA_REVISION = "0002"
"""The Alembic revision that this code reads and writes; revisions are numbers, so that newer can be told."""

SOURCE_KINDS = ("interview", "focus group", "observation notes", "meeting notes", "document")
STANCES = ("supports", "refutes", "refines", "extends", "rival")
ANCHOR_STATES = ("ok", "moved", "needs review", "lost")
ATTRIBUTE_KINDS = ("text", "number", "date", "choice")
MARK_KINDS = ("omission", "pause", "redaction", "clarification", "non-speech", "crosstalk", "inaudible", "attribution")
"""What transcribers write into speech that is not speech."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _entity(name: str, *columns: Any, **options: Any) -> Table:
    """A table of things that can be named from outside: integer id and UUID."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("uuid", String(32), nullable=False, unique=True),
        *columns,
        **options,
    )


def _detail(name: str, *columns: Any, **options: Any) -> Table:
    """A table of parts of a thing: integer id only."""
    return Table(name, metadata, Column("id", Integer, primary_key=True, autoincrement=False), *columns, **options)


def _ref(name: str, target: str, *, null: bool = False, index: bool = True) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=null, index=index)


# -- the study itself ---------------------------------------------------------------------------------------

studies = _entity(
    "studies",
    Column("name", String, nullable=False),
    Column("language", String, nullable=False),
    Column("created_at", String, nullable=False),
)

coders = _entity(
    "coders",
    Column("name", String, nullable=False, unique=True),
    Column("created_at", String, nullable=False),
)

# -- cases and people ---------------------------------------------------------------------------------------

roles = _entity("roles", Column("name", String, nullable=False, unique=True))

cases = _entity(
    "cases",
    Column("name", String, nullable=False, unique=True),
    Column("position", Integer, nullable=False),
)

attributes = _entity(
    "attributes",
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("choices", Text, nullable=True),
    _one_of("kind", ATTRIBUTE_KINDS),
)

attribute_values = _detail(
    "attribute_values",
    _ref("case_id", "cases", index=False),
    _ref("attribute_id", "attributes"),
    Column("value", String, nullable=False),
    UniqueConstraint("case_id", "attribute_id"),
)

participants = _entity(
    "participants",
    Column("name", String, nullable=False, unique=True),
    _ref("role_id", "roles", null=True),
    _ref("case_id", "cases", null=True),
)

# -- sources and their text ---------------------------------------------------------------------------------

texts = _detail(
    "texts",
    Column("sha256", String(64), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    info={"journal": False},
)

# The files as they came, deflated, by the hash of their bytes; like texts they never change.
originals = _detail(
    "originals",
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    info={"journal": False},
)

sources = _entity(
    "sources",
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("language", String, nullable=False),
    _ref("role_id", "roles", null=True),
    _ref("participant_id", "participants", null=True),
    Column("position", Integer, nullable=False),
    Column("round", String, nullable=True),
    Column("held_on", String, nullable=True),
    _one_of("kind", SOURCE_KINDS),
)

source_cases = _detail(
    "source_cases",
    _ref("source_id", "sources", index=False),
    _ref("case_id", "cases"),
    UniqueConstraint("source_id", "case_id"),
)

source_versions = _entity(
    "source_versions",
    _ref("source_id", "sources", index=False),
    Column("number", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    _ref("text_id", "texts"),
    Column("sha256", String(64), nullable=False),
    Column("characters", Integer, nullable=False),
    Column("turn_count", Integer, nullable=False),
    Column("sentence_count", Integer, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("furniture", Text, nullable=False),
    Column("file_name", String, nullable=False),
    Column("file_format", String, nullable=False),
    Column("file_sha256", String(64), nullable=False, index=True),
    Column("encoding", String, nullable=False),
    Column("created_at", String, nullable=False),
    # How the file was read: the style of its turns, the settings used, what was found doubtful (JSON).
    Column("style", String, nullable=True),
    Column("settings", Text, nullable=True),
    Column("findings", Text, nullable=True),
    # Conventions found in the text, packed; what a person said of them is in `marks`.
    Column("marks", Text, nullable=True),
    # Why this version took the place of the one before it.
    Column("reason", Text, nullable=True),
    UniqueConstraint("source_id", "number"),
)

speakers = _entity(
    "speakers",
    _ref("source_id", "sources", index=False),
    Column("label", String, nullable=False),
    _ref("participant_id", "participants", null=True),
    _ref("role_id", "roles", null=True),
    Column("asks", Boolean, nullable=True),
    UniqueConstraint("source_id", "label"),
)

turns = _detail(
    "turns",
    _ref("version_id", "source_versions", index=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("speech_start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _ref("speaker_id", "speakers", null=True),
    # Milliseconds from the start of the recording.
    Column("begins_at", Integer, nullable=True),
    Column("ends_at", Integer, nullable=True),
    UniqueConstraint("version_id", "number"),
)

# What a person said that a stretch of the text is, against what was found; `none` for plain speech.
marks = _detail(
    "marks",
    _ref("version_id", "source_versions", index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    UniqueConstraint("version_id", "start", "end"),
    _one_of("kind", (*MARK_KINDS, "none")),
)

# How to read a batch of files alike: encoding, style, labels, furniture (JSON).
profiles = _entity(
    "profiles",
    Column("name", String, nullable=False, unique=True),
    Column("settings", Text, nullable=False),
)

# Word forms met in the texts and their lemmas, for search; like the index of words they only grow.
words = _detail(
    "words",
    Column("language", String, nullable=False),
    Column("form", String, nullable=False),
    Column("lemma", String, nullable=False),
    UniqueConstraint("language", "form"),
    Index("ix_words_lemma", "language", "lemma"),
    info={"journal": False},
)

# -- what was planned: interviews and questions ---------------------------------------------------------------

planned_interviews = _detail(
    "planned_interviews",
    _ref("case_id", "cases", null=True, index=False),
    _ref("role_id", "roles"),
    Column("round", String, nullable=True),
    Column("expected", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("case_id", "role_id", "round"),
)

guides = _entity(
    "guides",
    Column("name", String, nullable=False, unique=True),
    _ref("role_id", "roles", null=True),
    Column("round", String, nullable=True),
    Column("position", Integer, nullable=False),
)

questions = _entity(
    "questions",
    _ref("guide_id", "guides", index=False),
    Column("number", String, nullable=False),
    Column("wording", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("guide_id", "number"),
)

question_aims = _detail(
    "question_aims",
    _ref("question_id", "questions", index=False),
    _ref("code_id", "codes", null=True),
    _ref("point_id", "points", null=True),
    UniqueConstraint("question_id", "code_id", "point_id"),
)

# Where a question was asked; `score` is the closeness of the wording, 0 to 100.
asked = _detail(
    "asked",
    _ref("question_id", "questions", index=False),
    _ref("turn_id", "turns"),
    Column("score", Integer, nullable=False),
    Column("is_confirmed", Boolean, nullable=True),
    UniqueConstraint("question_id", "turn_id"),
)

# -- programme theory ---------------------------------------------------------------------------------------

theories = _entity(
    "theories",
    Column("name", String, nullable=False),
    Column("position", Integer, nullable=False),
)

elements = _entity(
    "elements",
    _ref("theory_id", "theories", index=False),
    Column("letter", String, nullable=False),
    Column("name", String, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("theory_id", "letter"),
)

points = _entity(
    "points",
    _ref("theory_id", "theories", index=False),
    Column("number", String, nullable=False),
    Column("title", String, nullable=False),
    Column("is_overall", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("theory_id", "number"),
)

point_versions = _entity(
    "point_versions",
    _ref("point_id", "points", index=False),
    Column("number", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    _ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    UniqueConstraint("point_id", "number"),
)

point_elements = _detail(
    "point_elements",
    _ref("point_version_id", "point_versions", index=False),
    _ref("element_id", "elements"),
    Column("wording", Text, nullable=False),
    UniqueConstraint("point_version_id", "element_id"),
)

glossary = _entity(
    "glossary",
    Column("term", String, nullable=False, unique=True),
    Column("meaning", Text, nullable=False),
)

# -- codes and codings --------------------------------------------------------------------------------------

codes = _entity(
    "codes",
    Column("name", String, nullable=False, unique=True),
    Column("definition", Text, nullable=False),
    _ref("parent_id", "codes", null=True),
    _ref("point_id", "points", null=True),
    _ref("element_id", "elements", null=True),
    Column("position", Integer, nullable=False),
)

excerpts = _entity(
    "excerpts",
    _ref("version_id", "source_versions", index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    _ref("turn_id", "turns", null=True),
    _ref("case_id", "cases", null=True),
    Column("anchor", String, nullable=False),
    # The words before the correction that changed them.
    Column("was", Text, nullable=True),
    UniqueConstraint("version_id", "start", "end"),
    CheckConstraint('"start" >= 0 AND "end" > "start"', name="span"),
    _one_of("anchor", ANCHOR_STATES),
)

codings = _entity(
    "codings",
    _ref("excerpt_id", "excerpts", index=False),
    _ref("code_id", "codes"),
    _ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    UniqueConstraint("excerpt_id", "code_id", "coder_id"),
)

judgements = _entity(
    "judgements",
    _ref("coding_id", "codings", index=False),
    _ref("point_version_id", "point_versions"),
    _ref("coder_id", "coders"),
    Column("stance", String, nullable=False),
    Column("strength", Integer, nullable=True),
    Column("relevance", Integer, nullable=True),
    Column("rigour", Integer, nullable=True),
    Column("rationale", Text, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("created_at", String, nullable=False),
    UniqueConstraint("coding_id", "point_version_id", "coder_id"),
    _one_of("stance", STANCES),
)

memos = _entity(
    "memos",
    Column("body", Text, nullable=False),
    _ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    _ref("coding_id", "codings", null=True),
    _ref("source_id", "sources", null=True),
    _ref("case_id", "cases", null=True),
    _ref("code_id", "codes", null=True),
    _ref("point_id", "points", null=True),
)

# -- the journal --------------------------------------------------------------------------------------------

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("uuid", String(32), nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("target", Integer, ForeignKey("journal.seq"), nullable=True, index=True),
    Column("batch", String(32), nullable=True),
    Column("at", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("act", String, nullable=False),
    Column("summary", Text, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    _one_of("kind", ("create", "do", "undo", "redo")),
    info={"journal": False},
)

journal_parts = Table(
    "journal_parts",
    metadata,
    Column("seq", Integer, ForeignKey("journal.seq"), primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
    info={"journal": False},
)

sequences = Table(
    "sequences",
    metadata,
    Column("table_name", String, primary_key=True),
    Column("next_id", Integer, nullable=False),
    info={"journal": False},
)

Index("ix_journal_kind_seq", journal.c.kind, journal.c.seq)


def journalled_tables() -> list[Table]:
    """The tables that the journal records, parents before children."""
    return [table for table in metadata.sorted_tables if table.info.get("journal", True)]
