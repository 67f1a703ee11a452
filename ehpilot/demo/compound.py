"""Old containers by hand: OLE compound files, BIFF8 workbooks (.xls), encrypted workbooks.

Belongs here: bytes of these formats ([MS-CFB], [MS-XLS]), as small as readers accept.
Does not belong here: which demo files are made of them (hostile.py).

No maintained library writes .xls; the demo needs one small file of each kind.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MINI_LIMIT = 4096


def compound_file(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file with these streams in its root; each is padded to 4096 bytes (no mini stream)."""
    padded = {name: data.ljust(_MINI_LIMIT, b"\0") for name, data in streams.items()}
    directory_sectors = (len(padded) + 1 + 3) // 4
    chains, position = [], 1 + directory_sectors
    fat = [_FAT] + [index + 2 if index < directory_sectors - 1 else _END for index in range(directory_sectors)]
    for data in padded.values():
        count = -(-len(data) // _SECTOR)
        chains.append((position, len(data)))
        fat += [position + index + 1 if index < count - 1 else _END for index in range(count)]
        position += count
    if len(fat) > _SECTOR // 4:
        raise ValueError("one FAT sector only: keep the streams under 60 KB")
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, _MINI_LIMIT, _END, 0, _END, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, (start, size)) in enumerate(zip(padded, chains, strict=True), 1):
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, start, size, right=right))
    entries += [bytes(64) + struct.pack("<HBBIII", 0, 0, 0, _FREE, _FREE, _FREE) + bytes(48)] * (-len(entries) % 4)
    body = b"".join(data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0") for data in padded.values())
    return head + struct.pack(f"<{len(fat)}I", *fat) + b"".join(entries) + body


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def encrypted_workbook() -> bytes:
    """What a workbook with an opening password looks like from outside; there is nothing in it to decrypt."""
    return compound_file(
        {"EncryptedPackage": b"\x10" + bytes(range(256)) * 20, "EncryptionInfo": b"\x04\0\x04\0" * 900}
    )


def xls_workbook(sheet: str, rows: Sequence[Sequence[str | float | None]]) -> bytes:
    """A BIFF8 workbook with one sheet of texts and numbers."""
    cells = b"".join(
        _cell(line, place, value)
        for line, row in enumerate(rows)
        for place, value in enumerate(row)
        if value is not None
    )
    width = max(len(row) for row in rows)
    content = (
        _bof(0x10)
        + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
        + cells
        + _record(0x023E, struct.pack("<HHHIHHI", 0x06B6, 0, 0, 64, 0, 0, 0))
        + _record(0x0A, b"")
    )
    name = sheet.encode("utf-16-le")
    font = _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial")
    formats = b"".join(
        _record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5 if index < 15 else 1, 0x20, 0, 0, 0, 0, 0, 0x20C0))
        for index in range(16)
    )
    style = _record(0x293, struct.pack("<HBB", 0x8000, 0, 0xFF))
    before = _bof(0x05) + _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", 0))
    before += font * 4 + formats + style
    sheet_record = struct.pack("<HBB", 0, len(sheet), 1) + name
    offset = len(before) + 4 + 4 + len(sheet_record) + 4
    return compound_file(
        {"Workbook": before + _record(0x85, struct.pack("<I", offset) + sheet_record) + _record(0x0A, b"") + content}
    )


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _cell(line: int, place: int, value: str | float) -> bytes:
    where = struct.pack("<HHH", line, place, 15)
    if isinstance(value, str):
        return _record(0x0204, where + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, where + struct.pack("<d", float(value)))
