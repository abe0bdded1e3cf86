"""A realist analysis of the evaluation in ``reference/spredning``, made again from positions and our own words.

``python examples/spredning/build.py REFERENCE/spredning STUDY.cmo`` makes the study. The tables beside this file hold
what one analyst did: where passages begin and end, their codes and stances, decisions, configurations. Of the
interviews themselves they hold the SHA-256 alone, so that a changed text is told and never coded in the wrong place.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import cmo
from cmo.study import Study
from codebook.records import CodingsReport
from store.errors import InputError

TABLES = Path(__file__).parent
CODER = "MK"
SWAPPED = ("case2_juridisk-ansvarlig", {2: "I", 3: "R"})
"""Turns whose labels are swapped in the source, as its README says, and who speaks there."""


class Analysis:
    """Does the steps of the analysis on a study; ``ids`` are the codings by the keys of our tables."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.ids: dict[str, int] = {}

    def prepare(self, material: Path) -> None:
        """Bring the evaluation's own tables and interviews in, and keep the theory as the team wrote it."""
        study = self.study
        study.import_cases(material / "cases.csv")
        study.import_theory(material / "programme_theory.csv")
        study.import_files([material / "transcripts"], sources=material / "sources.csv")
        study.set_speaker("I", role="Interviewer", asks=True)
        source, labels = SWAPPED
        for turn, label in labels.items():
            study.set_turn_speaker(source, turn, label)
        for row in rows("codes.csv"):
            study.new_code(row["code"], row["definition"])
        study.import_ladders(TABLES / "ladders.csv")
        study.import_measures(material / "measures.csv")
        study.set_house_style(language="da")
        study.freeze_theory("Initial theory", "as the evaluation's team wrote it")
        check_texts(study)

    def code(self, table: str) -> None:
        """Code and judge the passages of a table."""
        brought = whole(self.study.import_codings(TABLES / table))
        self.ids |= {row["key"]: coding for row, coding in zip(rows(table), brought.coding_ids, strict=True) if coding}

    def conclude(self, after: str) -> None:
        """Give the verdicts that were given after a step."""
        for row in rows("verdicts.csv"):
            if row["after"] == after:
                self.study.set_verdict(row["point"] or None, row["verdict"], row["reason"])

    def refine(self) -> None:
        """Reword points, and add the rival, each with its decision record."""
        for row in rows("decisions.csv"):
            wording = {letter: row[letter] for letter in "CMO" if row[letter]}
            why, inference, dissent = row["why"], row["inference"], row["dissent"]
            evidence = self.codings(row["evidence"])
            if row["rival_of"]:
                self.study.add_point(
                    wording,
                    number=row["point"],
                    rival_of=row["rival_of"],
                    why=why,
                    inference=inference,
                    dissent=dissent,
                    evidence=evidence,
                )
            else:
                self.study.refine_point(
                    row["point"], wording, why=why, inference=inference, dissent=dissent, evidence=evidence
                )

    def look_again(self) -> None:
        """Hold what was judged on an older wording against the present one: as it was, or anew.

        How rigorous and relevant a passage is stays as it was said.
        """
        for row in rows("judged-again.csv"):
            coding = self.ids[row["key"]]
            if not row["stance"]:
                self.study.confirm(coding)
                continue
            self.study.judge(
                coding,
                row["stance"],
                strength=int(row["strength"]),
                rationale=row["rationale"],
            )

    def configure(self) -> None:
        """Put configurations together within cases, then hold two patterns against the cases."""
        for row in rows("configurations.csv"):
            self._configuration(row)
        for row in rows("links.csv"):
            self.study.link_configurations(int(row["configuration"]), int(row["other"]), row["kind"], row["note"])
        for row in rows("presences.csv"):
            self.study.set_presence(
                int(row["configuration"]), row["case"], row["element"], row["presence"], row["note"]
            )

    def _configuration(self, row: dict[str, str]) -> None:
        study, point = self.study, row["point"]
        said = {"name": row["name"], "restatement": row["restatement"]}
        if row["members"]:
            study.group_configurations([int(number) for number in row["members"].split()], point=point, **said)
        elif row["ripple_of"]:
            study.ripple(int(row["ripple_of"]), point=point, **said)
        else:
            study.new_configuration(**said, point=point, case=row["case"])
        for part in rows("parts.csv"):
            if part["configuration"] == row["number"]:
                coding = self.ids[part["coding"]] if part["coding"] else None
                study.add_part(
                    int(row["number"]), coding=coding, element=part["element"] or None, wording=part["wording"]
                )

    def summarise(self) -> None:
        """Tell cases in our own words, each with the quotes it leans on."""
        for row in rows("summaries.csv"):
            self.study.set_summary(
                row["case"], row["text"], point=row["point"] or None, quotes=self.codings(row["quotes"])
            )

    def codings(self, keys: str) -> list[int]:
        return [self.ids[key] for key in keys.split()]


def build(material: Path, path: Path) -> Study:
    """Make the study at ``path`` from the folder of the evaluation, and return it open.

    Raises:
        InputError: a source's text is not the one that was coded, or a row of a table cannot be used.
    """
    study = cmo.new_study(path, name="Spredning", language="da", coder=CODER)
    try:
        carry_out(Analysis(study), material)
    except BaseException:
        study.close()
        raise
    return study


def carry_out(analysis: Analysis, material: Path) -> None:
    """The steps of the analysis, in the order in which they were taken."""
    analysis.prepare(material)
    analysis.code("codings.csv")
    analysis.conclude("coding")
    analysis.refine()
    analysis.code("codings-later.csv")
    analysis.look_again()
    analysis.configure()
    analysis.summarise()
    analysis.conclude("refining")
    analysis.study.freeze_theory("Refined theory", "after the excerpts were read")


def check_texts(study: Study) -> None:
    """Whether every source has the text that was coded. Raises InputError, naming those that have not."""
    coded = {row["source"]: row["sha256"] for row in rows("texts.csv")}
    found = {source.name: source.sha256 for source in study.sources()}
    if changed := sorted(name for name in coded.keys() | found.keys() if coded.get(name) != found.get(name)):
        raise InputError(
            f"The text is not the one that was coded: {', '.join(changed)}.",
            "Passages are told by their positions, so nothing was coded.",
        )


def whole(report: CodingsReport) -> CodingsReport:
    """What a table brought in, whole. Raises InputError: a row of codings could not be used."""
    if report.problems:
        raise InputError(f"{report.table}: " + "; ".join(report.problems))
    return report


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2])).close()
