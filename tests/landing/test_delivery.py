"""An empty or wrong landing folder is refused; one that shrank is, unless it is meant, in Dagster as on the screen."""

from __future__ import annotations

import datetime
from pathlib import Path

import dagster as dg
import pytest

from assets.run import BuildArguments, BuildRun
from dagster_project.execute import outcome
from ehpilot.landing.folder.delivery import ShrinkLimits, records_by_source, shrinking
from ehpilot.profile import load_profile
from ehpilot.runs.build import Build
from tests.area import said

LIMITS = ShrinkLimits(record_share=0.5, source_share=1, from_records=20)
INDICATORS = "指标编号,区域,年份,数值\n" + "".join(f"Z{n},全区,2025,{n}\n" for n in range(1, 11))


@pytest.mark.parametrize(
    ("loaded", "previous", "says"),
    [
        ({"permit": 100}, {}, ""),
        ({"permit": 50, "census": 50}, {"permit": 100, "census": 100}, ""),
        ({"permit": 49, "census": 50}, {"permit": 100, "census": 100}, "99 records, the last edition had 200"),
        ({"permit": 200}, {"permit": 100, "census": 20}, "no record any more of census"),
        ({"permit": 200, "census": 0}, {"permit": 100, "census": 20, "beach": 0}, "no record any more of census"),
        ({"permit": 1}, {"permit": 10, "census": 9}, ""),  # a trial
    ],
)
def test_what_is_far_less_than_the_last_edition(loaded: dict, previous: dict, says: str) -> None:
    found = shrinking(loaded, previous, LIMITS)
    assert found.partition(" / ")[0] == says


def test_decisions_are_no_records() -> None:
    files = [{"source": "decisions", "records_loaded": 9}, {"source": None, "records_loaded": None}]
    assert sum(records_by_source(files).values()) == 0


def test_a_profile_may_have_other_limits(tmp_path: Path) -> None:
    own = "{parameter_id: intake.shrink.record_share, value: 0.9, unit: '1', source_ref: own, verified: own}"
    (tmp_path / "area.yml").write_text(f"name: x\nname_cn: 某区\nparameters: [{own}]\n", encoding="utf-8")
    limits = ShrinkLimits.of(load_profile(tmp_path))
    assert (limits.record_share, limits.source_share) == (0.9, ShrinkLimits.of(load_profile("demo")).source_share)


@pytest.mark.parametrize("content", [{}, {"landing/permit/排污单位基本信息.csv": "x"}, {"readme.txt": "x"}])
def test_an_empty_or_wrong_folder_is_exit_2(tmp_path: Path, key_folder: Path, content: dict[str, str]) -> None:
    landing, out = tmp_path / "wrong", tmp_path / "out"
    landing.mkdir()
    for name, text in content.items():
        (landing / name).parent.mkdir(parents=True, exist_ok=True)
        (landing / name).write_text(text, encoding="utf-8")
    for command in (["check"], ["build", "--out", str(out)]):
        result = said(*command, "--profile", "demo", "--landing", str(landing))
        assert result.returncode == 2, result.stderr
        last = result.stderr.splitlines()[-1]
        assert str(landing) in last and f"no record in {len(content)} files" in last and "permit/" in last
    assert not list((out / "editions").glob("*"))


def _previous(records: dict[str, int]) -> list[dict]:
    seen = datetime.datetime(2026, 1, 1)
    return [
        {"path": f"{source}/a.csv", "source": source, "file_no": number, "file_sha256": f"{number}", "size_bytes": 1,
         "encoding": None, "form_id": None, "first_seen_at": seen, "status": "current", "superseded_by": None,
         "records_loaded": count}
        for number, (source, count) in enumerate(records.items(), start=1)
    ]  # fmt: skip


def _run(tmp_path: Path, **arguments: bool) -> dg.ExecuteInProcessResult:
    """Inventory, one source and settling as the UI would run them."""

    @dg.asset
    def settled(run: BuildRun) -> None:
        run.build.start()
        run.build.load("indicator")
        run.build.settle()

    run = BuildArguments(profile="demo", landing=str(tmp_path / "landing"), out=str(tmp_path / "out"), **arguments)
    return dg.materialize([settled], resources={"run": run}, raise_on_error=False)


def test_a_run_of_the_ui_fails_with_the_same_words_and_may_be_told(
    tmp_path: Path, key_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "landing" / "indicator"
    folder.mkdir(parents=True)
    (folder / "绿色指数指标.csv").write_text(INDICATORS, encoding="utf-8")
    monkeypatch.setattr(Build, "previous_files", _previous({"permit": 300, "indicator": 10}))
    refused = outcome(_run(tmp_path))
    assert not refused.success
    assert "10 records, the last edition had 310; no record any more of permit" in refused.usage
    assert "--accept-shrink" in refused.usage and str(tmp_path / "landing") in refused.usage
    assert outcome(_run(tmp_path, accept_shrink=True)).success
    (folder / "绿色指数指标.csv").write_text("指标编号,区域,年份,数值\n", encoding="utf-8")
    assert "no record in 1 files" in outcome(_run(tmp_path, accept_shrink=True)).usage
