"""RAMESES II for realist evaluations: Wong et al. 2016, BMC Medicine 14:96."""

from __future__ import annotations

from cmo.report.ground import Ground
from cmo.report.standards import Item, checklist
from cmo.report.table import Body

STANDARD = "RAMESES II (Wong et al. 2016)"

ITEMS = (
    Item("1", "Title", "Does the title say that this is a realist evaluation?"),
    Item(
        "2",
        "Summary",
        "Does the summary give the programme, the questions, the methods, the findings and what follows?",
    ),
    Item("3", "Why the evaluation", "Why was it done, and what was known about the programme before?"),
    Item("4", "Programme theory", "Where did the initial theory come from, and who had a say in it?", ("theory",)),
    Item(
        "5", "Questions and focus", "Which questions were asked, and which parts of the theory were left out of sight?"
    ),
    Item("6", "Ethics", "Who approved it, or why was no approval needed, and how were participants protected?"),
    Item("7", "Why realist", "Why was a realist approach right for these questions, and was it changed on the way?"),
    Item("8", "Surroundings", "In which setting was the evaluation done, and what happened around it?", ("cases",)),
    Item("9", "The programme", "What was the programme, for whom, by whom, and how was it meant to work?"),
    Item(
        "10", "Design", "Which design was chosen, how did it follow from the theory, and what was changed?", ("rounds",)
    ),
    Item(
        "11",
        "Data collection",
        "How were data chosen, gathered and written down, and how do they test and refine the theory?",
        ("sources", "period", "rounds", "questions", "languages", "text"),
    ),
    Item(
        "12",
        "Recruitment and sampling",
        "How were cases and people found and chosen, and how did the theory guide the choice?",
        ("cases", "sample", "refused"),
    ),
    Item(
        "13",
        "Analysis",
        "How were contexts, mechanisms and outcomes found and put together, and how was the theory refined?",
        ("coders", "codes", "codings", "judgements", "reviews", "configurations", "decisions", "software"),
    ),
    Item("14", "Participants", "Who took part, and who did not?", ("sample", "persons", "refused")),
    Item(
        "15",
        "Main findings",
        "Which configurations bear the findings, and how do they refine the theory?",
        ("configurations", "decisions", "against"),
    ),
    Item("16", "Summary of findings", "What is the answer to the questions, in the light of the refined theory?"),
    Item(
        "17",
        "Strengths, limitations, next steps",
        "What could the evaluation not show, and what should be looked at next?",
        ("against", "reviews"),
    ),
    Item("18", "Other research", "How do the findings stand to what others have found and to other theories?"),
    Item("19", "Conclusion", "What follows for policy and practice, and how surely?"),
    Item("20", "Funding and interests", "Who paid, what was their part, and what interests might weigh in?"),
)


def table(ground: Ground) -> Body:
    return checklist(ground, STANDARD, ITEMS)
