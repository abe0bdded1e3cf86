"""The language of a source: told by its words, unsure where they are few, and never over what a person says."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import new_study, table, write_texts
from gold_sentences import LANGUAGES, turns_of
from hypothesis import given
from hypothesis import strategies as st

from transcripts.language.detecting import detect_language, spoken_language
from transcripts.language.language_words import SMALL_WORDS
from transcripts.speaking.turns import split_turns

TALKS = {
    "da": "Altså, det var jo sådan, at vi ikke rigtig havde noget at gøre med det, før hun kom og sagde, at nu "
    "skulle vi prøve. Og så gik der nok et par uger, hvor ingen af os gjorde noget ved det. Hvad skulle man "
    "også gøre?",
    "nb": "Altså, det var jo sånn at vi ikke egentlig hadde noe å gjøre med det, før hun kom og sa at nå skulle vi "
    "prøve. Og så gikk det vel et par uker hvor ingen av oss gjorde noe med det. Hva skulle man også gjøre?",
    "nn": "Altså, det var jo slik at vi ikkje eigentleg hadde noko å gjere med det, før ho kom og sa at no skulle "
    "vi prøve. Og så gjekk det vel eit par veker der ingen av oss gjorde noko. Kva skulle ein gjere? Eg veit "
    "ikkje.",
    "sv": "Alltså, det var ju så att vi inte riktigt hade något att göra med det, innan hon kom och sa att nu "
    "skulle vi prova. Och sen gick det väl ett par veckor där ingen av oss gjorde något åt det. Vad skulle "
    "man också göra?",
    "de": "Also, das war ja so, dass wir eigentlich nichts damit zu tun hatten, bevor sie kam und sagte, jetzt "
    "probieren wir das mal. Und dann vergingen wohl ein paar Wochen, in denen keiner von uns etwas gemacht "
    "hat.",
    "en": "Well, it was like this, we didn't really have anything to do with it before she came and said that now "
    "we should try. And then a couple of weeks went by where none of us did anything about it. What could we "
    "do?",
    "nl": "Nou, het was eigenlijk zo dat wij er niet zo veel mee te maken hadden, voordat zij kwam en zei dat we "
    "het moesten proberen. En toen gingen er een paar weken voorbij en niemand van ons heeft er iets aan "
    "gedaan.",
    "fr": "Alors, c'est que nous n'avions pas grand-chose à voir avec ça, avant qu'elle vienne et nous dise que "
    "maintenant il fallait essayer. Et puis il y a eu deux semaines où on ne faisait rien du tout avec les "
    "gens.",
}  # fmt: skip


@pytest.mark.parametrize(("language", "talk"), TALKS.items())
def test_a_few_sentences_of_talk_tell_their_language(language: str, talk: str) -> None:
    detected = detect_language(talk)
    assert detected is not None
    assert detected.language == language
    assert detected.confidence >= 80


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("length", "told"), [(1, 0.0), (3, 0.0), (10, 0.5), (20, 1.0)])
def test_stretches_of_talk_are_told_right_or_not_at_all(language: str, length: int, told: float) -> None:
    sentences = [sentence for turn in turns_of(language) for sentence in turn]
    stretches = [" ".join(sentences[at : at + length]) for at in range(0, len(sentences) - length + 1, length)]
    answers = [detected.language for stretch in stretches if (detected := detect_language(stretch)) is not None]
    assert set(answers) <= {language}
    assert len(answers) >= told * len(stretches)


@pytest.mark.parametrize("text", ["", "Ja.", "Nej, det er det ikke.", "12 34 56", "Mødet kl. 8 på Værftet.", "😀"])
def test_a_short_text_tells_nothing(text: str) -> None:
    assert detect_language(text) is None


def test_a_text_half_in_one_language_and_half_in_another_is_unsure_or_the_half_with_more_words() -> None:
    mixed = detect_language(TALKS["da"] + " " + TALKS["en"])
    assert mixed is None or mixed.confidence < 95


def test_a_language_that_nobody_has_taught_it_tells_nothing() -> None:
    somali = "Waxaan u maleynayaa in shaqadu ay ahayd mid adag laakiin dadku way fiicnaayeen waxayna na caawiyeen " * 20
    turkish = (
        "Bence bu iş çok zordu ama insanlar iyiydi ve bize her zaman yardım ettiler çünkü biz yeni gelmiştik " * 20
    )
    assert detect_language(somali) is None
    assert detect_language(turkish) is None


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in SMALL_WORDS for b in SMALL_WORDS if a < b])
def test_every_two_languages_have_words_that_tell_them_apart(one: str, other: str) -> None:
    first, second = set(SMALL_WORDS[one].split()), set(SMALL_WORDS[other].split())
    assert len(first - second) >= 30
    assert len(second - first) >= 30


@given(st.text())
def test_any_text_gets_an_answer_and_always_the_same(text: str) -> None:
    assert detect_language(text) == detect_language(text)


def test_what_a_person_says_holds_over_the_words() -> None:
    spoken = spoken_language(TALKS["en"], split_turns(TALKS["en"]), said="sv", told=None, usual="da")
    assert (spoken.code, spoken.findings) == ("sv", ())


def test_the_words_hold_over_what_a_program_wrote_and_that_holds_over_the_study() -> None:
    talk, short = TALKS["da"], "Ja. Nej."
    assert spoken_language(talk, split_turns(talk), said=None, told="en", usual="da").code == "da"
    assert spoken_language(short, split_turns(short), said=None, told="en", usual="da").code == "en"
    assert spoken_language(short, split_turns(short), said=None, told=None, usual="da").code == "da"


def test_norwegian_of_either_kind_is_the_language_of_a_norwegian_study() -> None:
    assert spoken_language(TALKS["nn"], split_turns(TALKS["nn"]), said=None, told=None, usual="no").findings == ()


def test_another_language_than_the_studys_is_used_and_told_and_the_sources_table_wins(tmp_path: Path) -> None:
    texts = {
        "en.txt": f"R: {TALKS['en']}",
        "da.txt": f"R: {TALKS['da']}",
        "short.txt": "R: Yes.",
        "sv.txt": TALKS["sv"],
    }
    files = write_texts(tmp_path / "texts", texts)
    rows = [["file", "language"], ["en.txt", ""], ["da.txt", ""], ["short.txt", ""], ["sv.txt", "nb"]]
    with new_study(tmp_path) as study:
        report = study.import_files([files], sources=table(tmp_path / "sources.csv", rows))
        assert {one.name: one.language for one in study.sources()} == {
            "en": "en",
            "da": "da",
            "short": "da",
            "sv": "nb",
        }
    (finding,) = [one for one in report.findings if one.code == "language-detected"]
    assert finding.where == "en"
    assert finding.message.startswith("is in English by its words (9")
