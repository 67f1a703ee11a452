"""Facts about a text file that one pass over its bytes gives, and the choice of its encoding.

Belongs here: hash, line ends, longest line, UTF-8 validity, positions of records and blank lines. Does not belong here:
fields of a record (``csv_text``), kinds of files (``sniff``).
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.landing.readers.container import open_bytes

_BLOCK = 1 << 20
_LF, _CR, _QUOTE = 10, 13, 34
_CONTROL = np.zeros(256, dtype=bool)
_CONTROL[[*range(9), 11, *range(14, 26), *range(28, 32), 127]] = True
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MOST_LOST_LETTERS = 3
_CHINESE = {"gbk", "gb2312", "cp936", "gb18030", "936", "ansi"}


@dataclass(frozen=True)
class TextScan:
    """What one pass over the (unpacked) bytes found. ``longest_line_bytes`` is exact from 2 MB on, else an upper
    bound.
    """

    sha256: str
    size_bytes: int
    newlines: int
    carriage_returns: int
    quotes: int
    longest_line_bytes: int
    is_utf8: bool
    is_ascii: bool
    is_binary: bool
    line_too_long: bool
    bom: str
    zero_side: (
        int  # 0: no NUL bytes at one side of the 2-byte pairs, 1: in even places (UTF-16 BE), 2: in odd ones (LE)
    )
    ends_with_newline: bool

    @property
    def n_lines(self) -> int:
        """Lines, the last one counted with or without its line end."""
        return self.newlines + (0 if self.ends_with_newline else 1)


@dataclass
class _Counts:
    size: int = 0
    newlines: int = 0
    carriage_returns: int = 0
    quotes: int = 0
    longest: int = 0
    run: int = 0
    last_byte: int = 0
    is_utf8: bool = True
    cut_off: bytes = b""
    is_ascii: bool = True

    def add(self, block: bytes) -> None:
        array = np.frombuffer(block, dtype=np.uint8)
        self.size += len(block)
        self.last_byte = block[-1]
        self.newlines += int(np.count_nonzero(array == _LF))
        if b"\r" in block:
            self.carriage_returns += int(np.count_nonzero(array == _CR))
        if b'"' in block:
            self.quotes += int(np.count_nonzero(array == _QUOTE))
        first = block.find(b"\n")
        if first < 0 and (first := block.find(b"\r")) < 0:
            self.run += len(block)
        else:
            self.longest = max(self.longest, self.run + first)
            last = max(block.rfind(b"\n"), block.rfind(b"\r") if b"\n" not in block else -1)
            self.run = len(block) - last - 1
        self.longest = max(self.longest, self.run)
        is_ascii = block.isascii()
        if self.is_utf8 and (self.cut_off or not is_ascii):
            text = self.cut_off + block
            whole = _whole_characters(text)
            self.is_utf8, self.cut_off = _is_utf8(text[:whole]), text[whole:]
        self.is_ascii = self.is_ascii and is_ascii

    def finish(self) -> bool:
        """True if all bytes were UTF-8."""
        return self.is_utf8 and not self.cut_off


def _whole_characters(text: bytes) -> int:
    """Length of UTF-8 bytes without the character that their end cuts off (up to three bytes)."""
    for back in range(1, min(3, len(text)) + 1):
        byte = text[-back]
        if byte >= 0xC0:  # the first byte of a character of two, three or four
            return len(text) - back if back < 2 + (byte >= 0xE0) + (byte >= 0xF0) else len(text)
        if byte < 0x80:
            break
    return len(text)


def _is_utf8(text: bytes) -> bool:
    """Arrow's validation of one long text: Python's would make a string of it, which takes five times as long."""
    offsets = np.array([0, len(text)], dtype=np.int32)
    try:
        pa.StringArray.from_buffers(1, pa.py_buffer(offsets), pa.py_buffer(text)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def scan_text(path: Path, is_gzip: bool, max_line_bytes: int) -> TextScan:
    """One pass over a file, a block hashed while it is counted. Once a line is longer than ``max_line_bytes`` only the
    hash goes on.
    """
    digest, counts, start = hashlib.sha256(), _Counts(), b""
    with open_bytes(path, is_gzip) as file, ThreadPoolExecutor(1) as hasher:
        while block := file.read(_BLOCK):
            hashed = hasher.submit(digest.update, block)
            start = start or block[: 1 << 16]
            if counts.longest <= max_line_bytes:
                counts.add(block)
            hashed.result()
    bom = next((name for mark, name in _BOMS if start.startswith(mark)), "")
    is_binary, zero_side = _looks_binary(start, bom)
    is_utf8 = counts.finish()
    return TextScan(
        digest.hexdigest(), counts.size, counts.newlines, counts.carriage_returns, counts.quotes, counts.longest,
        is_utf8,
        counts.is_ascii, is_binary, counts.longest > max_line_bytes, bom, zero_side,
        counts.last_byte == _LF,
    )  # fmt: skip


def _looks_binary(start: bytes, bom: str) -> tuple[bool, int]:
    """Whether the beginning is no text, and on which side of 2-byte pairs its NUL bytes stand."""
    if bom == "utf-16":
        return False, 0
    array = np.frombuffer(start.rstrip(b"\x00\x1a"), dtype=np.uint8)  # old programs end a file with them
    zeros = np.flatnonzero(array == 0)
    if len(zeros) > len(array) // 50 and len(set((zeros % 2).tolist())) == 1:
        return False, 1 if zeros[0] % 2 == 0 else 2
    return bool(np.count_nonzero(_CONTROL[array]) > max(1, len(array) // 200)), 0


def decide_encoding(path: Path, is_gzip: bool, scan: TextScan, encodings: Sequence[str]) -> str | None:
    """The encoding of a text: its BOM, valid UTF-8 (certain, whatever was declared), then the first that decodes it
    all.
    """
    if scan.bom:
        return scan.bom if scan.bom != "utf-8-sig" or scan.is_utf8 else None
    if scan.zero_side:
        wide = "utf-16-be" if scan.zero_side == 1 else "utf-16-le"
        return wide if _decodes(path, is_gzip, wide) else None
    if scan.is_utf8:
        return "utf-8"
    for name in encodings:
        encoding = "gb18030" if name.lower().replace("-", "").replace("_", "") in _CHINESE else name
        if encoding.lower().startswith(("utf-8", "utf8", "utf-16", "utf16")):
            continue
        if _decodes(path, is_gzip, encoding):
            return encoding
    return None


def nearly_right(path: Path, is_gzip: bool, scan: TextScan, encodings: Sequence[str]) -> str | None:
    """GB18030 for a text that would be it but for a few letters cut in two (fields of fixed length); else None. Such
    letters become U+FFFD, and what holds one is quarantined line by line."""
    if scan.bom or scan.zero_side or not any(_normal(name) in _CHINESE for name in encodings):
        return None
    lost, letters = _lost_letters(path, is_gzip, "gb18030")
    most = max(MOST_LOST_LETTERS, letters // 1000)
    if lost > most or _lost_letters(path, is_gzip, "utf-8")[0] <= most:  # broken UTF-8 would be read as other letters
        return None
    return "gb18030"


def _lost_letters(path: Path, is_gzip: bool, encoding: str) -> tuple[int, int]:
    """How many letters of a text an encoding can't read, and how many it has."""
    lost = letters = 0
    with open_bytes(path, is_gzip) as file:
        for text in decoded_blocks(file, encoding):
            lost += text.count("\ufffd")
            letters += len(text)
    return lost, letters


