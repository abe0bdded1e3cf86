"""Bits flipped and pages torn anywhere in a study: noticed, and what can be read is got out."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import cmo
from cmo.check import check_damaged
from store.errors import CmoError, DamagedStudy
from store.rescue import rescue
from torture.result import Broken, Line, require
from torture.samples import whole, worked_on

PAGE = 4096
SECTOR = 512
RESCUED_OF = 4
"""One of so many damaged studies is rescued, which takes as long as the rest."""
WITHOUT_HASH = ("sequences", "reading_places", "drafts")
"""What stands once and without a hash: a counter of ids that is too high, a place to read on from, a form not saved."""
Damage = Callable[[bytearray, random.Random], str]
Content = dict[str, list[str]]


def flip_bits(folder: Path, times: int) -> Line:
    return _damaged("a bit flipped anywhere in the file", _flip, folder, times)


def tear_pages(folder: Path, times: int) -> Line:
    return _damaged("a page torn anywhere in the file", _tear, folder, times)


def _flip(data: bytearray, chance: random.Random) -> str:
    place, bit = chance.randrange(len(data)), chance.randrange(8)
    data[place] ^= 1 << bit
    return f"bit {bit} of byte {place:,}"


def _tear(data: bytearray, chance: random.Random) -> str:
    """Leave a page half written: from a sector on it has what another page has there, or nothing."""
    page, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    start = chance.randrange(0, PAGE, SECTOR)
    rest = bytes(PAGE - start) if chance.random() < 0.5 else data[other + start : other + PAGE]
    data[page + start : page + PAGE] = rest
    return f"page {page // PAGE + 1} from byte {start}"


def _damaged(what: str, damage: Damage, folder: Path, times: int) -> Line:
    """Damage copies of a study. What changes a row anywhere in it must be noticed by opening or checking it."""
    line = Line(what)
    with worked_on(folder) as study:
        pass
    path = whole(study.path)
    before, sound = content(path), path.read_bytes()
    seen: Counter[str] = Counter()
    for number in range(times):
        data, chance = bytearray(sound), random.Random(number)
        place = damage(data, chance)
        tried = folder / "damaged.cmo"
        tried.write_bytes(data)
        with line.once(f"{number}, {place}"):
            if noticed(tried):
                seen["noticed"] += 1
                if seen["noticed"] % RESCUED_OF == 1:
                    seen[_rescued(tried, folder / "rescued.cmo", before)] += 1
            else:
                require(content(tried) == before, "it changed the study, and nothing noticed it")
                seen["harmless"] += 1
    tried_out = sum(seen[how] for how in ("all", "in part", "nothing"))
    line.result = (
        f"{seen['noticed']:,} noticed, {seen['harmless']:,} in unused places and without effect; of {tried_out:,} "
        f"rescued, {seen['all']:,} came out with every row, {seen['in part']:,} in part, {seen['nothing']:,} not"
    )
    return line


def content(path: Path) -> Content:
    """Every row of a study, and nothing of how it lies in the file."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            # SQLite makes no difference between letters of either case in a name: one bit, and nothing is changed.
            found = connection.execute("SELECT lower(name) FROM sqlite_master WHERE type = 'table'")
            names = [name.decode() for (name,) in found]
            tables = [name for name in names if not name.startswith("spoken") and name not in WITHOUT_HASH]
            return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in tables}
    except sqlite3.Error as exc:
        raise Broken(f"it cannot be read, and nothing noticed it: {exc}") from exc


def noticed(path: Path) -> bool:
    """Whether opening or checking a file says that something is wrong; Broken where it ends in a fault of ours."""
    try:
        with cmo.open_study(path) as study:
            return bool(study.check())
    except DamagedStudy:
        return _listed(path)
    except CmoError:
        return True
    except Exception as exc:
        raise Broken(f"a fault, {type(exc).__name__}: {exc}") from exc


def _listed(path: Path) -> bool:
    """What `cmo check` does with a study that cannot be opened."""
    try:
        return check_damaged(path) is not None
    except Exception as exc:
        raise Broken(f"the list of what is wrong ends in a fault, {type(exc).__name__}: {exc}") from exc


def _rescued(path: Path, new: Path, before: Content) -> str:
    """How much of a damaged study comes out: all, in part, or nothing. What comes out is sound."""
    new.unlink(missing_ok=True)
    try:
        done = rescue(path, new, "AB")
    except DamagedStudy:
        return "nothing"
    except CmoError as exc:
        raise Broken(f"the rescue says {exc}") from exc
    except Exception as exc:
        raise Broken(f"the rescue ends in a fault, {type(exc).__name__}: {exc}") from exc
    with cmo.open_study(new) as study:
        found = study.check()
    require(found == [], f"what was rescued is not sound: {found[:2]}")
    after = content(new)
    rows = [name for name in before if not name.startswith(("journal", "words", "texts"))]
    same = all(before[name] == after.get(name) for name in rows if name != "source_versions")
    require(same or done.findings, "rows are lost, and nothing said so")
    shutil.rmtree(path.with_name("damaged.cmo-backups"), ignore_errors=True)
    return "all" if same and not done.findings else "in part"
