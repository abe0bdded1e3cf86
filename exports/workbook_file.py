"""The workbook as a file: the same bytes for the same study, and nothing left behind where it fails."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

FIRST_ZIP_YEAR = 1980

PROGRAM_PART = "docProps/app.xml"
PROGRAM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>cmo</Application></Properties>"
)
"""Says who wrote the file. openpyxl would say Excel; LibreOffice then trusts the file to give the height of
each row and fits none of them to its text.
"""


class DatedZip(ZipFile):
    """A zip whose members all bear one date, and no mark of the system that wrote them."""

    def __init__(self, path: Path, at: datetime) -> None:
        super().__init__(path, "w", ZIP_DEFLATED, allowZip64=True)
        self._date = (max(at.year, FIRST_ZIP_YEAR), at.month, at.day, at.hour, at.minute, at.second)

    def _member(self, name: str) -> ZipInfo:
        member = ZipInfo(name, self._date)
        member.compress_type = ZIP_DEFLATED
        member.create_system = 0
        member.external_attr = 0
        return member

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        name = str(zinfo_or_arcname)
        super().writestr(self._member(name), PROGRAM if name == PROGRAM_PART else data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Pack a file, some megabytes at a time."""
        member = self._member(str(arcname or filename).lstrip("/"))
        member.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(member, "w") as packed:
            while piece := source.read(1 << 20):
                packed.write(piece)


def save(workbook: Workbook, path: Path, at: datetime) -> None:
    """Write the workbook with ``at`` (UTC) as the time of everything in it."""
    from openpyxl.writer.excel import ExcelWriter

    workbook.properties.created = workbook.properties.modified = at
    with DatedZip(path, at) as archive:
        # ``Workbook.save`` would set the time of now.
        ExcelWriter(workbook, archive).save()


def discard(workbook: Workbook) -> None:
    """Remove the temporary files of a workbook that is not saved: they hold what people said."""
    for sheet in workbook.worksheets:
        writer = getattr(sheet, "_writer", None)
        if writer is not None and Path(writer.out).exists():
            # The disk may be full, and then the last lines of the file cannot be written either.
            with suppress(OSError):
                if not sheet.closed:
                    sheet.close()
            writer.cleanup()
