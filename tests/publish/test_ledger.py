"""The ledger's file beside sealed editions: completed, and refused where it is broken, longer or different."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ehpilot.errors import BuildError
from ehpilot.kernels import ledger as chain
from ehpilot.publish import ledger
from ehpilot.reading import doctor
from ehpilot.reading.ledger import ledger_file, read_file, verify_file

ENTRIES = chain.appended(
    [
        {
            "as_of": dt.date(2026, 3, 31), "edition_no": number // 2 + 1, "event": "issued", "object_id": f"E{number}",
            "object_kind": "risk_code", "payload_sha256": f"{number:064d}",
        }
        for number in range(4)
    ],
    None,
)  # fmt: skip


def _seal(out: Path, number: int, rows: int) -> None:
    folder = out / "editions" / f"{number:04d}"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "marts.duckdb")) as connection:
        connection.execute("create schema risk_grade")
        connection.execute(
            "create table risk_grade.risk_code_ledger (entry_no bigint, object_kind varchar, object_id varchar, "
            "edition_no integer, as_of date, recorded_at timestamp, event varchar, payload_sha256 varchar, "
            "previous_hash varchar, entry_hash varchar)"
        )
        names = ("entry_no", "object_kind", "object_id", "edition_no", "as_of")
        rest = ("event", "payload_sha256", "previous_hash", "entry_hash")
        for entry in ENTRIES[:rows]:
            values = [*(entry[name] for name in names), dt.datetime(2026, 4, 1), *(entry[name] for name in rest)]
            connection.execute("insert into risk_grade.risk_code_ledger values (?,?,?,?,?,?,?,?,?,?)", values)
    (folder / "SHA256SUMS").write_text("")


def test_the_file_follows_the_sealed_editions(tmp_path: Path) -> None:
    assert ledger.complete(tmp_path) == 0 and not ledger_file(tmp_path).exists()
    _seal(tmp_path, 1, 2)
    assert ledger.complete(tmp_path) == 2 and ledger.complete(tmp_path) == 0
    before = ledger_file(tmp_path).read_bytes()
    _seal(tmp_path, 2, 4)
    assert ledger.complete(tmp_path) == 2, "a build killed after its rename is made good"
    assert ledger_file(tmp_path).read_bytes().startswith(before)
    assert verify_file(ledger_file(tmp_path)) == (4, "")
    assert read_file(ledger_file(tmp_path))[0]["recorded_at"] == "2026-04-01T08:00:00+08:00"


def _changed(lines: list[dict]) -> list[dict]:
    return [{**lines[0], "event": "revoked"}, *lines[1:]]


def _rewritten(lines: list[dict]) -> list[dict]:
    """A forger who computes the whole chain anew."""
    content = [{**line, "event": "revoked" if line["entry_no"] == 1 else line["event"]} for line in lines]
    return [{**row, "recorded_at": "x"} for row in chain.appended(content, None)]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_changed, "row 1 was changed"),
        (_rewritten, "row 1 is not that of the sealed edition"),
        (lambda lines: lines[1:], "row 1 has number 2"),
        (lambda lines: [lines[0], lines[2], lines[1], lines[3]], "row 2 has number 3"),
        (lambda lines: [*lines, chain.appended([ENTRIES[0]], lines[-1])[0]], "row 5 and 0 more"),
        (lambda lines: [*lines[:3], {}], "row 4 has number None"),
    ],
)
def test_a_broken_ledger_is_named_and_stops(
    tmp_path: Path, change: Callable[[list[dict]], list[dict]], named: str
) -> None:
    _seal(tmp_path, 1, 4)
    ledger.complete(tmp_path)
    path = ledger_file(tmp_path)
    lines = change(read_file(path))
    path.write_bytes(b"".join(chain.canonical(line) + b"\n" for line in lines))
    with pytest.raises(BuildError, match=named):
        ledger.complete(tmp_path)


def test_half_a_line_is_a_broken_row(tmp_path: Path) -> None:
    _seal(tmp_path, 1, 2)
    ledger.complete(tmp_path)
    path = ledger_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    assert verify_file(path)[1].startswith("row 2 ")
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["entry_no"] == 1


def test_the_doctor_says_whether_the_ledger_is_whole(tmp_path: Path) -> None:
    def found() -> list[str]:
        return [fact["state"] for fact in doctor.facts(tmp_path) if fact["what"] == "ledger"]

    assert found() == []
    _seal(tmp_path, 1, 2)
    ledger.complete(tmp_path)
    assert found() == ["ok"]
    path = ledger_file(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("issued", "revoked", 1), encoding="utf-8")
    assert found() == ["problem"]
