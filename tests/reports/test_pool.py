"""Documents side by side: the same bytes as one after the other, a series by declaration alone, and how a pool ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import psutil
import pytest

from ehpilot.errors import BuildError
from ehpilot.publish import report_index
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting.document_series import DocumentSeries, start_series
from ehpilot.reporting.pool import Order, PressPool, wait_for
from ehpilot.reporting.press import FORMATS

BEACHES = {"b1": ("HT-001", "金沙湾（虚构）"), "b2": ("HT-002", "<b>银滩</b>（虚构）"), "b3": (None, "礁石湾（虚构）")}
PER = {"table": "report.beach_index", "key": "beach_id", "number": "beach_no", "name": "name", "folder": "beaches",
       "noun": "海滩卡", "empty": "没有登记的海滩"}  # fmt: skip
SERIES = DocumentSeries("BEACH", **PER)
START_S, END_S = 240, 60  # patience on a machine that is busy with other things


@pytest.fixture(autouse=True)
def _embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHPILOT_ENGINE", "embedded")


@pytest.fixture(scope="module")
def beaches(edition: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An edition with a table of beaches, and the project with a text about one."""
    folder, texts = tmp_path_factory.mktemp("beaches"), tmp_path_factory.mktemp("texts") / "quarto_reports"
    shutil.copytree(project, texts)
    shutil.copy(Path(__file__).parent / "documents" / "beach.qmd", texts)
    shutil.copy(edition / "marts.duckdb", folder)
    (folder / "marts.duckdb").chmod(0o644)
    with duckdb.connect(str(folder / "marts.duckdb")) as connection:
        connection.execute(
            "create table report.beach_index "
            "(row_no integer, beach_id varchar primary key, beach_no varchar, name varchar)"
        )
        connection.execute("comment on column report.beach_index.beach_no is '海滩编号 / number'")
        for number, (key, texts_of) in enumerate(BEACHES.items(), start=1):
            connection.execute("insert into report.beach_index values (?, ?, ?, ?)", [number, key, *texts_of])
        connection.execute(
            "insert into meta.document by name select * replace ('BEACH' as document_id, '海滩一滩一卡' as title) "
            "from meta.document where document_id = 'D01'"
        )
    return folder, texts


def made_by(workers: int, beaches: tuple[Path, Path], to: Path) -> tuple[list[DocumentResult], list[tuple[int, int]]]:
    """D01 in every format and the series of beaches, and what was told of its progress."""
    edition, project = beaches
    told: list[tuple[int, int]] = []
    with PressPool(project, workers=workers) as pool:
        one = pool.submit(Order("D01", edition, to / "reports", FORMATS))
        series = start_series(pool, SERIES, edition, to / "beaches", ("html", "docx"), None, lambda *n: told.append(n))
        results = [*wait_for(one), *series.results()]
    report_index.write(to, 1, results)
    return results, told


