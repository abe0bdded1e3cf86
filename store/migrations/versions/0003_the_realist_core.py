"""The realist core: decisions, states and verdicts, reviews, configurations, summaries, ladders, bookmarks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _refer(table: str, column: str, target: str) -> None:
    """A new column that refers to another table; SQLite takes the foreign key only as a part of the column."""
    key = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{column}"))
    op.add_column(table, sa.Column(column, sa.Integer(), key, nullable=True), inline_references=True)


def upgrade() -> None:
    op.create_table(
        "ladders",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladders")),
        sa.UniqueConstraint("name", name=op.f("uq_ladders_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_ladders_uuid")),
    )
    op.create_table(
        "reading_places",
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("coder", "source_id", name=op.f("pk_reading_places")),
        info={"journal": False},
    )
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("name", name=op.f("uq_settings_name")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("inference", sa.String(), nullable=True),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('add', 'refine', 'split', 'merge', 'abandon', 'restore')", name=op.f("ck_decisions_kind")
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_decisions_coder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("uuid", name=op.f("uq_decisions_uuid")),
    )
    op.create_index(op.f("ix_decisions_coder_id"), "decisions", ["coder_id"], unique=False)
    op.create_table(
        "ladder_steps",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ladder_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ladder_id"], ["ladders.id"], name=op.f("fk_ladder_steps_ladder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_steps")),
        sa.UniqueConstraint("ladder_id", "number", name=op.f("uq_ladder_steps_ladder_id_number")),
    )
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ladder_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_measures_case_id")),
        sa.ForeignKeyConstraint(["ladder_id"], ["ladders.id"], name=op.f("fk_measures_ladder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("uuid", name=op.f("uq_measures_uuid")),
    )
    op.create_index(op.f("ix_measures_case_id"), "measures", ["case_id"], unique=False)
    op.create_index(op.f("ix_measures_ladder_id"), "measures", ["ladder_id"], unique=False)
    op.create_table(
        "theory_states",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("theory_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_theory_states_coder_id")),
        sa.ForeignKeyConstraint(["theory_id"], ["theories.id"], name=op.f("fk_theory_states_theory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_states")),
        sa.UniqueConstraint("name", name=op.f("uq_theory_states_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_theory_states_uuid")),
    )
    op.create_index(op.f("ix_theory_states_coder_id"), "theory_states", ["coder_id"], unique=False)
    op.create_index(op.f("ix_theory_states_theory_id"), "theory_states", ["theory_id"], unique=False)
    op.create_table(
        "configurations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("restatement", sa.Text(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.CheckConstraint("level IN ('case', 'cross-case', 'middle range')", name=op.f("ck_configurations_level")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_configurations_case_id")),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_configurations_coder_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_configurations_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configurations")),
        sa.UniqueConstraint("number", name=op.f("uq_configurations_number")),
        sa.UniqueConstraint("uuid", name=op.f("uq_configurations_uuid")),
    )
    op.create_index(op.f("ix_configurations_case_id"), "configurations", ["case_id"], unique=False)
    op.create_index(op.f("ix_configurations_coder_id"), "configurations", ["coder_id"], unique=False)
    op.create_index(op.f("ix_configurations_point_id"), "configurations", ["point_id"], unique=False)
    op.create_table(
        "bookmarks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_bookmarks_coder_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_bookmarks_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmarks")),
        sa.UniqueConstraint("source_id", "coder_id", "name", name=op.f("uq_bookmarks_source_id_coder_id_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_bookmarks_uuid")),
    )
    op.create_index(op.f("ix_bookmarks_coder_id"), "bookmarks", ["coder_id"], unique=False)
    op.create_table(
        "configuration_cases",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("configuration_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=False),
        sa.Column("presence", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "presence IN ('present', 'absent', 'partly', 'not known')", name=op.f("ck_configuration_cases_presence")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_configuration_cases_case_id")),
        sa.ForeignKeyConstraint(
            ["configuration_id"], ["configurations.id"], name=op.f("fk_configuration_cases_configuration_id")
        ),
        sa.ForeignKeyConstraint(["element_id"], ["elements.id"], name=op.f("fk_configuration_cases_element_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration_cases")),
        sa.UniqueConstraint(
            "configuration_id",
            "case_id",
            "element_id",
            name=op.f("uq_configuration_cases_configuration_id_case_id_element_id"),
        ),
    )
    op.create_index(op.f("ix_configuration_cases_case_id"), "configuration_cases", ["case_id"], unique=False)
    op.create_index(op.f("ix_configuration_cases_element_id"), "configuration_cases", ["element_id"], unique=False)
    op.create_table(
        "configuration_links",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ripple', 'rival', 'specialises', 'contradicts', 'embedded')",
            name=op.f("ck_configuration_links_kind"),
        ),
        sa.ForeignKeyConstraint(["from_id"], ["configurations.id"], name=op.f("fk_configuration_links_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["configurations.id"], name=op.f("fk_configuration_links_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration_links")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_configuration_links_from_id_to_id_kind")),
    )
    op.create_index(op.f("ix_configuration_links_to_id"), "configuration_links", ["to_id"], unique=False)
    op.create_table(
        "decision_points",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("point_version_id", sa.Integer(), nullable=False),
        sa.Column("is_result", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_decision_points_decision_id")),
        sa.ForeignKeyConstraint(
            ["point_version_id"], ["point_versions.id"], name=op.f("fk_decision_points_point_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_points")),
        sa.UniqueConstraint(
            "decision_id",
            "point_version_id",
            "is_result",
            name=op.f("uq_decision_points_decision_id_point_version_id_is_result"),
        ),
    )
    op.create_index(op.f("ix_decision_points_point_version_id"), "decision_points", ["point_version_id"], unique=False)
    op.create_table(
        "summaries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_summaries_case_id")),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_summaries_code_id")),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_summaries_coder_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_summaries_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summaries")),
        sa.UniqueConstraint("uuid", name=op.f("uq_summaries_uuid")),
    )
    op.create_index(op.f("ix_summaries_case_id"), "summaries", ["case_id"], unique=False)
    op.create_index(op.f("ix_summaries_code_id"), "summaries", ["code_id"], unique=False)
    op.create_index(op.f("ix_summaries_coder_id"), "summaries", ["coder_id"], unique=False)
    op.create_index(op.f("ix_summaries_point_id"), "summaries", ["point_id"], unique=False)
    op.create_table(
        "theory_state_points",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("point_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_version_id"], ["point_versions.id"], name=op.f("fk_theory_state_points_point_version_id")
        ),
        sa.ForeignKeyConstraint(["state_id"], ["theory_states.id"], name=op.f("fk_theory_state_points_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_state_points")),
        sa.UniqueConstraint(
            "state_id", "point_version_id", name=op.f("uq_theory_state_points_state_id_point_version_id")
        ),
    )
    op.create_index(
        op.f("ix_theory_state_points_point_version_id"), "theory_state_points", ["point_version_id"], unique=False
    )
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("point_version_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('theory holds', 'sound theory, weak implementation', 'weak theory, sound implementation', "
            "'weak theory, weak implementation', 'not tested')",
            name=op.f("ck_verdicts_verdict"),
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_verdicts_coder_id")),
        sa.ForeignKeyConstraint(["point_version_id"], ["point_versions.id"], name=op.f("fk_verdicts_point_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sa.UniqueConstraint("uuid", name=op.f("uq_verdicts_uuid")),
    )
    op.create_index(op.f("ix_verdicts_coder_id"), "verdicts", ["coder_id"], unique=False)
    op.create_index(op.f("ix_verdicts_point_version_id"), "verdicts", ["point_version_id"], unique=False)
    op.create_table(
        "configuration_parts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("configuration_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Integer(), nullable=True),
        sa.Column("coding_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("is_stated", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["codings.id"], name=op.f("fk_configuration_parts_coding_id")),
        sa.ForeignKeyConstraint(
            ["configuration_id"], ["configurations.id"], name=op.f("fk_configuration_parts_configuration_id")
        ),
        sa.ForeignKeyConstraint(["element_id"], ["elements.id"], name=op.f("fk_configuration_parts_element_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration_parts")),
        sa.UniqueConstraint(
            "configuration_id",
            "coding_id",
            "element_id",
            name=op.f("uq_configuration_parts_configuration_id_coding_id_element_id"),
        ),
    )
    op.create_index(op.f("ix_configuration_parts_coding_id"), "configuration_parts", ["coding_id"], unique=False)
    op.create_index(
        op.f("ix_configuration_parts_configuration_id"), "configuration_parts", ["configuration_id"], unique=False
    )
    op.create_index(op.f("ix_configuration_parts_element_id"), "configuration_parts", ["element_id"], unique=False)
    op.create_table(
        "decision_evidence",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("coding_id", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["codings.id"], name=op.f("fk_decision_evidence_coding_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_decision_evidence_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_evidence")),
    )
    op.create_index(op.f("ix_decision_evidence_coding_id"), "decision_evidence", ["coding_id"], unique=False)
    op.create_index(op.f("ix_decision_evidence_decision_id"), "decision_evidence", ["decision_id"], unique=False)
    op.create_table(
        "summary_quotes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("coding_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["codings.id"], name=op.f("fk_summary_quotes_coding_id")),
        sa.ForeignKeyConstraint(["summary_id"], ["summaries.id"], name=op.f("fk_summary_quotes_summary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_quotes")),
        sa.UniqueConstraint("summary_id", "coding_id", name=op.f("uq_summary_quotes_summary_id_coding_id")),
    )
    op.create_index(op.f("ix_summary_quotes_coding_id"), "summary_quotes", ["coding_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coders.id"], name=op.f("fk_reviews_coder_id")),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgements.id"], name=op.f("fk_reviews_judgement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("judgement_id", "coder_id", name=op.f("uq_reviews_judgement_id_coder_id")),
    )
    op.create_index(op.f("ix_reviews_coder_id"), "reviews", ["coder_id"], unique=False)
    op.add_column("codings", sa.Column("undecided", sa.String(), nullable=True))
    op.add_column("codings", sa.Column("is_best", sa.Boolean(), nullable=True))
    _refer("elements", "parent_id", "elements")
    op.add_column("elements", sa.Column("definition", sa.Text(), nullable=True))
    op.create_index(op.f("ix_elements_parent_id"), "elements", ["parent_id"], unique=False)
    _refer("point_versions", "decision_id", "decisions")
    op.add_column("point_versions", sa.Column("sentence", sa.Text(), nullable=True))
    op.create_index(op.f("ix_point_versions_decision_id"), "point_versions", ["decision_id"], unique=False)
    _refer("points", "parent_id", "points")
    _refer("points", "rival_of_id", "points")
    op.add_column("points", sa.Column("state", sa.String(), nullable=True))
    op.create_index(op.f("ix_points_parent_id"), "points", ["parent_id"], unique=False)
    op.create_index(op.f("ix_points_rival_of_id"), "points", ["rival_of_id"], unique=False)
    op.add_column("theories", sa.Column("grammar", sa.String(), nullable=True))
