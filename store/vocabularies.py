"""The closed lists of words that columns of a study take; apart, because readers of files need them and no database."""

from __future__ import annotations

SOURCE_KINDS = ("interview", "focus group", "observation notes", "meeting notes", "document")
STANCES = ("supports", "refutes", "refines", "extends", "rival")
OK, MOVED, NEEDS_REVIEW, LOST = "ok", "moved", "needs review", "lost"
ANCHOR_STATES = (OK, MOVED, NEEDS_REVIEW, LOST)
"""How sure it is that an excerpt still stands on its words; :mod:`transcripts.correcting.anchors` says when which."""
ATTRIBUTE_KINDS = ("text", "number", "date", "choice")
MARK_KINDS = ("omission", "pause", "redaction", "clarification", "non-speech", "crosstalk", "inaudible", "attribution")
"""What transcribers write into speech that is not speech."""
POINT_STATES = ("held", "split", "merged", "abandoned")
"""What has become of a point: in force, gone on in others, gone on in one other, given up."""
DECISIONS = ("add", "refine", "split", "merge", "abandon", "restore")
INFERENCES = ("induction", "deduction", "abduction", "retroduction")
VERDICTS = (
    "theory holds",
    "sound theory, weak implementation",
    "weak theory, sound implementation",
    "weak theory, weak implementation",
    "not tested",
)
LEVELS = ("case", "cross-case", "middle range")
"""How far a configuration reaches: one case, a pattern over cases, a theory of the middle range."""
LINK_KINDS = ("ripple", "rival", "specialises", "contradicts", "embedded")
"""How one configuration stands to another; ``ripple``: the outcome of the first is the context of the second."""
PRESENCES = ("present", "absent", "partly", "not known")