@pytest.fixture(scope="module")
def by_one(beaches: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of it made in this process."""
    to = tmp_path_factory.mktemp("one")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EHPILOT_ENGINE", "embedded")
        made_by(1, beaches, to)
    return to


def test_a_pool_makes_the_bytes_that_one_process_makes(
    beaches: tuple[Path, Path], by_one: Path, tmp_path: Path
) -> None:
    results, told = made_by(2, beaches, tmp_path)
    assert [(r.state, r.reason) for r in results if r.state != "draft"] == []
    files = {path.relative_to(by_one): path.read_bytes() for path in by_one.rglob("*") if path.is_file()}
    assert {path.suffix for path in files} == {".html", ".docx", ".pdf", ".xlsx", ".json"}
    assert len(files) == 2 * len(FORMATS) + 2 * len(BEACHES) + len(["index.html", "keys.json", "reports/index.json"])
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()} == set(files)
    assert [path for path, content in files.items() if (tmp_path / path).read_bytes() != content] == []
    assert sorted(told) == [(1, 3), (2, 3), (3, 3)]


def test_another_series_needs_its_declaration_only(by_one: Path) -> None:
    page = (by_one / "beaches" / "index.html").read_text(encoding="utf-8")
    assert "海滩卡目录（3份）" in page
    assert '<th scope="col">海滩编号</th>' in page
    assert "&lt;b&gt;银滩" in page
    assert "档案" not in page
    names = {path.name for path in (by_one / "beaches").glob("*.html")}
    assert names == {"HT-001.html", "HT-002.html", "b3.html", "index.html"}
    text = (by_one / "beaches" / "HT-001.html").read_text(encoding="utf-8")
    assert "金沙湾" in text
    assert "银滩" not in text
    entries = [entry for entry in report_index.read(by_one) if entry["document_id"] == "BEACH"]
    assert [(entry["path"], entry["tables"]) for entry in entries] == [("beaches/index.html", ["report.beach_index"])]


def test_documents_of_a_series_are_taken_over_where_nothing_changed(
    beaches: tuple[Path, Path], by_one: Path, tmp_path: Path
) -> None:
    edition, project = beaches
    kept = tmp_path / "kept"
    shutil.copytree(by_one / "beaches", kept)
    (kept / "HT-001.html").write_text("taken", encoding="utf-8")
    (kept / "HT-002.docx").unlink()
    with PressPool(project, workers=1) as pool:
        start_series(pool, SERIES, edition, tmp_path / "made", ("html", "docx"), kept).results()
    assert (tmp_path / "made" / "HT-001.html").read_text(encoding="utf-8") == "taken"
    for name in ("HT-002.html", "HT-002.docx", "b3.html", "index.html"):
        assert (tmp_path / "made" / name).read_bytes() == (by_one / "beaches" / name).read_bytes()


def test_a_series_of_no_rows_says_so(edition: Path, project: Path, tmp_path: Path) -> None:
    none = replace(SERIES, document_id="D01", table="report.d01_list_version")
    with PressPool(project, workers=1) as pool:
        (made,) = start_series(pool, none, edition, tmp_path, ("html",)).results()
    assert made.gaps == ("本期无数据：没有登记的海滩",)
    assert "本期无数据：没有登记的海滩" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_declaration_names_what_it_lacks() -> None:
    assert DocumentSeries.declared("D01", {}) is None
    assert DocumentSeries.declared("BEACH", {"per": PER}) == SERIES
    with pytest.raises(BuildError, match=r"BEACH: meta.per .*look at noun, wrong"):
        DocumentSeries.declared("BEACH", {"per": {**{k: v for k, v in PER.items() if k != "noun"}, "wrong": "x"}})


def until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so; False where it is not after so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.1)
    return is_so()


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended."""
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def kernels_below(process: psutil.Process) -> list[psutil.Process]:
    """Kernels of its workers."""
    return [p for p in process.children(recursive=True) if "ipykernel_launcher" in _command(p)]


def _command(process: psutil.Process) -> str:
    """Its command line, empty where it has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def test_a_pool_that_is_stopped_leaves_no_process_and_no_file(beaches: tuple[Path, Path], tmp_path: Path) -> None:
    edition, project = beaches
    this = psutil.Process()
    before = set(this.children(recursive=True))  # the kernel of the other tests' press
    pool = PressPool(project, workers=2)
    waiting = [pool.submit(Order("D01", edition, tmp_path / str(n), FORMATS)) for n in range(20)]
    assert until(lambda: len(set(kernels_below(this)) - before) == 2, START_S)
    begun = [p for p in this.children(recursive=True) if p not in before and "spawn_main" in _command(p)]
    begun += set(kernels_below(this)) - before
    assert pool._folder is not None
    pool.stop()
    assert until(lambda: living(begun) == [], END_S), living(begun)
    assert not Path(pool._folder.name).exists()
    assert waiting[-1].cancelled()
    with pytest.raises(BuildError, match="died"):
        wait_for(waiting[0])


# Signals as a terminal has them: a background job hands SIGINT on as ignored, and Dagster lets SIGTERM follow it.
_ENDLESS = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
from ehpilot.reporting.pool import Order, PressPool, wait_for
if __name__ == "__main__":
    edition, project, to = map(Path, sys.argv[1:])
    with PressPool(project, workers=2) as pool:
        for made in [pool.submit(Order("D01", edition, to, ("html",), stem=str(n))) for n in range(1000)]:
            wait_for(made)
"""


@pytest.mark.parametrize("signal_no", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_and_kernels_end_with_who_began_them(
    beaches: tuple[Path, Path], tmp_path: Path, signal_no: signal.Signals
) -> None:
    script = tmp_path / "endless.py"
    script.write_text(_ENDLESS, encoding="utf-8")
    command = [sys.executable, str(script), *map(str, beaches), str(tmp_path / "made")]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as running:
        try:
            process = psutil.Process(running.pid)
            assert until(lambda: len(kernels_below(process)) == 2, START_S)
            begun = process.children(recursive=True)
            running.send_signal(signal_no)
            assert until(lambda: running.poll() is not None, END_S)
            assert running.returncode != 0
        finally:
            running.kill()  # else a failure would wait for it without end
    assert until(lambda: living(begun) == [], END_S), living(begun)
    assert until(lambda: list(temporary.iterdir()) == [], END_S), list(temporary.iterdir())
