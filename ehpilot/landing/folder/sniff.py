"""What a file really is: type by its first bytes, encoding, and whether it may be opened at all.

Belongs here: one pass over the bytes (hash, encoding, longest line) and the refusal of hostile or broken containers.
Does not belong here: reading of cells (``readers``), choice of a form, links that leave the folder (inventory).
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ehpilot.landing.readers.container import gzip_stream, open_bytes
from ehpilot.landing.readers.sniffed import Sniffed
from ehpilot.landing.readers.text_scan import decide_encoding, nearly_right, scan_text

MAX_UNPACKED_BYTES = 300_000_000  # vocabulary.yml: FILE-TOO-LARGE
MAX_RATIO = 200  # vocabulary.yml: FILE-BOMB
RATIO_FROM_BYTES = 1_000_000  # a small member may be very regular without harm
MAX_LINE_BYTES = 16_000_000
DEFAULT_ENCODINGS = ("utf-8", "gb18030", "utf-16")

_BLOCK = 1 << 22
_SHAPES = b"\x00\x00\x27\x0a"  # ESRI Shapefile Technical Description, table 1
# records of the kind BOF, with which a workbook of Excel 2 to 4 begins
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x00\x06\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_JSON_START = re.compile(rb"\s*(?:(?:var|let|const)\s+[\w$]+\s*=|[\w$.]+\s*=\s*[\[{]|[\[{]\s*(?:[\"\[{\]}0-9tfn-]|$))")
_AERMOD = re.compile(rb"(?:\*[^\n]*\n){0,20}?\*[^\n]*(?:AERMOD|PLOT FILE OF)")
_GEO_TYPES = re.compile(
    rb'"type"\s*:\s*"(?:FeatureCollection|Feature|Point|MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|'
    rb'GeometryCollection)"'
)


_SAVE_AS = "扩展名不能说明内容；请用Excel打开后另存为xlsx"
_MARKUP = (  # texts in angle brackets under a name of Excel, each by its own name; the first that fits
    (re.compile(rb"(?:[\w-]+: [^\r\n]*\r?\n)*mime-version:|from: <?saved by"), f"这是网页归档（MHTML），{_SAVE_AS}"),
    (
        re.compile(rb"<\?xml.*?(?:urn:schemas-microsoft-com:office:spreadsheet|<workbook)", re.S),
        f"这是XML表格（2003），{_SAVE_AS}",
    ),
    (re.compile(rb"<\?xml.*?<kml|<kml", re.S), "这是KML地图文件，请用GIS软件另存为GeoJSON（EPSG:4490）或Shapefile"),
    (re.compile(rb"<\?xml.*?<gml|<\?xml.*?opengis", re.S), "这是GML地图文件，请用GIS软件另存为GeoJSON（EPSG:4490）"),
    (re.compile(rb"<\?xml.*?<html", re.S), f"这是网页（HTML），{_SAVE_AS}"),
    (re.compile(rb"<\?xml"), "这是XML文件，请用Excel打开后另存为xlsx"),
    (
        re.compile(
            rb"<(?:!doctype|!--|/?(?:html|head|body|meta|title|style|script|table|tr|td|th|thead|tbody|div|span|p|"
            rb"font|center|base|link|br|b)\b)"
        ),
        f"这是网页（HTML），{_SAVE_AS}",
    ),
)  # fmt: skip


class _Refusal(Exception):  # noqa: N818
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def sniff(path: Path, encodings: Sequence[str] = DEFAULT_ENCODINGS) -> Sniffed:
    """Kind, encoding and hash of a file; never raises for what is in it. ``encodings``: tried in this order, after a
    BOM.
    """
    path = Path(path)
    result = Sniffed(size_bytes=path.stat().st_size)
    with path.open("rb") as file:
        start = file.read(4096)
    try:
        result = _sniff_bytes(path, start, encodings, result)
    except _Refusal as refusal:
        result = replace(result, kind="", error=refusal.code, message=refusal.message)
    return result if result.sha256 else replace(result, sha256=digest_of(path))


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sniff_bytes(path: Path, start: bytes, encodings: Sequence[str], result: Sniffed) -> Sniffed:
    if not start:
        raise _Refusal("FILE-TYPE", "文件是空的（0字节）")
    if start.startswith(b"PK"):
        return replace(result, kind=_check_zip(path))
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return replace(result, kind=_check_ole(path))
    if start.startswith(_SHAPES):
        return replace(result, kind="shp")
    if start.startswith(_BARE_BIFF):
        return replace(result, kind="xls")
    if start.startswith(b"SQLite format 3\x00"):
        return replace(result, kind=_check_geopackage(path, start))
    if start.startswith(b"\x1f\x8b"):
        return _sniff_gzip(path, encodings, result)
    _refuse_known_types(start)
    return _sniff_text(path, encodings, result)


def _refuse_known_types(start: bytes) -> None:
    """Types people drop in that no reader takes, each with its advice."""
    known = (
        (b"%PDF", "这是PDF文件，请提供原始的xlsx或csv"),
        (b"{\\rtf", "这是RTF文档，请另存为xlsx或csv"),
        (b"Rar!", "这是RAR压缩包，请解压后放入"),
        (b"7z\xbc\xaf", "这是7z压缩包，请解压后放入"),
        (b"\x89PNG", "这是图片，请提供数据文件"),
        (b"\xff\xd8\xff", "这是图片，请提供数据文件"),
        (b"PAR1", "这是Parquet文件，请另存为csv"),
        (b"\x7fELF", "这是程序文件"),
        (b"MZ", "这是程序文件"),
    )
    for magic, message in known:
        if start.startswith(magic) and (magic != b"MZ" or b"\x00" in start[:64]):
            raise _Refusal("FILE-TYPE", message)
    head = start.replace(b"\x00", b"")  # of UTF-16
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    head = head.lstrip(b" \t\r\n").lower()
    for pattern, message in _MARKUP:
        if pattern.match(head):
            raise _Refusal("FILE-TYPE", message)


# ---- containers -----------------------------------------------------------------------------------------------------


def _check_zip(path: Path) -> str:
    """``xlsx`` if the archive is a workbook that is safe to open."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive)
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
            if archive.infolist() and any(info.flag_bits & 1 for info in archive.infolist()):
                raise _Refusal("FILE-PASSWORD", "文件有密码保护，请取消密码后重新放入")
    except (zipfile.BadZipFile, EOFError, struct.error, OSError, ValueError) as error:
        raise _Refusal("FILE-TRUNCATED", "文件不完整（压缩包中断），请重新下载或导出") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(name.endswith(".shp") for name in names):
        return "shp"
    if any(name.endswith(".kml") for name in names):
        raise _Refusal("FILE-TYPE", "这是KMZ地图文件，请用GIS软件另存为GeoJSON（EPSG:4490）或Shapefile")
    if "xl/workbook.bin" in names:
        raise _Refusal("FILE-TYPE", "这是xlsb工作簿，请另存为xlsx")
    if "word/document.xml" in names:
        raise _Refusal("FILE-TYPE", "这是Word文档，请提供xlsx或csv")
    if "content.xml" in names:
        raise _Refusal("FILE-TYPE", "这是OpenDocument文件，请另存为xlsx")
    raise _Refusal("FILE-TYPE", "这是压缩包而不是工作簿，请解压后放入")


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    for info in infos:
        if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise _Refusal("FILE-BOMB", f"压缩比超过{MAX_RATIO}倍，疑似压缩炸弹，已拒绝打开")
    total = sum(info.file_size for info in infos)
    if total > MAX_UNPACKED_BYTES:
        raise _Refusal("FILE-TOO-LARGE", f"解压后{total / 1e6:.0f}MB，超过300MB；请另存为csv后放入")


