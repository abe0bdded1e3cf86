"""SRQR for qualitative research: O'Brien et al. 2014, Academic Medicine 89(9)."""

from __future__ import annotations

from cmo.report.ground import Ground
from cmo.report.standards import Item, checklist
from cmo.report.table import Body

STANDARD = "SRQR (O'Brien et al. 2014)"

ITEMS = (
    Item("S1", "Title", "Does the title tell the subject and the approach?"),
    Item("S2", "Abstract", "Does the abstract give background, purpose, methods, results and conclusions?"),
    Item("S3", "The problem", "What is the problem, why does it matter, and what is known of it?"),
    Item("S4", "Purpose", "What is the purpose, and which questions are asked?"),
    Item(
        "S5", "Approach and paradigm", "Which approach, guiding theory and paradigm were chosen, and why?", ("theory",)
    ),
    Item("S6", "Researchers", "Who are the researchers, and how may they have shaped the study?", ("coders",)),
    Item("S7", "Context", "What is important of the setting?", ("cases",)),
    Item(
        "S8",
        "Sampling",
        "How and why were these people, documents and events chosen, and when was it enough?",
        ("sample",),
    ),
    Item("S9", "Ethics", "Who approved it, and how were consent and confidentiality handled?"),
    Item(
        "S10",
        "Data collection",
        "Which data were collected, how, when, and what was changed on the way?",
        ("sources", "period", "rounds"),
    ),
    Item("S11", "Instruments", "Which guides and devices were used, and how did they change?", ("questions",)),
    Item(
        "S12",
        "Units of study",
        "How many and which participants, documents and events?",
        ("sample", "persons", "refused"),
    ),
    Item(
        "S13",
        "Data processing",
        "How were data transcribed, kept, checked and made anonymous?",
        ("languages", "text", "codings"),
    ),
    Item(
        "S14",
        "Data analysis",
        "How were inferences made, by whom, in which approach?",
        ("coders", "codes", "decisions", "software"),
    ),
    Item(
        "S15",
        "Trustworthiness",
        "What was done to make the findings trustworthy, and why that?",
        ("judgements", "reviews"),
    ),
    Item(
        "S16",
        "Synthesis",
        "What are the main findings, and which theory or model do they lead to?",
        ("configurations", "decisions"),
    ),
    Item("S17", "Links to data", "Which evidence bears each finding?", ("codings", "against")),
    Item("S18", "Prior work and reach", "How do the findings stand to earlier work, and how far do they carry?"),
    Item("S19", "Limitations", "What limits trust in the findings?", ("against",)),
    Item("S20", "Interests", "Which interests may have weighed in, and how were they handled?"),
    Item("S21", "Funding", "Who paid, and what was their part?"),
)


def table(ground: Ground) -> Body:
    return checklist(ground, STANDARD, ITEMS)
