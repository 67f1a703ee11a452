"""``check`` tells what a build would make of the folder and writes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ehpilot.landing.intake import check
from tests.landing.intake_kit import Kit, column, raw_table

TABLE = raw_table("site_entry", ["code"], [column("code"), column("amount", "number")])
COLUMNS = {"code": {"aliases": ["编号"], "required": True}, "amount": {"aliases": ["数量"]}}
FORM: dict[str, Any] = {"form_id": "e", "files": ["*名单*"], "parts": [{"table": "site_entry", "columns": COLUMNS}]}


@pytest.fixture(autouse=True)
def _key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(keys))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_report_counts_by_file_and_reason_and_nothing_is_written(tmp_path: Path) -> None:
    kit = Kit(tmp_path / "area", [TABLE], [FORM])
    kit.csv("a名单.csv", ["编号,数量", "A,1", "B,多", "C,少", "合计,1"])
    kit.csv("b.csv", ["x,y", "1,2"])
    before = _files(kit.folder)
    report = check(kit.landing, kit.profile, kit.register)  # type: ignore[arg-type]
    assert json.loads(json.dumps(report.to_json())) == {
        "files": [
            {"path": "site/a名单.csv", "form": "e", "read": 4, "loaded": 1, "quarantined": 2, "skipped": 1},
            {"path": "site/b.csv", "form": None, "read": 1, "loaded": 0, "quarantined": 1, "skipped": 0},
        ],
        "reasons": {"NO-FORM": 1, "NUMBER": 2},
    }
    assert [(row["path"], row["row_number"], row["value"], row["reason_code"]) for row in report.faults()] == [
        ("site/a名单.csv", 3, "多", "NUMBER"), ("site/a名单.csv", 4, "少", "NUMBER"),
        ("site/b.csv", 0, "b.csv", "NO-FORM"),
    ]  # fmt: skip
    assert [row["message"] for row in report.faults(limit=1)][1] == "还有2条 / 2 more"
    assert not report.is_clean
    assert _files(kit.folder) == before


def test_a_clean_folder_is_clean_until_a_required_form_is_missing(tmp_path: Path) -> None:
    kit = Kit(tmp_path / "area", [TABLE], [FORM, {**FORM, "form_id": "must", "files": ["*必填*"], "required": True}])
    kit.csv("a名单.csv", ["编号,数量", "A,1"])
    report = check(kit.landing, kit.profile, kit.register)  # type: ignore[arg-type]
    assert (report.missing_forms, report.is_clean) == (["must"], False)
    assert [row["message"] for row in report.faults()] == ["缺少必交的表 / no file of form must"]
    kit.csv("必填.csv", ["编号,数量", "B,1"])
    assert check(kit.landing, kit.profile, kit.register).is_clean  # type: ignore[arg-type]