def _check_ole(path: Path) -> str:
    """``xls`` for a BIFF workbook; an encrypted one or an encrypted OOXML package is refused."""
    import olefile

    try:
        with olefile.OleFileIO(path) as ole:
            if ole.exists("EncryptedPackage"):
                raise _Refusal("FILE-PASSWORD", "工作簿有打开密码，请取消密码后重新放入")
            name = next((n for n in ("Workbook", "Book") if ole.exists(n)), None)
            if name is None:
                raise _Refusal("FILE-TYPE", "这是旧版Office文档，但不是Excel工作簿")
            if path.stat().st_size < (ole.get_size(name) or 0):
                raise _Refusal("FILE-TRUNCATED", "文件不完整，请重新下载或导出")
            head = ole.openstream(name).read(8192)
    except (OSError, IndexError, struct.error, AttributeError) as error:
        raise _Refusal("FILE-TRUNCATED", "文件不完整或已损坏，请重新下载或导出") from error
    if any(record == 0x2F for record in _biff_records(head)):
        raise _Refusal("FILE-PASSWORD", "工作簿有打开密码，请取消密码后重新放入")
    return "xls"


def _biff_records(head: bytes) -> Iterator[int]:
    """Record types at the beginning of a BIFF stream ([MS-XLS] 2.1.4); FilePass is 0x2F."""
    position = 0
    while position + 4 <= len(head):
        record, length = struct.unpack_from("<HH", head, position)
        yield record
        position += 4 + length


