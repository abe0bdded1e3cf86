"""Zip archives for tests: honest ones, and such as only an ill will makes."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """An archive of files by name, as any program packs them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def with_link(path: Path, name: str, target: str) -> Path:
    """An archive that gains a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, target)
    return path


def _patched(path: Path, offset_from_entry: int, value: bytes, member: str) -> Path:
    """Change bytes in a member's local head and in its entry in the list, which holds the same fields two bytes on."""
    data = bytearray(path.read_bytes())
    for signature, shift, name_at in ((b"PK\x03\x04", 0, 30), (b"PK\x01\x02", 2, 46)):
        at = data.find(signature)
        while at >= 0:
            if data[at + name_at : at + name_at + len(member)] == member.encode():
                data[at + offset_from_entry + shift : at + offset_from_entry + shift + len(value)] = value
            at = data.find(signature, at + 4)
    path.write_bytes(data)
    return path


def with_password(path: Path, member: str) -> Path:
    """An archive that says of a member that it is encrypted."""
    return _patched(path, 6, struct.pack("<H", 1), member)


def packed_unknown(path: Path, member: str) -> Path:
    """An archive that says of a member that it is packed in a way nobody knows."""
    return _patched(path, 8, struct.pack("<H", 77), member)


def claiming(path: Path, member: str, size: int) -> Path:
    """An archive that says of a member that it unpacks to so many bytes."""
    return _patched(path, 22, struct.pack("<I", size), member)


def with_names_in(path: Path, encoding: str, files: Mapping[str, str]) -> Path:
    """An archive whose names are in an encoding that it does not tell, as old programs leave them."""
    stand_ins = {f"{number:0{len(name.encode(encoding))}d}": name for number, name in enumerate(files)}
    zipped(path, {stand_in: files[name] for stand_in, name in stand_ins.items()})
    data = path.read_bytes()
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in.encode(), name.encode(encoding))
    path.write_bytes(data)
    return path
