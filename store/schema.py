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

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.columns import detail, entity, one_of, ref
from store.columns import metadata as metadata
from store.vocabularies import ANCHOR_STATES as ANCHOR_STATES
from store.vocabularies import ATTRIBUTE_KINDS as ATTRIBUTE_KINDS
from store.vocabularies import DECISIONS as DECISIONS
from store.vocabularies import INFERENCES as INFERENCES
from store.vocabularies import LEVELS as LEVELS
from store.vocabularies import LINK_KINDS as LINK_KINDS
from store.vocabularies import MARK_KINDS as MARK_KINDS
from store.vocabularies import POINT_STATES as POINT_STATES
from store.vocabularies import PRESENCES as PRESENCES
from store.vocabularies import SOURCE_KINDS as SOURCE_KINDS
from store.vocabularies import STANCES as STANCES
from store.vocabularies import VERDICTS as VERDICTS

APPLICATION_ID = 0x434D4F31
"""``CMO1``: the mark in a SQLite header that says "this is a study" (also seen by ``file``)."""

SCHEMA_REVISION = "0004"
"""The Alembic revision that this code reads and writes; revisions are numbers, so that newer can be told."""

# -- the study itself ---------------------------------------------------------------------------------------

studies = entity(
    "studies",
    Column("name", String, nullable=False),
    Column("language", String, nullable=False),
    Column("created_at", String, nullable=False),
)

coders = entity(
    "coders",
    Column("name", String, nullable=False, unique=True),
    Column("created_at", String, nullable=False),
)

# -- cases and people ---------------------------------------------------------------------------------------

roles = entity("roles", Column("name", String, nullable=False, unique=True))

cases = entity(
    "cases",
    Column("name", String, nullable=False, unique=True),
    Column("position", Integer, nullable=False),
)

attributes = entity(
    "attributes",
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("choices", Text, nullable=True),
    one_of("kind", ATTRIBUTE_KINDS),
)

attribute_values = detail(
    "attribute_values",
    ref("case_id", "cases", index=False),
    ref("attribute_id", "attributes"),
    Column("value", String, nullable=False),
    UniqueConstraint("case_id", "attribute_id"),
)

participants = entity(
    "participants",
    Column("name", String, nullable=False, unique=True),
    ref("role_id", "roles", null=True),
    ref("case_id", "cases", null=True),
)

# -- sources and their text ---------------------------------------------------------------------------------

