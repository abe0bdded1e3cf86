"""The first schema. Frozen: a change to the tables is a new migration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attributes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('text', 'number', 'date', 'choice')", name=op.f("ck_attributes_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attributes")),
        sa.UniqueConstraint("name", name=op.f("uq_attributes_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_attributes_uuid")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("name", name=op.f("uq_cases_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_cases_uuid")),
    )
    op.create_table(
        "coders",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coders")),
        sa.UniqueConstraint("name", name=op.f("uq_coders_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_coders_uuid")),
    )
    op.create_table(
        "glossary",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary")),
        sa.UniqueConstraint("term", name=op.f("uq_glossary_term")),
        sa.UniqueConstraint("uuid", name=op.f("uq_glossary_uuid")),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("batch", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("kind IN ('create', 'do', 'undo', 'redo')", name=op.f("ck_journal_kind")),
        sa.ForeignKeyConstraint(["target"], ["journal.seq"], name=op.f("fk_journal_target")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("uuid", name=op.f("uq_journal_uuid")),
        info={"journal": False},
    )
    op.create_index("ix_journal_kind_seq", "journal", ["kind", "seq"], unique=False)
    op.create_index(op.f("ix_journal_target"), "journal", ["target"], unique=False)
    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("name", name=op.f("uq_roles_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_roles_uuid")),
    )
    op.create_table(
        "sequences",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("next_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", name=op.f("pk_sequences")),
        info={"journal": False},
    )
    op.create_table(
        "studies",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studies")),
        sa.UniqueConstraint("uuid", name=op.f("uq_studies_uuid")),
    )
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sa.UniqueConstraint("sha256", name=op.f("uq_texts_sha256")),
        info={"journal": False},
    )
    op.create_table(
        "theories",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theories")),
        sa.UniqueConstraint("uuid", name=op.f("uq_theories_uuid")),
    )
    op.create_table(
        "attribute_values",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("attribute_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["attribute_id"], ["attributes.id"], name=op.f("fk_attribute_values_attribute_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attribute_values_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute_values")),
        sa.UniqueConstraint("case_id", "attribute_id", name=op.f("uq_attribute_values_case_id_attribute_id")),
    )
    op.create_index(op.f("ix_attribute_values_attribute_id"), "attribute_values", ["attribute_id"], unique=False)
    op.create_table(
        "elements",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("theory_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["theory_id"], ["theories.id"], name=op.f("fk_elements_theory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elements")),
        sa.UniqueConstraint("theory_id", "letter", name=op.f("uq_elements_theory_id_letter")),
        sa.UniqueConstraint("uuid", name=op.f("uq_elements_uuid")),
    )
    op.create_table(
        "journal_parts",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_journal_parts_seq")),
        sa.PrimaryKeyConstraint("seq", "part", name=op.f("pk_journal_parts")),
        info={"journal": False},
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_participants_case_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_participants_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("name", name=op.f("uq_participants_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_participants_uuid")),
    )
    op.create_index(op.f("ix_participants_case_id"), "participants", ["case_id"], unique=False)
    op.create_index(op.f("ix_participants_role_id"), "participants", ["role_id"], unique=False)
    op.create_table(
        "points",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("theory_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("is_overall", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["theory_id"], ["theories.id"], name=op.f("fk_points_theory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points")),
        sa.UniqueConstraint("theory_id", "number", name=op.f("uq_points_theory_id_number")),
        sa.UniqueConstraint("uuid", name=op.f("uq_points_uuid")),
    )
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("element_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["element_id"], ["elements.id"], name=op.f("fk_codes_element_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["codes.id"], name=op.f("fk_codes_parent_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_codes_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("name", name=op.f("uq_codes_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_codes_uuid")),
    )
    op.create_index(op.f("ix_codes_element_id"), "codes", ["element_id"], unique=False)
    op.create_index(op.f("ix_codes_parent_id"), "codes", ["parent_id"], unique=False)
    op.create_index(op.f("ix_codes_point_id"), "codes", ["point_id"], unique=False)
    op.create_table(
        "point_versions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_point_versions_coder_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_point_versions_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_versions")),
        sa.UniqueConstraint("point_id", "number", name=op.f("uq_point_versions_point_id_number")),
        sa.UniqueConstraint("uuid", name=op.f("uq_point_versions_uuid")),
    )
    op.create_index(op.f("ix_point_versions_coder_id"), "point_versions", ["coder_id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('interview', 'focus group', 'observation notes', 'meeting notes', 'document')",
            name=op.f("ck_sources_kind"),
        ),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_sources_participant_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_sources_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("name", name=op.f("uq_sources_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sources_uuid")),
    )
    op.create_index(op.f("ix_sources_participant_id"), "sources", ["participant_id"], unique=False)
    op.create_index(op.f("ix_sources_role_id"), "sources", ["role_id"], unique=False)
    op.create_table(
        "point_elements",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("point_version_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["element_id"], ["elements.id"], name=op.f("fk_point_elements_element_id")),
        sa.ForeignKeyConstraint(
            ["point_version_id"], ["point_versions.id"], name=op.f("fk_point_elements_point_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_elements")),
        sa.UniqueConstraint(
            "point_version_id", "element_id", name=op.f("uq_point_elements_point_version_id_element_id")
        ),
    )
    op.create_index(op.f("ix_point_elements_element_id"), "point_elements", ["element_id"], unique=False)
    op.create_table(
        "source_cases",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_source_cases_case_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_source_cases_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_cases")),
        sa.UniqueConstraint("source_id", "case_id", name=op.f("uq_source_cases_source_id_case_id")),
    )
    op.create_index(op.f("ix_source_cases_case_id"), "source_cases", ["case_id"], unique=False)
    op.create_table(
        "source_versions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("turn_count", sa.Integer(), nullable=False),
        sa.Column("sentence_count", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=False),
        sa.Column("furniture", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_format", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_source_versions_source_id")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_source_versions_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_versions")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_source_versions_source_id_number")),
        sa.UniqueConstraint("uuid", name=op.f("uq_source_versions_uuid")),
    )
    op.create_index(op.f("ix_source_versions_file_sha256"), "source_versions", ["file_sha256"], unique=False)
    op.create_index(op.f("ix_source_versions_text_id"), "source_versions", ["text_id"], unique=False)
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_speakers_participant_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_speakers_role_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_speakers_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("source_id", "label", name=op.f("uq_speakers_source_id_label")),
        sa.UniqueConstraint("uuid", name=op.f("uq_speakers_uuid")),
    )
    op.create_index(op.f("ix_speakers_participant_id"), "speakers", ["participant_id"], unique=False)
    op.create_index(op.f("ix_speakers_role_id"), "speakers", ["role_id"], unique=False)
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("speech_start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_turns_speaker_id")),
        sa.ForeignKeyConstraint(["version_id"], ["source_versions.id"], name=op.f("fk_turns_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_turns_version_id_number")),
    )
    op.create_index(op.f("ix_turns_speaker_id"), "turns", ["speaker_id"], unique=False)
    op.create_table(
        "excerpts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.CheckConstraint("anchor IN ('ok', 'moved', 'needs review', 'lost')", name=op.f("ck_excerpts_anchor")),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name=op.f("ck_excerpts_span")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_excerpts_case_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name=op.f("fk_excerpts_turn_id")),
        sa.ForeignKeyConstraint(["version_id"], ["source_versions.id"], name=op.f("fk_excerpts_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excerpts")),
        sa.UniqueConstraint("uuid", name=op.f("uq_excerpts_uuid")),
        sa.UniqueConstraint("version_id", "start", "end", name=op.f("uq_excerpts_version_id_start_end")),
    )
    op.create_index(op.f("ix_excerpts_case_id"), "excerpts", ["case_id"], unique=False)
    op.create_index(op.f("ix_excerpts_turn_id"), "excerpts", ["turn_id"], unique=False)
    op.create_table(
        "codings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("excerpt_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_codings_code_id")),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_codings_coder_id")),
        sa.ForeignKeyConstraint(["excerpt_id"], ["excerpts.id"], name=op.f("fk_codings_excerpt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codings")),
        sa.UniqueConstraint("excerpt_id", "code_id", "coder_id", name=op.f("uq_codings_excerpt_id_code_id_coder_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_codings_uuid")),
    )
    op.create_index(op.f("ix_codings_code_id"), "codings", ["code_id"], unique=False)
    op.create_index(op.f("ix_codings_coder_id"), "codings", ["coder_id"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("coding_id", sa.Integer(), nullable=False),
        sa.Column("point_version_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=True),
        sa.Column("relevance", sa.Integer(), nullable=True),
        sa.Column("rigour", sa.Integer(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.CheckConstraint(
            "stance IN ('supports', 'refutes', 'refines', 'extends', 'rival')", name=op.f("ck_judgements_stance")
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_judgements_coder_id")),
        sa.ForeignKeyConstraint(["coding_id"], ["codings.id"], name=op.f("fk_judgements_coding_id")),
        sa.ForeignKeyConstraint(
            ["point_version_id"], ["point_versions.id"], name=op.f("fk_judgements_point_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        sa.UniqueConstraint(
            "coding_id", "point_version_id", "coder_id", name=op.f("uq_judgements_coding_id_point_version_id_coder_id")
        ),
        sa.UniqueConstraint("uuid", name=op.f("uq_judgements_uuid")),
    )
    op.create_index(op.f("ix_judgements_coder_id"), "judgements", ["coder_id"], unique=False)
    op.create_index(op.f("ix_judgements_point_version_id"), "judgements", ["point_version_id"], unique=False)
    op.create_table(
        "memos",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("coding_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_memos_case_id")),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_memos_code_id")),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_memos_coder_id")),
        sa.ForeignKeyConstraint(["coding_id"], ["codings.id"], name=op.f("fk_memos_coding_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_memos_point_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_memos_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memos")),
        sa.UniqueConstraint("uuid", name=op.f("uq_memos_uuid")),
    )
    op.create_index(op.f("ix_memos_case_id"), "memos", ["case_id"], unique=False)
    op.create_index(op.f("ix_memos_code_id"), "memos", ["code_id"], unique=False)
    op.create_index(op.f("ix_memos_coder_id"), "memos", ["coder_id"], unique=False)
    op.create_index(op.f("ix_memos_coding_id"), "memos", ["coding_id"], unique=False)
    op.create_index(op.f("ix_memos_point_id"), "memos", ["point_id"], unique=False)
    op.create_index(op.f("ix_memos_source_id"), "memos", ["source_id"], unique=False)
