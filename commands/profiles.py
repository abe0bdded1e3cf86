"""`cmo profiles`: how to read a batch of files alike, kept in the study by name."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo import Study
    from transcripts.intake.profiles import Profile


def profiles(
    study: StudyPath,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One profile.")] = None,
    like: Annotated[
        str | None,
        typer.Option(metavar="SOURCE", help="Keep as NAME how this source was read and what its labels mean."),
    ] = None,
    labels: Annotated[
        Path | None, typer.Option(metavar="TABLE", help="What labels mean: a table of label, role, participant, asks.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the profile away.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """List the profiles for imports; make one after a source, say what labels mean, or take one away."""
    asked = [option for option, given in (("--like", like), ("--labels", labels), ("--remove", remove)) if given]
    if asked and name is None:
        raise UsageError(f"{asked[0]} needs the name of a profile.", "For example cmo profiles STUDY bureau.")
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} cannot be asked for at once.", "Do one after the other.")
    with cmo.open_study(study, coder=coder) as opened:
        if name is not None and remove:
            opened.remove_profile(name)
            answer(f"Profile '{name}' is taken away; what was imported by it stays.")
            return
        found = opened.profiles() if name is None else [_one(opened, name, like, labels)]
    if as_json:
        answer_json(found if name is None else found[0])
    elif name is None:
        _list(found)
    else:
        _show(found[0])


def _one(study: Study, name: str, like: str | None, labels: Path | None) -> Profile:
    """The profile, made or changed before where that is asked for."""
    if like is not None:
        return study.save_profile_of(like, name)
    if labels is not None:
        return study.save_profile_labels(name, labels)
    return study.profile(name)


def _list(found: list[Profile]) -> None:
    if not found:
        answer("No profiles yet: cmo import STUDY PATHS --save-profile NAME keeps how files were read.")
        return
    answer_table(
        ["profile", "reads", "labels"],
        [[profile.name, _reads(profile), ", ".join(profile.labels)] for profile in found],
    )


def _show(profile: Profile) -> None:
    answer(f"{profile.name}: {_reads(profile) or 'as each file says itself'}")
    rows = [
        [label, meaning.role, meaning.participant, {True: "yes", False: "no", None: ""}[meaning.asks]]
        for label, meaning in profile.labels.items()
    ]
    if rows:
        answer_table(["label", "role", "participant", "asks"], rows)
    else:
        answer(f"{counted(0, 'label')} with a meaning: --like SOURCE or --labels TABLE gives them one.")


def _reads(profile: Profile) -> str:
    """The settings that are decided, in words: ``encoding cp1252, keep furniture, 'Interviever' as 'Interviewer'``."""
    words = []
    for key, value in asdict(profile.settings).items():
        name = key.replace("_", " ")
        if key == "labels":
            words += [f"'{typed}' as '{read_as}'" for typed, read_as in value]
        elif value is True:
            words.append(name)
        elif value:
            words.append(f"{name} {value}")
    return ", ".join(words)
