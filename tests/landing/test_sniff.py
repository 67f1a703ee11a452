"""What a file really is, whatever its name says, and the refusal of broken and hostile ones."""

import gzip
import hashlib
import io
import json
import sqlite3
import struct
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.landing.folder.sniff import sniff
from ehpilot.landing.readers.text_scan import _Counts
from tests.landing.xls_file import compound_file

CSV = "点位编号,采样时间,结果\nA1,2025-03-01,0.5\n"


def workbook_bytes(rows=((1, 2), (3, 4))):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def sniffed(tmp_path, name, content, **options):
    path = tmp_path / name
    path.write_bytes(content)
    return sniff(path, **options)


def refused(result):
    assert result.kind == ""
    assert result.message
    return result.error


def test_the_name_decides_nothing(tmp_path):
    assert sniffed(tmp_path, "a.xlsx", CSV.encode()).kind == "csv"
    assert sniffed(tmp_path, "b.csv", workbook_bytes()).kind == "xlsx"
    assert sniffed(tmp_path, "c.txt", b'[{"a": 1}]').kind == "json"
    assert sniffed(tmp_path, "d.js", b'var x = [{"a": 1}];').kind == "json"
    assert sniffed(tmp_path, "e.json", b'{"type": "FeatureCollection", "features": []}').kind == "geojson"
    assert sniffed(tmp_path, "f", b"LOCATION,A,B,C,D,1,2,3,4,5\nDESIGN CONDITIONS,0\n").kind == "epw"


def test_the_hash_is_that_of_the_file(tmp_path):
    for name, content in (
        ("a.csv", CSV.encode()),
        ("a.xlsx", workbook_bytes()),
        ("a.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
    ):
        assert sniffed(tmp_path, name, content).sha256 == hashlib.sha256(content).hexdigest()


def test_gzip_is_transparent(tmp_path):
    found = sniffed(tmp_path, "a.csv.gz", gzip.compress(CSV.encode("gb18030")))
    assert (found.kind, found.encoding, found.is_gzip) == ("csv", "gb18030", True)


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 200,
        workbook_bytes()[:2000],
        workbook_bytes()[:-30],
        gzip.compress(CSV.encode() * 50, mtime=0)[:-12],
    ],
    ids=["old workbook", "half a workbook", "workbook without its end", "gzip without its end"],  # bytes hold a clock
)
def test_broken_files(tmp_path, content):
    assert refused(sniffed(tmp_path, "a.xlsx", content)) == "FILE-TRUNCATED"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n1 0 obj", b"<html><table><tr><td>1</td></tr></table></html>",
                                     bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
                                     b"MZ\x90\x00\x03\x00"])  # fmt: skip
def test_what_no_reader_takes(tmp_path, content):
    assert refused(sniffed(tmp_path, "a.csv", content)) == "FILE-TYPE"


def test_an_archive_that_is_no_workbook(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("data.csv", CSV)
    assert refused(sniffed(tmp_path, "a.zip", target.getvalue())) == "FILE-TYPE"


def make_zip(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def test_zip_bomb(tmp_path):
    bomb = make_zip([("xl/worksheets/sheet1.xml", b" " * 30_000_000)])
    assert refused(sniffed(tmp_path, "a.xlsx", bomb)) == "FILE-BOMB"


def test_gzip_bomb(tmp_path):
    assert refused(sniffed(tmp_path, "a.csv.gz", gzip.compress(b"0" * 30_000_000))) == "FILE-BOMB"


def test_over_300_mb_unpacked(tmp_path):
    content = make_zip([("xl/worksheets/sheet1.xml", b"x")])
    place = content.rindex(
        b"PK\x01\x02"
    )  # central directory entry of the sheet: sizes as a workbook of 400 MB would have
    changed = content[: place + 20] + struct.pack("<II", 90_000_000, 400_000_000) + content[place + 28 :]
    assert refused(sniffed(tmp_path, "a.xlsx", changed)) == "FILE-TOO-LARGE"


def test_encrypted_workbook(tmp_path):
    """An OLE container with a stream EncryptedPackage, as Excel writes a workbook with an opening password."""
    assert refused(sniffed(tmp_path, "a.xlsx", compound_file("EncryptedPackage", b"x" * 4096))) == "FILE-PASSWORD"


def test_old_workbook_with_a_password(tmp_path):
    beginning = struct.pack("<HH", 0x809, 4) + b"\x00\x06\x05\x00" + struct.pack("<HH", 0x2F, 2) + b"\x00\x00"
    assert (
        refused(sniffed(tmp_path, "a.xls", compound_file("Workbook", beginning.ljust(4096, b"\x00"))))
        == "FILE-PASSWORD"
    )


def test_old_document_that_is_no_workbook(tmp_path):
    assert refused(sniffed(tmp_path, "a.xls", compound_file("WordDocument", b"x" * 4096))) == "FILE-TYPE"


# ---- text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("codec", "encoding"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gbk", "gb18030"), ("gb18030", "gb18030"), ("utf-16", "utf-16"),
    ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
])  # fmt: skip
def test_encodings(tmp_path, codec, encoding):
    found = sniffed(tmp_path, "a.csv", CSV.encode(codec))
    assert (found.kind, found.encoding, found.error) == ("csv", encoding, "")


