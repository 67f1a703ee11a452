"""A very small writer of .xls files (BIFF8 in a compound file), for tests only: no library here writes that format.

Records after [MS-XLS] 2.4: BOF, BoundSheet8, Dimensions, Row, Label, Number, EOF, and the fonts and formats that xlrd
wants.
"""

import struct


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def text(value, length_format):
    return struct.pack(length_format, len(value)) + b"\x01" + value.encode("utf-16-le")


def globals_stream(sheet_name, sheet_offset):
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + text("Arial", "<B"))
    formats = b"".join(
        record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5 if i < 15 else 1, 0, 0, 0, 0, 0, 0, 0)) for i in range(16)
    )
    bound = record(0x85, struct.pack("<IBB", sheet_offset, 0, 0) + text(sheet_name, "<B"))
    codepage = record(0x42, struct.pack("<H", 1200))
    return (
        record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
        + codepage
        + font * 4
        + formats
        + bound
        + record(0x0A)
    )


def sheet_stream(rows, hidden_rows):
    width = max(len(row) for row in rows)
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    body += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        options = 0x100 | (0x20 if number + 1 in hidden_rows else 0)
        body += record(0x208, struct.pack("<HHHHHHHH", number, 0, len(row), 255, 0, 0, options, 0x0F))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", number, column, 15)
            if isinstance(cell, str):
                body += record(0x204, place + text(cell, "<H"))
            else:
                body += record(0x203, place + struct.pack("<d", cell))
    return body + record(0x0A)


def compound_file(name, content):
    """One stream in a smallest compound file ([MS-CFB]); the stream is padded to at least 4,096 bytes."""
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\x00")
    sectors = len(content) // 512
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    )
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]

    def entry(label, kind, child, start, size):
        wide = label.encode("utf-16-le") + b"\x00\x00"
        return (wide.ljust(64, b"\x00") + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
                + b"\x00" * 36 + struct.pack("<IQ", start, size))  # fmt: skip

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, len(content))
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    return header.ljust(512, b"\xff") + fat + directory.ljust(512, b"\x00") + content


def write_xls(path, sheet_name, rows, hidden_rows=frozenset()):
    """Writes texts and numbers as one sheet; at most 126 sectors (64 KB)."""
    beginning = globals_stream(sheet_name, 0)
    content = globals_stream(sheet_name, len(beginning)) + sheet_stream(rows, hidden_rows)
    path.write_bytes(compound_file("Workbook", content))
