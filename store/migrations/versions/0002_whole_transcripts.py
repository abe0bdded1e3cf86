"""Whole transcripts: originals, how files were read, times, marks, rounds, plans, guides, word forms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "originals",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_originals")),
        sa.UniqueConstraint("sha256", name=op.f("uq_originals_sha256")),
    )
    op.create_table(
        "profiles",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("name", name=op.f("uq_profiles_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_profiles_uuid")),
    )
    op.create_table(
        "words",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("lemma", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_words")),
        sa.UniqueConstraint("language", "form", name=op.f("uq_words_language_form")),
    )
    op.create_index("ix_words_lemma", "words", ["language", "lemma"], unique=False)
    op.create_table(
        "guides",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("round", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_guides_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guides")),
        sa.UniqueConstraint("name", name=op.f("uq_guides_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_guides_uuid")),
    )
    op.create_index(op.f("ix_guides_role_id"), "guides", ["role_id"], unique=False)
    op.create_table(
        "planned_interviews",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_planned_interviews_case_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_planned_interviews_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_interviews")),
        sa.UniqueConstraint("case_id", "role_id", "round", name=op.f("uq_planned_interviews_case_id_role_id_round")),
    )
    op.create_index(op.f("ix_planned_interviews_role_id"), "planned_interviews", ["role_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guide_id"], ["guides.id"], name=op.f("fk_questions_guide_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("guide_id", "number", name=op.f("uq_questions_guide_id_number")),
        sa.UniqueConstraint("uuid", name=op.f("uq_questions_uuid")),
    )
    op.create_table(
        "question_aims",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_question_aims_code_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_question_aims_point_id")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_question_aims_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_aims")),
        sa.UniqueConstraint(
            "question_id", "code_id", "point_id", name=op.f("uq_question_aims_question_id_code_id_point_id")
        ),
    )
    op.create_index(op.f("ix_question_aims_code_id"), "question_aims", ["code_id"], unique=False)
    op.create_index(op.f("ix_question_aims_point_id"), "question_aims", ["point_id"], unique=False)
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('omission', 'pause', 'redaction', 'clarification', 'non-speech', 'crosstalk', 'inaudible', "
            "'attribution', 'none')",
            name=op.f("ck_marks_kind"),
        ),
        sa.ForeignKeyConstraint(["version_id"], ["source_versions.id"], name=op.f("fk_marks_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint("version_id", "start", "end", name=op.f("uq_marks_version_id_start_end")),
    )
    op.create_table(
        "asked",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_asked_question_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name=op.f("fk_asked_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked")),
        sa.UniqueConstraint("question_id", "turn_id", name=op.f("uq_asked_question_id_turn_id")),
    )
    op.create_index(op.f("ix_asked_turn_id"), "asked", ["turn_id"], unique=False)
    op.add_column("attributes", sa.Column("choices", sa.Text(), nullable=True))
    op.add_column("excerpts", sa.Column("was", sa.Text(), nullable=True))
    op.add_column("source_versions", sa.Column("style", sa.String(), nullable=True))
    op.add_column("source_versions", sa.Column("settings", sa.Text(), nullable=True))
    op.add_column("source_versions", sa.Column("findings", sa.Text(), nullable=True))
    op.add_column("source_versions", sa.Column("marks", sa.Text(), nullable=True))
    op.add_column("source_versions", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("sources", sa.Column("round", sa.String(), nullable=True))
    op.add_column("sources", sa.Column("held_on", sa.String(), nullable=True))
    op.add_column("turns", sa.Column("begins_at", sa.Integer(), nullable=True))
    op.add_column("turns", sa.Column("ends_at", sa.Integer(), nullable=True))
