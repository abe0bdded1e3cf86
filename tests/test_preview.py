"""A preview says what an import would do, and does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive_samples import zipped
from builders import GROUP, LEADER, SOURCES, STAFF, new_study, table, write_texts
from command_line import call, head
from depth import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import BadFile, InputError
from transcripts.settings import Settings

TIMED = """**Ida** [0:10]
Vi gik derned hver mandag.

**Bo** [0:40]
Og hvad så? (griner)

**Ida** [1:10]
Så lånte vi bøger...

**Bo** [1:30]
Ja.
"""


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    study, folder = new_study(tmp_path), write_texts(tmp_path / "in")
    before = study.log()
    study.preview([folder], sources=table(tmp_path / "s.csv", SOURCES))
    assert study.log() == before
    assert study.sources() == []


def test_a_preview_says_of_each_file_what_its_import_then_makes(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    archive = zipped(tmp_path / "in.zip", {"nord/leder.txt": LEADER + "R: Og mere.\n", "tider.md": TIMED})
    paths = [write_texts(tmp_path / "in"), archive]
    sources = table(tmp_path / "s.csv", SOURCES)
    previews = study.preview(paths, sources=sources).files
    imported = study.import_files(paths, sources=sources).imported
    assert [preview.name for preview in previews] == [source.name for source in imported]
    for preview, source in zip(previews, imported, strict=True):
        assert (preview.format, preview.language) == (source.file_format, source.language)
        assert (preview.characters, preview.turns, preview.sentences) == (
            source.characters,
            source.turns,
            source.sentences,
        )
        bound = preview.binding
        assert (bound.kind, bound.cases or (), bound.role or None) == (source.kind, source.cases, source.role)
        assert bound.participant == source.participant
        assert preview.style == study.provenance(source.id).style
        spoken = {
            speaker.label: (speaker.turns, speaker.characters)
            for speaker in study.speakers()
            if speaker.source == source.name
        }
        assert {s.label: (s.turns, s.characters) for s in preview.speakers if s.label} == spoken


def test_minutes_are_told_where_the_file_has_times(tmp_path: Path) -> None:
    (timed,) = new_study(tmp_path).preview([write_texts(tmp_path / "in", {"t.md": TIMED})]).files
    assert timed.minutes == 1.5
    assert {speaker.label: (speaker.turns, speaker.minutes) for speaker in timed.speakers} == {
        "Ida": (2, 0.8),
        "Bo": (2, 0.5),
    }
    assert timed.marks == {"non-speech": 1, "pause": 1}
    (plain,) = new_study(tmp_path / "in").preview([write_texts(tmp_path / "to", {"t.txt": GROUP})]).files
    assert plain.minutes is None
    assert [(speaker.label, speaker.turns, speaker.minutes) for speaker in plain.speakers] == [
        ("MO", 2, None),
        ("IP1", 1, None),
        ("IP2", 2, None),
    ]


def test_what_the_study_has_and_what_the_batch_has_twice_is_named_with_its_twin(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "first", {"leder.txt": LEADER})])
    folder = write_texts(tmp_path / "in", {"a.txt": LEADER, "b.txt": STAFF, "c.txt": STAFF.replace("\n", "\r\n")})
    found = study.preview([folder]).files
    assert [(preview.name, preview.duplicate_of) for preview in found] == [
        ("leder", "leder"),
        ("b", None),
        ("b", "b"),
    ]


def test_a_guessed_encoding_is_told_with_how_sure_it_is_and_a_person_can_say_better(tmp_path: Path) -> None:
    path = tmp_path / "gammel.txt"
    path.write_bytes("R: § 3 giver ret til løn på ¼ og ½ år.\n".encode("cp850"))
    study = new_study(tmp_path)
    (guessed,) = study.preview([path]).files
    assert guessed.encoding_confidence is not None
    assert 0 < guessed.encoding_confidence < 100
    assert [finding.code for finding in guessed.findings] == ["encoding-guessed"]
    (told,) = study.preview([path], settings=Settings(encoding="cp850")).files
    assert (told.encoding, told.encoding_confidence, told.findings) == ("cp850", None, ())
    study.import_files([path], settings=Settings(encoding="IBM850"))
    assert study.transcript("gammel").text == "R: § 3 giver ret til løn på ¼ og ½ år.\n"
    assert study.provenance("gammel").settings == Settings(encoding="cp850")


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_shown(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "R: Ja.", "b.txt": "", "c.docx": "intet dokument"})
    report = new_study(tmp_path).preview([folder])
    assert [preview.name for preview in report.files] == ["a"]
    assert [path.name for path, _ in report.failed] == ["b.txt", "c.docx"]


def test_a_preview_is_refused_as_the_import_would_be(tmp_path: Path) -> None:
    study, folder = new_study(tmp_path), write_texts(tmp_path / "in")
    with pytest.raises(BadFile, match="no such file"):
        study.preview([tmp_path / "nowhere"])
    for unheard in (Settings(encoding="klingonsk"), Settings(style="barok"), Settings(language="dk")):
        with pytest.raises(InputError):
            study.preview([folder], settings=unheard)
        with pytest.raises(InputError):
            study.import_files([folder], settings=unheard)
    assert study.sources() == []


def test_a_preview_can_be_stopped(tmp_path: Path) -> None:
    report = new_study(tmp_path).preview([write_texts(tmp_path / "in")], progress=lambda done, total, name: done < 2)
    assert (len(report.files), report.stopped) == (2, True)


def test_a_label_read_as_another_is_shown_as_that_one(tmp_path: Path) -> None:
    text = "Interviewer: Nå?\nAnne: Ja.\nInterviever: Og?\nAnne: Nej.\nInterviewer: Tak.\nAnne: Selv tak.\n"
    folder = write_texts(tmp_path / "in", {"a.txt": text})
    settings = Settings(labels=(("Interviever", "Interviewer"),))
    (preview,) = new_study(tmp_path).preview([folder], settings=settings).files
    assert {speaker.label: speaker.turns for speaker in preview.speakers} == {"Interviewer": 3, "Anne": 3}


@settings(max_examples=examples(10, 30))
@given(names=st.lists(st.sampled_from(["a.txt", "A.txt", "a.md", "x/a.txt", "y/a.txt", "b.txt"]), unique=True))
def test_names_are_those_that_the_import_gives(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("in")
    archive = zipped(folder / "in.zip", {name: f"R: Svar fra {name}." for name in names})
    study = new_study(folder)
    previewed = [preview.name for preview in study.preview([archive]).files]
    assert previewed == [source.name for source in study.import_files([archive]).imported]


# -- the command ----------------------------------------------------------------------------------------------


def test_the_preview_of_the_command_line_tells_each_file_and_the_sum(tmp_path: Path) -> None:
    study = tmp_path / "s.cmo"
    call("new", study)
    folder = write_texts(tmp_path / "in", {"leder.txt": LEADER, "tider.md": TIMED, "tom.txt": ""})
    before = head(study)
    answer = call("import", study, folder, "--preview", "--sources", table(tmp_path / "s.csv", SOURCES))
    assert answer.code == 1
    assert "leder.txt → leder · interview · Værftet · Leder · leder" in answer.out
    assert "1.5 minutes" in answer.out
    assert "marks: 1 non-speech, 1 pause" in answer.out
    assert "2 sources would be imported, 1 file cannot be. Nothing was written." in answer.out
    assert "Cannot be imported: tom.txt: the file is empty." in answer.err
    assert head(study) == before


def test_the_preview_as_json_has_every_field(tmp_path: Path) -> None:
    study = tmp_path / "s.cmo"
    call("new", study)
    archive = zipped(tmp_path / "in.zip", {"nord/tider.md": TIMED})
    answer = call("import", study, archive, "--preview", "--json")
    assert answer.code == 0
    (file,) = answer.json["files"]
    assert file["path"].endswith("in.zip/nord/tider.md")
    assert (file["name"], file["encoding"], file["language"], file["turns"]) == ("tider", "utf-8", "da", 4)
    assert file["speakers"][0]["label"] == "Ida"


def test_a_preview_with_nothing_to_look_at_ends_well_and_one_with_nothing_to_show_does_not(tmp_path: Path) -> None:
    study = tmp_path / "s.cmo"
    call("new", study)
    folder = write_texts(tmp_path / "in", {"leder.txt": LEADER})
    assert call("import", study, folder, "--preview").code == 0
    call("import", study, folder)
    again = call("import", study, folder, "--preview")
    assert again.code == 0
    assert "the same as 'leder'" in again.out
    assert call("import", study, write_texts(tmp_path / "bad", {"tom.txt": ""}), "--preview").code == 4


@pytest.mark.parametrize(
    "extra", [["--label", "Anne"], ["--save-profile", "x"], ["--encoding", "base64"], ["--style", "x"]]
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, extra: list[str]) -> None:
    study = tmp_path / "s.cmo"
    call("new", study)
    answer = call("import", study, write_texts(tmp_path / "in"), "--preview", *extra)
    assert answer.code in (2, 4)
    assert answer.err.startswith("cmo: ")