def _check_geopackage(path: Path, start: bytes) -> str:
    page = struct.unpack(">H", start[16:18])[0] or 1
    pages = struct.unpack(">I", start[28:32])[0]
    if path.stat().st_size < (65536 if page == 1 else page) * pages:
        raise _Refusal("FILE-TRUNCATED", "文件不完整，请重新下载或导出")
    import sqlite3

    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        try:
            found = db.execute("select count(*) from sqlite_master where name = 'gpkg_contents'").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise _Refusal("FILE-TRUNCATED", "数据库文件已损坏") from error
    if not found:
        raise _Refusal("FILE-TYPE", "这是SQLite数据库，但不是GeoPackage")
    return "gpkg"


def _sniff_gzip(path: Path, encodings: Sequence[str], result: Sniffed) -> Sniffed:
    """A compressed text file: the limits of archives hold, then it is sniffed like any text."""
    packed, unpacked = path.stat().st_size, 0
    try:
        with gzip_stream(path) as stream:
            while block := stream.read(_BLOCK):
                unpacked += len(block)
                if unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * packed:
                    raise _Refusal("FILE-BOMB", f"压缩比超过{MAX_RATIO}倍，疑似压缩炸弹，已拒绝打开")
                if unpacked > MAX_UNPACKED_BYTES:
                    raise _Refusal("FILE-TOO-LARGE", "解压后超过300MB，请解压为csv后放入")
    except (EOFError, zlib.error, OSError) as error:
        raise _Refusal("FILE-TRUNCATED", "压缩文件不完整，请重新下载或导出") from error
    inner = _sniff_text(path, encodings, replace(result, is_gzip=True))
    return replace(inner, sha256=digest_of(path))


# ---- text -----------------------------------------------------------------------------------------------------------


def _sniff_text(path: Path, encodings: Sequence[str], result: Sniffed) -> Sniffed:
    scan = scan_text(path, result.is_gzip, MAX_LINE_BYTES)
    result = replace(result, sha256=scan.sha256)
    if scan.line_too_long:
        message = "有一行超过16MB（可能缺少换行），请重新导出"
        return replace(result, error="FILE-TOO-LARGE", message=message)
    if scan.is_binary:
        return replace(result, error="FILE-TYPE", message="文件内容不是文本，也不是能识别的格式")
    with open_bytes(path, result.is_gzip) as file:
        start = file.read(1 << 16)
    encoding = decide_encoding(path, result.is_gzip, scan, encodings)
    if encoding is None and scan.size_bytes > 0:
        encoding = nearly_right(path, result.is_gzip, scan, encodings)
    if encoding is None:
        message = f"文件不能按{'、'.join(encodings)}中的任何一种编码读出，请另存为UTF-8"
        return replace(result, error="ENCODING", message=message, scan=scan)
    kind = _text_kind(path, start, encoding)
    if kind in ("json", "geojson", "aermod") and scan.size_bytes > MAX_UNPACKED_BYTES:
        advice = "AERMOD结果超过300MB，请输出年均值或高值" if kind == "aermod" else "JSON超过300MB，请另存为csv"
        return replace(result, error="FILE-TOO-LARGE", message=advice)
    return replace(result, kind=kind, encoding=encoding, scan=scan)


def _text_kind(path: Path, start: bytes, encoding: str) -> str:
    """csv, epw, aermod, json or geojson by what the text begins with; the name decides nothing here."""
    head = start.decode(encoding, errors="ignore").lstrip("\ufeff").encode()
    if head.startswith(b"LOCATION,") and re.search(
        rb"\n(?:DESIGN CONDITIONS|TYPICAL|GROUND|HOLIDAYS|DATA PERIODS)", head
    ):
        return "epw"
    if _AERMOD.match(head):
        return "aermod"
    if not _JSON_START.match(head):
        return "csv"
    if head.lstrip().startswith(b"{") and _GEO_TYPES.search(head):
        return "geojson"
    return "json"