texts = detail(
    "texts",
    Column("sha256", String(64), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    info={"journal": False},
)

# The files as they came, deflated, by the hash of their bytes; like texts they never change.
originals = detail(
    "originals",
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    info={"journal": False},
)

sources = entity(
    "sources",
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("language", String, nullable=False),
    ref("role_id", "roles", null=True),
    ref("participant_id", "participants", null=True),
    Column("position", Integer, nullable=False),
    Column("round", String, nullable=True),
    Column("held_on", String, nullable=True),
    one_of("kind", SOURCE_KINDS),
)

source_cases = detail(
    "source_cases",
    ref("source_id", "sources", index=False),
    ref("case_id", "cases"),
    UniqueConstraint("source_id", "case_id"),
)

source_versions = entity(
    "source_versions",
    ref("source_id", "sources", index=False),
    Column("number", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    ref("text_id", "texts"),
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

speakers = entity(
    "speakers",
    ref("source_id", "sources", index=False),
    Column("label", String, nullable=False),
    ref("participant_id", "participants", null=True),
    ref("role_id", "roles", null=True),
    Column("asks", Boolean, nullable=True),
    UniqueConstraint("source_id", "label"),
)

turns = detail(
    "turns",
    ref("version_id", "source_versions", index=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("speech_start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    ref("speaker_id", "speakers", null=True),
    # Milliseconds from the start of the recording.
    Column("begins_at", Integer, nullable=True),
    Column("ends_at", Integer, nullable=True),
    UniqueConstraint("version_id", "number"),
)

# What a person said that a stretch of the text is, against what was found; `none` for plain speech.
marks = detail(
    "marks",
    ref("version_id", "source_versions", index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    UniqueConstraint("version_id", "start", "end"),
    one_of("kind", (*MARK_KINDS, "none")),
)

# How to read a batch of files alike: encoding, style, labels, furniture (JSON).
profiles = entity(
    "profiles",
    Column("name", String, nullable=False, unique=True),
    Column("settings", Text, nullable=False),
)

# Word forms met in the texts and their lemmas, for search; like the index of words they only grow.
words = detail(
    "words",
    Column("language", String, nullable=False),
    Column("form", String, nullable=False),
    Column("lemma", String, nullable=False),
    UniqueConstraint("language", "form"),
    Index("ix_words_lemma", "language", "lemma"),
    info={"journal": False},
)

# -- what was planned: interviews and questions ---------------------------------------------------------------

planned_interviews = detail(
    "planned_interviews",
    ref("case_id", "cases", null=True, index=False),
    ref("role_id", "roles"),
    Column("round", String, nullable=True),
    Column("expected", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("case_id", "role_id", "round"),
)

guides = entity(
    "guides",
    Column("name", String, nullable=False, unique=True),
    ref("role_id", "roles", null=True),
    Column("round", String, nullable=True),
    Column("position", Integer, nullable=False),
)

questions = entity(
    "questions",
    ref("guide_id", "guides", index=False),
    Column("number", String, nullable=False),
    Column("wording", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("guide_id", "number"),
)

question_aims = detail(
    "question_aims",
    ref("question_id", "questions", index=False),
    ref("code_id", "codes", null=True),
    ref("point_id", "points", null=True),
    UniqueConstraint("question_id", "code_id", "point_id"),
)

# Where a question was asked; `score` is the closeness of the wording, 0 to 100.
asked = detail(
    "asked",
    ref("question_id", "questions", index=False),
    ref("turn_id", "turns"),
    Column("score", Integer, nullable=False),
    Column("is_confirmed", Boolean, nullable=True),
    UniqueConstraint("question_id", "turn_id"),
)

# -- programme theory ---------------------------------------------------------------------------------------

theories = entity(
    "theories",
    Column("name", String, nullable=False),
    Column("position", Integer, nullable=False),
    # The name of its grammar, such as CMO or ICAMO; NULL where the elements are the study's own.
    Column("grammar", String, nullable=True),
)

elements = entity(
    "elements",
    ref("theory_id", "theories", index=False),
    Column("letter", String, nullable=False),
    Column("name", String, nullable=False),
    Column("position", Integer, nullable=False),
    # The element that this one is a part of, as reasoning is of mechanism.
    ref("parent_id", "elements", null=True),
    Column("definition", Text, nullable=True),
    UniqueConstraint("theory_id", "letter"),
)

points = entity(
    "points",
    ref("theory_id", "theories", index=False),
    Column("number", String, nullable=False),
    Column("title", String, nullable=False),
    Column("is_overall", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    ref("parent_id", "points", null=True),
    ref("rival_of_id", "points", null=True),
    # One of POINT_STATES; NULL is "held".
    Column("state", String, nullable=True),
    UniqueConstraint("theory_id", "number"),
)

# Why the theory changed: what, why, how it was inferred, who, and who saw it otherwise.
decisions = entity(
    "decisions",
    Column("kind", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("inference", String, nullable=True),
    Column("dissent", Text, nullable=False),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    one_of("kind", DECISIONS),
)

point_versions = entity(
    "point_versions",
    ref("point_id", "points", index=False),
    Column("number", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    # The decision that made it; NULL for a first wording and for one that a table brought in.
    ref("decision_id", "decisions", null=True),
    # The if-then-because sentence in a person's words; NULL: composed from the elements.
    Column("sentence", Text, nullable=True),
    UniqueConstraint("point_id", "number"),
)

point_elements = detail(
    "point_elements",
    ref("point_version_id", "point_versions", index=False),
    ref("element_id", "elements"),
    Column("wording", Text, nullable=False),
    UniqueConstraint("point_version_id", "element_id"),
)

# The wordings that a decision started from and ended in: lineage.
decision_points = detail(
    "decision_points",
    ref("decision_id", "decisions", index=False),
    ref("point_version_id", "point_versions"),
    Column("is_result", Boolean, nullable=False),
    UniqueConstraint("decision_id", "point_version_id", "is_result"),
)

# The evidence that a decision rests on; the words stay when the coding is taken away.
decision_evidence = detail(
    "decision_evidence",
    ref("decision_id", "decisions"),
    ref("coding_id", "codings", null=True),
    Column("quote", Text, nullable=False),
    Column("reference", Text, nullable=False),
)

# The whole theory as it stood: "initial theory" and later states.
theory_states = entity(
    "theory_states",
    ref("theory_id", "theories"),
    Column("name", String, nullable=False, unique=True),
    Column("note", Text, nullable=False),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
)

theory_state_points = detail(
    "theory_state_points",
    ref("state_id", "theory_states", index=False),
    ref("point_version_id", "point_versions"),
    Column("position", Integer, nullable=False),
    UniqueConstraint("state_id", "point_version_id"),
)

# What the study says of a point in the end; of the whole programme where there is no point version.
verdicts = entity(
    "verdicts",
    ref("point_version_id", "point_versions", null=True),
    Column("verdict", String, nullable=False),
    Column("reason", Text, nullable=False),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    Column("is_current", Boolean, nullable=False),
    one_of("verdict", VERDICTS),
)

glossary = entity(
    "glossary",
    Column("term", String, nullable=False, unique=True),
    Column("meaning", Text, nullable=False),
)

# -- codes and codings --------------------------------------------------------------------------------------

codes = entity(
    "codes",
    Column("name", String, nullable=False, unique=True),
    Column("definition", Text, nullable=False),
    ref("parent_id", "codes", null=True),
    ref("point_id", "points", null=True),
    ref("element_id", "elements", null=True),
    Column("position", Integer, nullable=False),
)

excerpts = entity(
    "excerpts",
    ref("version_id", "source_versions", index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    ref("turn_id", "turns", null=True),
    ref("case_id", "cases", null=True),
    Column("anchor", String, nullable=False),
    # The words before the correction that changed them.
    Column("was", Text, nullable=True),
    UniqueConstraint("version_id", "start", "end"),
    CheckConstraint('"start" >= 0 AND "end" > "start"', name="span"),
    one_of("anchor", ANCHOR_STATES),
)

codings = entity(
    "codings",
    ref("excerpt_id", "excerpts", index=False),
    ref("code_id", "codes"),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    # Letters of the elements that a coding of the whole point may belong to, as in "CM"; NULL: not in doubt.
    Column("undecided", String, nullable=True),
    # Chosen by a person to stand for its kind in a report.
    Column("is_best", Boolean, nullable=True),
    UniqueConstraint("excerpt_id", "code_id", "coder_id"),
)

judgements = entity(
    "judgements",
    ref("coding_id", "codings", index=False),
    ref("point_version_id", "point_versions"),
    ref("coder_id", "coders"),
    Column("stance", String, nullable=False),
    Column("strength", Integer, nullable=True),
    Column("relevance", Integer, nullable=True),
    Column("rigour", Integer, nullable=True),
    Column("rationale", Text, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("created_at", String, nullable=False),
    UniqueConstraint("coding_id", "point_version_id", "coder_id"),
    one_of("stance", STANCES),
)

# A second judge's word on a judgement.
reviews = detail(
    "reviews",
    ref("judgement_id", "judgements", index=False),
    ref("coder_id", "coders"),
    Column("agrees", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", String, nullable=False),
    UniqueConstraint("judgement_id", "coder_id"),
)

memos = entity(
    "memos",
    Column("body", Text, nullable=False),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    ref("coding_id", "codings", null=True),
    ref("source_id", "sources", null=True),
    ref("case_id", "cases", null=True),
    ref("code_id", "codes", null=True),
    ref("point_id", "points", null=True),
)

# -- configurations ------------------------------------------------------------------------------------------

configurations = entity(
    "configurations",
    Column("number", Integer, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("restatement", Text, nullable=False),
    Column("level", String, nullable=False),
    ref("point_id", "points", null=True),
    ref("case_id", "cases", null=True),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    one_of("level", LEVELS),
)

# An element of a configuration: what somebody said (a coding), or what the analyst infers (words alone), or both.
configuration_parts = detail(
    "configuration_parts",
    ref("configuration_id", "configurations"),
    # NULL: undecided.
    ref("element_id", "elements", null=True),
    ref("coding_id", "codings", null=True),
    Column("wording", Text, nullable=False),
    Column("is_stated", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("configuration_id", "coding_id", "element_id"),
)

configuration_links = detail(
    "configuration_links",
    ref("from_id", "configurations", index=False),
    ref("to_id", "configurations"),
    Column("kind", String, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("from_id", "to_id", "kind"),
    one_of("kind", LINK_KINDS),
)

# Whether an element of a configuration was there in a case: the cross-case table.
configuration_cases = detail(
    "configuration_cases",
    ref("configuration_id", "configurations", index=False),
    ref("case_id", "cases"),
    ref("element_id", "elements"),
    Column("presence", String, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("configuration_id", "case_id", "element_id"),
    one_of("presence", PRESENCES),
)

# -- cases in the analyst's words, and on ladders -------------------------------------------------------------

# A case as a whole, or as to a code or a point: one cell of the framework matrix.
summaries = entity(
    "summaries",
    ref("case_id", "cases"),
    ref("code_id", "codes", null=True),
    ref("point_id", "points", null=True),
    Column("body", Text, nullable=False),
    ref("coder_id", "coders"),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
)

summary_quotes = detail(
    "summary_quotes",
    ref("summary_id", "summaries", index=False),
    ref("coding_id", "codings"),
    UniqueConstraint("summary_id", "coding_id"),
)

ladders = entity(
    "ladders",
    Column("name", String, nullable=False, unique=True),
    Column("definition", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

ladder_steps = detail(
    "ladder_steps",
    ref("ladder_id", "ladders", index=False),
    Column("number", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("definition", Text, nullable=False),
    UniqueConstraint("ladder_id", "number"),
)

measures = entity(
    "measures",
    ref("case_id", "cases", null=True),
    Column("name", String, nullable=False),
    ref("ladder_id", "ladders", null=True),
    # NULL: not placed yet.
    Column("step", Integer, nullable=True),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

# -- how the study is shown and read --------------------------------------------------------------------------

# Choices of the whole study, such as how quotes are attributed; values are JSON.
settings = detail(
    "settings",
    Column("name", String, nullable=False, unique=True),
    Column("value", Text, nullable=False),
)

bookmarks = entity(
    "bookmarks",
    ref("source_id", "sources", index=False),
    ref("coder_id", "coders"),
    Column("name", String, nullable=False),
    Column("start", Integer, nullable=False),
    UniqueConstraint("source_id", "coder_id", "name"),
)

# Where a coder left a source: no act, and nothing that undo takes back.
reading_places = Table(
    "reading_places",
    metadata,
    Column("coder", String, primary_key=True),
    Column("source_id", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("at", String, nullable=False),
    info={"journal": False},
)

# What a coder has typed into a form and not saved: no act either.
drafts = Table(
    "drafts",
    metadata,
    Column("coder", String, primary_key=True),
    Column("form", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("words", Text, nullable=False),
    info={"journal": False},
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
    one_of("kind", ("create", "do", "undo", "redo")),
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
