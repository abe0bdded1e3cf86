"""COREQ for interviews and focus groups: Tong, Sainsbury & Craig 2007, Int J Qual Health Care 19(6)."""

from __future__ import annotations

from cmo.report.ground import Ground
from cmo.report.standards import Item, checklist
from cmo.report.table import Body

STANDARD = "COREQ (Tong, Sainsbury & Craig 2007)"

ITEMS = (
    Item("1", "Interviewer", "Who held the interviews and focus groups?"),
    Item("2", "Credentials", "What were the researchers' degrees?"),
    Item("3", "Occupation", "What was their work at the time?"),
    Item("4", "Gender", "What was their gender?"),
    Item("5", "Experience", "Which experience and training did they have?"),
    Item("6", "Relationship before", "Did they know the participants before the study began?"),
    Item("7", "What participants knew", "What did participants know about the researchers and their reasons?"),
    Item("8", "Interviewer's standpoint", "Which assumptions, reasons and interests did the interviewer bring along?"),
    Item("9", "Approach", "Which methodological approach lies under the study?", ("theory",)),
    Item("10", "Sampling", "How were participants selected?", ("cases",)),
    Item("11", "Approached how", "How were they approached?"),
    Item("12", "Sample size", "How many took part?", ("sample", "persons")),
    Item("13", "Non-participation", "How many refused or left, and why?", ("refused",)),
    Item("14", "Setting", "Where were the data collected?", ("cases",)),
    Item("15", "Others present", "Was anybody there besides participants and researchers?"),
    Item("16", "The sample", "What is important to know of the sample?", ("sample", "period")),
    Item("17", "Interview guide", "Were questions and prompts given beforehand, and tried out?", ("questions",)),
    Item("18", "Repeat interviews", "Were there repeat interviews, and how many?", ("rounds",)),
    Item("19", "Recording", "Was sound or picture recorded?", ("text",)),
    Item("20", "Field notes", "Were notes taken during or after?", ("sources",)),
    Item("21", "Duration", "How long did interviews and focus groups take?"),
    Item("22", "Saturation", "Was it discussed when enough had been heard?"),
    Item("23", "Transcripts returned", "Did participants get the transcripts to comment or correct?"),
    Item("24", "Coders", "How many persons coded the data?", ("coders", "reviews")),
    Item("25", "Coding tree", "Is the coding tree described?", ("codes",)),
    Item("26", "Derivation of themes", "Were themes given beforehand, or did they come from the data?", ("codes",)),
    Item("27", "Software", "Which software was used?", ("software",)),
    Item("28", "Participant checking", "Did participants comment on the findings?"),
    Item("29", "Quotations", "Are quotations shown, and is each one attributed?", ("codings",)),
    Item("30", "Consistency", "Do the findings follow from the data shown?", ("judgements", "against")),
    Item("31", "Major themes", "Are the major themes clear in the findings?", ("theory",)),
    Item("32", "Minor themes", "Are diverse cases and minor themes told?", ("against", "configurations")),
)


def table(ground: Ground) -> Body:
    return checklist(ground, STANDARD, ITEMS)
