"""Packages for other platforms: what a consumer does with them, and every way in which one must not be used."""

from __future__ import annotations

import copy
import datetime as dt
import json
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.publish import code_keys, exchange
from ehpilot.publish.file_names import safe_name
from ehpilot.reading import exchange as reading

AS_OF = dt.date(2026, 3, 31)
PLATFORM = "虚构绿码/平台"


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> code_keys.SigningKey:
    folder = tmp_path / "keys"
    folder.mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(folder))
    return code_keys.load_signing_key(tmp_path / "out", "演示局", is_fictional=True)


def _marts(building: Path, grades: dict[str, int | None]) -> None:
    """An edition's tables, as far as a package reads them."""
    building.mkdir(parents=True)
    hexes = "a" * 64
    with duckdb.connect(str(building / "marts.duckdb")) as connection:
        connection.execute("create schema risk_grade; create schema exposure")
        connection.execute(
            "create table risk_grade.source_grade as select id as enterprise_id, cast(g as integer) as grade, "
            "cast(1.25 * g as double) as score, ['GR-HL3'] as reason_codes, cast(null as varchar) as to_next_grade, "
            "'low' as data_confidence, cast(null as integer) as previous_grade, cast(null as varchar) as change_reason "
            "from (select unnest(?) as id, unnest(?) as g)",
            [list(grades), list(grades.values())],
        )
        connection.execute(
            "create table risk_grade.risk_code as select enterprise_id, 'red' as colour, grade, '1-00000000' as "
            f"rule_version, date '2026-03-31' as valid_from, date '2026-04-30' as valid_until, reason_codes, 'none' as "
            f"appeal_status, '{hexes}' as payload_sha256, date '2026-03-31' as as_of from risk_grade.source_grade"
        )
        connection.execute(
            "create table risk_grade.platform_enterprise (platform varchar, platform_no varchar, enterprise_id varchar)"
        )
        connection.execute(
            "insert into risk_grade.platform_enterprise values (?, 'P1', 'A'), (?, 'P0', 'A')", [PLATFORM] * 2
        )


def _publish(out: Path, number: int, grades: dict[str, int | None]) -> Path:
    building = out / "editions" / f"{number:04d}"
    _marts(building, grades)
    exchange.write_packages_of(building, out, number, "演示区（虚构）", "演示局", is_fictional=True)
    (building / "SHA256SUMS").touch()
    link = out / "editions" / "latest"
    link.unlink(missing_ok=True)
    link.symlink_to(building.name)
    return building / "exchange" / safe_name(PLATFORM)


