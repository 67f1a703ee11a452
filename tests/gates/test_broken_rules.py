"""What a user sees of a broken gate: file, row, rule and value in one language, and a page of all results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ehpilot.cli import exits
from ehpilot.cli.build import _complain_of
from ehpilot.gates import GateResult, Outcome
from ehpilot.runs.build import Build
from tests.area import said

SAMPLES = [
    {"outlet_no": f"DA00{number}", "height_m": -number, "_file_no": 3, "_row": 10 + number, "path": "permit/甲.xlsx"}
    for number in range(1, 6)
]
BROKEN = Outcome(
    "raw", "raw.permit_outlet", "height_positive", "error", False, 5, "高度应为正", "heights are positive",
    rows=80, samples=SAMPLES,
)  # fmt: skip
WARNED = Outcome("raw", "raw.permit_site", "has_place", "warning", False, 1, "应有坐标", "has a place", rows=2)


@pytest.mark.parametrize(
    ("lang", "head", "row", "other"),
    [
        ("zh", "raw.permit_outlet.height_positive: 高度应为正 (5/80)", "文件 permit/甲.xlsx; 行 11; outlet_no = DA001",
         "heights"),
        ("en", "raw.permit_outlet.height_positive: heights are positive (5/80)",
         "file permit/甲.xlsx; row 11; outlet_no = DA001; height_m = -1", "高度"),
    ],
)  # fmt: skip
def test_rule_file_row_and_value_in_one_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    lang: str, head: str, row: str, other: str,
) -> None:  # fmt: skip
    monkeypatch.setitem(exits._chosen, "lang", lang)
    (tmp_path / "landing").mkdir()
    job = Build("demo", tmp_path / "landing", tmp_path / "out")
    job.gate_results = [GateResult("raw", [BROKEN, WARNED])]
    _complain_of(job, [("raw/permit_outlet:expectations", "told twice"), ("dbt_1_staging", "not built / 不再建设")])
    said = capsys.readouterr().err
    assert head in said and row in said and other not in said
    assert "DA003" in said and "DA004" not in said, "the first three rows"
    assert "told twice" not in said and "dbt_1_staging" in said and "has_place" not in said
    page = tmp_path / "out" / "work" / "quality" / "index.html"
    assert str(page) in said
    assert "高度应为正" in page.read_text(encoding="utf-8")


def test_a_build_that_failed_elsewhere_has_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "landing").mkdir()
    job = Build("demo", tmp_path / "landing", tmp_path / "out")
    _complain_of(job, [("load_permit", "disk full")])
    assert "disk full" in capsys.readouterr().err
    assert not (tmp_path / "out" / "work" / "quality").exists()


def test_check_tells_what_the_raw_gates_would(tmp_path: Path, key_folder: Path) -> None:
    """A file of which most records are refused stops a build: `check` says so before."""
    folder = tmp_path / "landing" / "indicator"
    folder.mkdir(parents=True)
    spoilt = "".join(f"Z{number},全区,2025,多\n" for number in range(150))
    (folder / "绿色指数指标.csv").write_text("指标编号,区域,年份,数值\n" + spoilt, encoding="utf-8")
    result = said("check", "--profile", "demo", "--landing", str(tmp_path / "landing"), "--format", "json")
    assert result.returncode == 1, result.stderr
    rules = {rule["rule"]: rule for rule in json.loads(result.stdout)["rules"]}
    found = rules["intake.source_file.file_mostly_readable"]
    assert (found["severity"], found["failing_rows"]) == ("error", 1)
    assert "indicator/绿色指数指标.csv" in found["words_en"]
