"""Evidence: quotes, matrices, the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.findings import Finding
from store.rooms import Room

if TYPE_CHECKING:
    from cmo import audit, dimensions, evidence, matrix
    from cmo.disconfirming import records
    from cmo.disconfirming.records import Thresholds
    from cmo.records import Audit, Matrix, Quote
else:
    audit = Room("cmo.audit")
    dimensions = Room("cmo.dimensions")
    evidence = Room("cmo.evidence")
    matrix = Room("cmo.matrix")
    records = Room("cmo.disconfirming.records")


class EvidenceCalls(Front):
    def quotes(self, where: Mapping[str, str | None] | None = None, **more: str | None) -> list[Quote]:
        """Rows of evidence by dimension: ``quotes(point="#7", stance="refutes")``; None: without a value.

        Raises:
            UnknownName: there is no such dimension, or the study has no such point, case, code, ...
        """
        with self.file.read() as conn:
            return evidence.quotes(conn, {**(where or {}), **more})

    def quotes_of(self, coding_ids: Sequence[int]) -> list[Quote]:
        """The rows of evidence of some codings, such as those that a number of a report counts."""
        with self.file.read() as conn:
            return evidence.quotes_of(conn, coding_ids)

    def matrix(
        self, rows: str = "point", columns: str = "case", where: Mapping[str, str | None] | None = None
    ) -> Matrix:
        """Evidence by two dimensions. Raises UnknownName."""
        with self.file.read() as conn:
            return matrix.matrix(conn, rows, columns, where or {})

    def dimension_labels(self, dimension: str) -> list[str]:
        """All labels of a dimension in the order of the study. Raises UnknownName."""
        with self.file.read() as conn:
            return dimensions.dimension_labels(conn, dimension)

    def audit(self, thresholds: Thresholds | None = None) -> Audit:
        """What each point stands on, and what is missing; ``thresholds`` are the analyst's own, or the usual ones."""
        with self.file.read() as conn:
            return audit.audit(conn, thresholds or records.USUAL)

    def gaps(self, thresholds: Thresholds | None = None) -> list[Finding]:
        """The findings of :meth:`audit` alone; no quote is read for them."""
        with self.file.read() as conn:
            return list(audit.gaps(conn, thresholds or records.USUAL))