def _normal(encoding: str) -> str:
    return encoding.lower().replace("-", "").replace("_", "")


def _decodes(path: Path, is_gzip: bool, encoding: str) -> bool:
    with open_bytes(path, is_gzip) as file:
        try:
            for _ in decoded_blocks(file, encoding, errors="strict"):
                pass
        except (UnicodeDecodeError, LookupError):
            return False
    return True


def decoded_blocks(file: IO[bytes], encoding: str, errors: str = "replace") -> Iterator[str]:
    """The text of a file in pieces; never the whole of it in memory. Letters that can't be read are U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    while block := file.read(_BLOCK):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def recode(path: Path, is_gzip: bool, encoding: str, target: Path) -> None:
    """Writes the text as UTF-8 without BOM to ``target``."""
    with open_bytes(path, is_gzip) as source, target.open("wb") as sink:
        for number, text in enumerate(decoded_blocks(source, encoding)):
            sink.write((text.removeprefix("\ufeff") if number == 0 else text).encode("utf-8"))


@dataclass(frozen=True)
class RecordPositions:
    """Where the records of a csv file lie: how many, which are blank lines, the record number of given byte
    positions.
    """

    n_records: int
    blank_rows: NDArray[np.int64]
    record_numbers: NDArray[np.int64]
    ends_in_quotes: bool


def find_records(path: Path, positions: NDArray[np.int64]) -> RecordPositions:
    """Counts records of a UTF-8 csv file as a spreadsheet does: blank lines count, line breaks in quotes don't.

    ``positions``: sorted 0-based byte positions whose record numbers (from 1) are wanted. Quotes must be regular.
    """
    quoted, records, offset, previous_end = 0, 0, 0, -1
    blanks: list[NDArray[np.int64]] = []
    numbers: list[NDArray[np.int64]] = []
    last_byte = _LF
    with Path(path).open("rb") as file:
        while block := file.read(_BLOCK * 4):
            array = np.frombuffer(block, dtype=np.uint8)
            ends = np.flatnonzero(array == _LF)
            if b'"' in block or quoted:
                marks = np.flatnonzero(array == _QUOTE)
                inside = (quoted + np.searchsorted(marks, ends)) % 2
                ends, quoted = ends[inside == 0], (quoted + len(marks)) % 2
            lengths = np.diff(ends, prepend=previous_end - offset) - 1
            before = np.where(ends > 0, array[np.maximum(ends - 1, 0)], last_byte)
            blank = (lengths == 0) | ((lengths == 1) & (before == _CR))
            blanks.append(records + 1 + np.flatnonzero(blank))
            within = positions[(positions >= offset) & (positions < offset + len(block))] - offset
            numbers.append(records + 1 + np.searchsorted(ends, within))
            records += len(ends)
            previous_end = offset + int(ends[-1]) if len(ends) else previous_end
            offset += len(block)
            last_byte = block[-1]
    open_line = offset > previous_end + 1
    return RecordPositions(
        records + int(open_line), np.concatenate([*blanks, np.zeros(0, np.int64)]).astype(np.int64),
        np.concatenate([*numbers, np.zeros(0, np.int64)]).astype(np.int64), bool(quoted),
    )  # fmt: skip