def test_a_wrong_declared_encoding_does_not_garble(tmp_path):
    assert sniffed(tmp_path, "a.csv", CSV.encode("utf-8"), encodings=["gb18030"]).encoding == "utf-8"
    assert sniffed(tmp_path, "b.csv", CSV.encode("gbk"), encodings=["gbk"]).encoding == "gb18030"


def test_undecodable_in_every_allowed_encoding(tmp_path):
    found = sniffed(tmp_path, "a.csv", CSV.encode("gbk"), encodings=["utf-8"])
    assert (found.kind, found.error) == ("", "ENCODING")
    assert refused(sniffed(tmp_path, "b.csv", "é,è\nü,ß\n".encode("latin-1"))) == "ENCODING"


def test_a_fault_late_in_the_file_is_found(tmp_path):
    assert refused(sniffed(tmp_path, "a.csv", CSV.encode() * 50_000 + b"\xff\xff,1,2\n")) == "ENCODING"


def test_a_character_on_the_edge_of_a_block_is_whole(tmp_path):
    content = ("a" * ((1 << 20) - 1) + "点,\n").encode()
    assert sniffed(tmp_path, "a.csv", content).encoding == "utf-8"


def test_one_line_over_16_mb(tmp_path):
    found = sniffed(tmp_path, "a.csv", b"1,2,3," * 3_000_000)
    assert refused(found) == "FILE-TOO-LARGE"
    assert found.sha256 == hashlib.sha256(b"1,2,3," * 3_000_000).hexdigest()


def test_16_mb_of_short_lines_are_no_long_line(tmp_path):
    assert sniffed(tmp_path, "a.csv", b"1,2,3\n" * 3_000_000).error == ""
    assert sniffed(tmp_path, "b.csv", b"1,2,3\r" * 3_000_000).error == ""


def test_geopackage_and_other_databases(tmp_path):
    for table, expected in (("gpkg_contents", ("gpkg", "")), ("other", ("", "FILE-TYPE"))):
        path = tmp_path / f"{table}.gpkg"
        with sqlite3.connect(path) as db:
            db.execute(f"create table {table} (x)")
        found = sniff(path)
        assert (found.kind, found.error) == expected


def test_truncated_geopackage(tmp_path):
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as db:
        db.execute("create table gpkg_contents (x)")
    path.write_bytes(path.read_bytes()[:-100])
    assert sniff(path).error == "FILE-TRUNCATED"


def test_csv_that_begins_like_json_text_stays_csv(tmp_path):
    assert sniffed(tmp_path, "a.csv", b"[x],y\n1,2\n").kind == "csv"
    assert sniffed(tmp_path, "b.csv", b"=1+1,2\n3,4\n").kind == "csv"
    assert sniffed(tmp_path, "c.json", json.dumps({"result": 1, "tbody": []}).encode()).kind == "json"


@given(
    st.one_of(st.binary(max_size=40), st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass"))),
    st.integers(1, 7),
)
def test_bytes_are_utf8_where_python_reads_them_wherever_they_are_cut(data: bytes, size: int) -> None:
    counts = _Counts()
    for start in range(0, len(data), size):
        counts.add(data[start : start + size])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert not counts.finish()
    else:
        assert counts.finish()
    assert counts.newlines == data.count(b"\n")
    assert counts.carriage_returns == data.count(b"\r")
    assert counts.quotes == data.count(b'"')
