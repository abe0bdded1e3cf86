"""What the analyst of the demo study made of the codings, in the order in which an analysis goes."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cmo.records import Quote
from cmo.study import Study

Said = Mapping[str, Any]
"""One entry of the analysis."""


def analyse(study: Study, data: Path) -> None:
    """Carry the analysis in ``data`` out on a study that is coded already."""
    told: dict[str, Any] = tomllib.loads((data / "analysis.toml").read_text(encoding="utf-8"))
    codings = _Codings(study)
    study.freeze_theory(**told["initial"])
    for refined in told["refine"]:
        study.refine_point(refined["point"], refined["wording"], **_grounds(refined, codings))
    for rival in told["rival"]:
        study.add_point(rival["wording"], number=rival["point"], rival_of=rival["of"], **_grounds(rival, codings))
    study.import_codings(data / "codings-later.csv")
    codings = _Codings(study)
    for again in told["again"]:
        _judge_again(study, codings.of(again["coding"]), again)
    study.set_best_many(codings.all_of(told["best"]))
    _configure(study, codings, told)
    for summary in told["summary"]:
        quotes = codings.all_of(summary["quotes"])
        study.set_summary(summary["case"], summary["text"], point=summary.get("point"), quotes=quotes)
    for verdict in told["verdict"]:
        study.set_verdict(verdict["point"], verdict["verdict"], verdict["reason"])
    study.freeze_theory(**told["refined"])


class _Codings:
    """The codings of a study by ``source / code / first words of the quote``."""

    def __init__(self, study: Study) -> None:
        self._quotes: defaultdict[str, list[Quote]] = defaultdict(list)
        for quote in study.quotes():
            self._quotes[f"{quote.source} / {quote.code}"].append(quote)

    def of(self, told: str) -> int:
        """Raises LookupError: there is no such coding."""
        place, _, words = told.rpartition(" / ")
        found = next((quote for quote in self._quotes[place] if quote.quote.startswith(words)), None)
        if found is None:
            raise LookupError(told)
        return found.coding_id

    def all_of(self, told: Sequence[str]) -> list[int]:
        return [self.of(each) for each in told]


def _grounds(told: Said, codings: _Codings) -> Any:
    said = {name: told[name] for name in ("why", "inference", "dissent") if name in told}
    return said | {"evidence": codings.all_of(told["evidence"])}


def _judge_again(study: Study, coding_id: int, again: Said) -> None:
    if "stance" in again:
        study.judge(coding_id, again["stance"], strength=again["strength"], rationale=again["rationale"])
    else:
        study.confirm(coding_id)


def _configure(study: Study, codings: _Codings, told: Said) -> None:
    numbers: dict[str, int] = {}
    for one in told["configuration"]:
        numbers[one["name"]] = _configuration(study, one, numbers)
        for coding_id in codings.all_of(one.get("parts", ())):
            study.add_part(numbers[one["name"]], coding=coding_id)
        if "inferred" in one:
            study.add_part(numbers[one["name"]], **one["inferred"])
    for link in told["link"]:
        study.link_configurations(numbers[link["from"]], numbers[link["to"]], link["kind"], link["note"])
    for held in told["presence"]:
        number = numbers[held["configuration"]]
        study.set_presence(number, held["case"], held["element"], held["presence"], held["note"])


def _configuration(study: Study, one: Said, numbers: Mapping[str, int]) -> int:
    """Make a configuration as it is told: of a case, as the ripple of another, or as what several have in common."""
    said = {"name": one["name"], "restatement": one["restatement"], "point": one["point"]}
    if "members" in one:
        return study.group_configurations([numbers[name] for name in one["members"]], **said).number
    if "ripple_of" in one:
        return study.ripple(numbers[one["ripple_of"]], **said).number
    return study.new_configuration(case=one["case"], **said).number
