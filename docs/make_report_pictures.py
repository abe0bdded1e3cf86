"""Makes the pictures of workbook, report and figures in docs/pictures from the demo study.

python docs/make_report_pictures.py [FOLDER]

Pages are made by LibreOffice, which must be installed as ``soffice``.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

import cmo
from cmo.demo.build import build
from exports.figures import FIGURES, write_figure
from exports.template import Template
from exports.word_report import write_report
from exports.workbook import write_workbook

PICTURES = Path(__file__).parent / "pictures"
SCALE = 1.2

SHEETS = {"Evidence matrix": ("Evidence matrix",), "Numbers": ("Evidence matrix", "Numbers")}
"""Sheets that are shown, each by the first page of the last sheet in a workbook of these."""
REPORT_PAGES = (7,)


def main(folder: Path) -> None:
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "demo.cmo"
        build(path)
        with cmo.open_study(path, coder="AB") as study:
            for name in FIGURES:
                write_figure(study, name, folder / f"figure-{name}.svg")
            for number, (sheet, wanted) in enumerate(SHEETS.items(), start=1):
                file = Path(scratch) / f"{sheet}.xlsx"
                write_workbook(study, file, Template(sheets=wanted))
                picture(page(file, number), folder / f"sheet-{sheet.lower().replace(' ', '-')}.png")
            report = Path(scratch) / "report.docx"
            write_report(study, report)
            for number in REPORT_PAGES:
                picture(page(report, number), folder / f"report-{number + 1}.png")


def page(file: Path, number: int) -> pypdfium2.PdfBitmap:
    """A page of a document as LibreOffice shows it."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    document = pypdfium2.PdfDocument(file.with_suffix(".pdf"))
    return document[number % len(document)].render(scale=SCALE, rev_byteorder=True)


def picture(bitmap: pypdfium2.PdfBitmap, path: Path) -> None:
    """Write a bitmap as PNG (RFC 2083): rows of RGB without a filter."""
    pixels = bitmap.to_numpy()[:, :, :3]
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
