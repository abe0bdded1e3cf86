"""The programme theory under version control: grammar, points and their wordings, decisions, states, verdicts."""

from __future__ import annotations

from cmo.theory.labels import point_label as point_label
from cmo.theory.reading import read_theory as read_theory