def _consumed(folder: Path, kind: str) -> dict[str, Any]:
    """What a careful consumer does before it uses a package: schema, key, signature."""
    text = (folder / reading.FILES[kind]).read_text(encoding="utf-8")
    schema = json.loads((folder / reading.SCHEMA_FILE).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    return reading.opened(text, json.loads((folder / reading.KEYS_FILE).read_text(encoding="utf-8")))


def test_a_consumer_imports_the_full_package_and_then_the_delta(tmp_path: Path, key: code_keys.SigningKey) -> None:
    out = tmp_path / "out"
    first = _publish(out, 1, {"A": 1, "B": 2, "C": None})
    assert not (first / "delta.json").exists(), "nothing came before"
    full = _consumed(first, "full")
    with sqlite3.connect(":memory:") as platform:
        platform.execute("create table grade (enterprise_id text primary key, platform_no text, grade integer)")
        load = "insert or replace into grade values (:enterprise_id, :platform_no, :grade)"
        platform.executemany(load, full["tables"]["grades"]["rows"])
        second = _publish(out, 2, {"A": 2, "B": 2, "D": 4})
        delta = _consumed(second, "delta")
        assert delta["base_package_id"] == full["package_id"] and "-D-" in delta["package_id"]
        assert [row["enterprise_id"] for row in delta["tables"]["grades"]["rows"]] == ["A", "D"]
        platform.executemany(load, delta["tables"]["grades"]["rows"])
        platform.executemany("delete from grade where enterprise_id = ?", delta["tables"]["grades"]["removed"])
        now = platform.execute("select * from grade order by 1").fetchall()
    assert now == [("A", "P0", 2), ("B", None, 2), ("D", None, 4)]
    assert reading.updated(full, delta) == reading.tables(_consumed(second, "full"))


def test_what_was_changed_forged_or_does_not_fit_is_refused(tmp_path: Path, key: code_keys.SigningKey) -> None:
    out = tmp_path / "out"
    folder = _publish(out, 1, {"A": 1})
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    package = json.loads((folder / "full.json").read_text(encoding="utf-8"))
    changed = copy.deepcopy(package)
    changed["payload"]["tables"]["grades"]["rows"][0]["grade"] = 4
    with pytest.raises(reading.PackageError, match="not what was signed"):
        reading.opened(json.dumps(changed), keys)
    with pytest.raises(reading.PackageError, match="unknown key"):
        reading.opened(json.dumps(package), {"keys": []})
    for text in ("{", "[]", "{}", '{"payload": {}}', "[" * 100_000):
        with pytest.raises(reading.PackageError, match="no exchange package"):
            reading.opened(text, keys)
    for odd in (0.5, "\ud800"):
        with pytest.raises(reading.PackageError, match="not what was signed"):
            reading.opened(json.dumps({**package, "payload": {"a": odd}}), keys)
    delta = exchange.difference(package["payload"], package["payload"])
    other = {**package["payload"], "edition_no": 9}
    with pytest.raises(reading.PackageError, match="another package"):
        reading.updated(other, delta)
    with pytest.raises(reading.PackageError, match="full package"):
        reading.tables(delta)


def test_another_key_before_means_a_full_package_only(
    tmp_path: Path, key: code_keys.SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    _publish(out, 1, {"A": 1})
    (tmp_path / "others").mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "others"))
    assert not (_publish(out, 2, {"A": 1}) / "delta.json").exists()


def test_without_a_code_there_is_no_package_and_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(keys))
    _marts(tmp_path / "editions" / ".0001.building", {})
    made = exchange.write_packages_of(
        tmp_path / "editions" / ".0001.building", tmp_path, 1, "区", "局", is_fictional=False
    )
    assert made == [] and not list(keys.iterdir())


def test_a_name_of_a_platform_stays_in_its_folder(tmp_path: Path) -> None:
    assert safe_name("a/b") != safe_name("a:b"), "two names never have one folder"
    for name in ("../..", "a/b", "C:\\x", ".", "", "\x00", "甲" * 200):
        inside = (tmp_path / safe_name(name)).resolve()
        assert inside.parent == tmp_path.resolve() and inside != tmp_path.resolve()


def test_the_description_of_the_interface_speaks_of_what_lands() -> None:
    described = json.loads((exchange.TEMPLATES / "exchange_openapi.json").read_text(encoding="utf-8"))
    assert described["openapi"].startswith("3.1") and {"/packages/full", "/packages/delta", "/receipts"} <= set(
        described["paths"]
    )
    receipt = described["components"]["schemas"]["Receipt"]
    jsonschema.Draft202012Validator.check_schema(receipt)
    assert set(receipt["required"]) == {"包编号", "接收时间", "结果"}


ROWS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 4))


@settings(max_examples=50, deadline=None)
@given(ROWS, ROWS)
def test_full_and_delta_make_the_next_full(before: dict[str, int], after: dict[str, int]) -> None:
    def full(number: int, rows: dict[str, int]) -> dict[str, Any]:
        listed = [{"enterprise_id": name, "grade": grade} for name, grade in sorted(rows.items())]
        return {
            "kind": "full", "package_id": str(number), "edition_no": number,
            "tables": {"grades": {"key": ["enterprise_id"], "rows": listed}},
        }  # fmt: skip

    old, new = full(1, before), full(2, after)
    assert reading.updated(old, exchange.difference(old, new)) == reading.tables(new)
