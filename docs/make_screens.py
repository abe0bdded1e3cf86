"""Makes the pictures of the workbench in docs/pictures from the real app and the demo study.

python docs/make_screens.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from expert_session import SESSION, SOURCE
from terminal_svg import Frame, picture
from textual.pilot import Pilot

import cmo
from cmo.demo.build import build
from tui import CmoApp
from workbench.code.code_screen import CodeScreen
from workbench.keys.key_names import printed
from workbench.text.palette import DARK, DARK_PALETTE, LIGHT, LIGHT_PALETTE

PICTURES = Path(__file__).parent / "pictures"
FILM_SIZE, SESSION_SIZE = (112, 32), (88, 24)

TO = "to:"


def to(words: str) -> str:
    """Instead of a key: as many ``j`` as lead to the sentence that begins with some words."""
    return TO + words


STILLS: dict[str, tuple[tuple[int, int], str, str, list[str]]] = {
    "code-80x24": ((80, 24), DARK, "nordkoel_manager", ["j"] * 10),
    "code-120x40": ((120, 40), DARK, "nordkoel_manager", ["j"] * 10),
    "code-200x60": ((200, 60), DARK, "nordkoel_manager", ["j"] * 10),
    "code-light-120x40": ((120, 40), LIGHT, "fjordskolen_fokusgruppe", ["j"] * 22),
    "point-80x24": ((80, 24), DARK, "b4_nurse_english", [to("With colleagues"), "c"]),
    "picker-120x40": ((120, 40), DARK, "b4_nurse_english", [to("With colleagues"), "slash", *"trust"]),
    "matrix-80x24": ((80, 24), DARK, "nordkoel_manager", ["M", "j", "j", "right"]),
    "matrix-120x40": ((120, 40), DARK, "nordkoel_manager", ["M", "j", "j", "right"]),
    "matrix-200x60": ((200, 60), DARK, "nordkoel_manager", ["M", "j", "j", "right"]),
    "quotes-120x40": ((120, 40), DARK, "nordkoel_manager", ["M", "j", "j", "right", "enter"]),
    "theory-120x40": ((120, 40), LIGHT, "nordkoel_manager", ["s", "t", *"jjjj"]),
    "configurations-120x40": ((120, 40), LIGHT, "nordkoel_manager", ["s", "c", *"jjj"]),
    "refine-80x24": ((80, 24), LIGHT, "nordkoel_manager", ["s", "t", "j", "r"]),
    "cases-200x60": ((200, 60), DARK, "nordkoel_manager", ["s", "a"]),
    "matrix-light-200x60": ((200, 60), LIGHT, "nordkoel_manager", ["s", "m", "j", "j", "right"]),
    "codebook-80x24": ((80, 24), DARK, "nordkoel_manager", ["s", "b"]),
    "steps-80x24": ((80, 24), DARK, "nordkoel_manager", ["s", "w"]),
}
"""Name of the picture: size, theme, source and the keys pressed in it."""

Step = tuple[tuple[str, ...], list[str], float]

FILM: list[Step] = [
    ((), [], 2.0),
    (("j", "j", "j"), [to("With colleagues")], 1.4),
    (("shift+↓",), ["shift+down"], 1.0),
    (("c",), ["c"], 1.8),
    (("c", "5"), ["5"], 1.6),
    (("c", "5", "+"), ["plus"], 2.6),
    (("}", "}", "}"), [to("With the birthday flags")], 1.4),
    (("shift+↓",), ["shift+down"], 1.0),
    (("m",), ["m"], 1.6),
    (("m", "5"), ["5"], 1.4),
    (("m", "5", "-"), ["minus"], 2.6),
    (("}", "}", "}"), [to("She looks at the list")], 1.4),
    (("o",), ["o"], 1.6),
    (("o", "6"), ["6"], 1.4),
    (("o", "6", "-"), ["minus"], 4.0),
]
"""Key caps shown, keys pressed and seconds, step by step: three passages coded, four keys each at most."""

SESSION_FILM: list[Step] = [((), [], 2.0)] + [
    (tuple(printed(key) for key in step.keys.split()), [to(step.begins), *step.keys.split()], 1.6) for step in SESSION
]
"""A whole interview coded: a frame for each coding, with the keys that it took."""

CODED = (5, 10, 14)
"""The steps of the film after which a passage is coded."""


async def photograph(
    study_file: Path, size: tuple[int, int], theme: str, source: str, steps: Sequence[list[str]]
) -> list[str]:
    """A screenshot after each step, of a copy of the study with a source open."""
    shots = []
    with TemporaryDirectory() as folder:
        copy = Path(folder) / study_file.name
        copy.write_bytes(study_file.read_bytes())
        with cmo.open_study(copy, coder="AB") as study:
            app = CmoApp(study)
            async with app.run_test(size=size) as pilot:
                app.theme = theme
                screen = app.screen
                assert isinstance(screen, CodeScreen)
                screen.desk.open(study.source(source).id, 0)
                screen.show_source()
                await pilot.pause()
                for keys in steps:
                    for key in keys:
                        await press(pilot, screen, key)
                    await pilot.pause()
                    shots.append(app.export_screenshot())
    return shots


async def press(pilot: Pilot[None], screen: CodeScreen, key: str) -> None:
    """Press a key, or go to a sentence."""
    reading = screen.desk.reading
    if reading is None or not key.startswith(TO):
        await pilot.press(key)
        return
    words = key.removeprefix(TO)
    number = next(n for n, span in enumerate(reading.sentences) if reading.text.startswith(words, span.start))
    await pilot.press(*["j"] * (number - reading.number))


async def film(study_file: Path, steps: Sequence[Step], size: tuple[int, int]) -> list[Frame]:
    """The frames of a film: what is seen after each step."""
    shots = await photograph(study_file, size, DARK, SOURCE, [keys for _, keys, _ in steps])
    return [Frame(shot, caps, seconds) for shot, (caps, _, seconds) in zip(shots, steps, strict=True)]


async def make(folder: Path) -> None:
    """All pictures, into a folder."""
    with TemporaryDirectory() as temporary:
        study_file = Path(temporary) / "ten-minutes.cmo"
        build(study_file)
        for name, (size, theme, source, keys) in STILLS.items():
            (shot,) = await photograph(study_file, size, theme, source, [keys])
            palette = DARK_PALETTE if theme == DARK else LIGHT_PALETTE
            (folder / f"{name}.svg").write_text(picture([Frame(shot)], *size, palette.ground, palette.text))
        frames = await film(study_file, FILM, FILM_SIZE)
        session = await film(study_file, SESSION_FILM, SESSION_SIZE)
    colours = (DARK_PALETTE.ground, DARK_PALETTE.text)
    (folder / "session.svg").write_text(picture(session, *SESSION_SIZE, *colours))
    (folder / "coding.svg").write_text(picture(frames, *FILM_SIZE, *colours))
    for number, step in enumerate(CODED, start=1):
        (folder / f"coding-{number}.svg").write_text(picture([frames[step]], *FILM_SIZE, *colours))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(make(target))
