"""Files of hourly series that an earlier build has read are taken over: the same rows and books, without a parse."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ehpilot.landing import source_load
from ehpilot.landing.books.accounting import LoadReport
from ehpilot.landing.books.content_dates import flag_after_as_of, last_content_date
from ehpilot.landing.folder.inventory import LandingFile, take_inventory
from ehpilot.landing.intake import IntakeContext, load_source
from ehpilot.landing.kept.cache import FileCache, clear_stale, mark_stale, stale_months
from ehpilot.landing.layout import sheets
from tests.landing.intake_kit import ALIASES, Kit, column, raw_table

HOURS = raw_table(
    "site_hour",
    ["code", "at"],
    [column("code", "name"), column("at", "timestamp"), column("value", "measurement"),
     column("value_text", "companion"), column("value_qualifier", "companion"), column("value_limit", "companion",
     data_type="double"), column("p", "pollutant")],
    provenance="series",
)  # fmt: skip
FORM: dict[str, Any] = {
    "form_id": "hours",
    "files": ["*小时*"],
    "parts": [{"table": "site_hour", "columns": {
        "code": {"aliases": ["编号"], "required": True}, "at": {"aliases": ["时间"], "required": True},
        "value": {"aliases": ["数值"]}, "p": {"aliases": ["物质"]},
    }}],
}  # fmt: skip
HEAD = "编号,时间,数值,物质,谁也不要"
NOW = datetime.datetime(2026, 1, 5, 8, 0)
TABLES = ("raw.site_hour", "intake.source_file", "intake.skipped", "intake.quarantine", "intake.file_column")


def _month(month: int, site: str = "S1", value: str = "1.5") -> list[str]:
    """Hours of a month with a clerk's faults: a note, a bad value, a non-detect, a mark, a row that stands twice."""
    lines = [HEAD, *(f"{site},2025-{month:02d}-{n // 24 + 1:02d} {n % 24:02d}:00,{value},苯,x" for n in range(60))]
    lines[5] = f"{site},2025-{month:02d}-01 04:00,坏,苯,x"
    lines[7] = f"{site},2025-{month:02d}-01 06:00,<0.5,苯,x"
    lines[9] = f"{site},2025-{month:02d}-01 08:00,--,苯,x"
    lines[20:20] = ["合计,,9,,", "多,一,列,,,"]
    return lines


class Builds:
    """Builds of one landing folder, one after another, each with a database of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.kit = Kit(folder, [HOURS], [FORM])
        self.cache_folder = folder / "read files [=1]"
        self.opened: list[str] = []
        self.previous: Sequence[dict[str, Any]] = ()

        def watched(con: duckdb.DuckDBPyConnection, file: LandingFile, *others: Any) -> Any:
            self.opened.append(file.path.rpartition("/")[2])
            return sheets.open_file(con, file, *others)

        monkeypatch.setattr(source_load, "open_file", watched)

    def build(self, keeps: bool = True, aliases: Any = ALIASES) -> LoadReport:
        """Load the folder; the next build sees this one's files as those of the previous edition."""
        kit = self.kit
        kit.con = duckdb.connect()
        self.opened.clear()
        inventory = take_inventory(kit.landing, kit.profile, kit.register, self.previous, None, NOW)  # type: ignore[arg-type]
        stale = stale_months(self.cache_folder)
        cache = FileCache.create(self.cache_folder, kit.profile, kit.register, aliases, stale) if keeps else None  # type: ignore[arg-type]
        context = IntakeContext(kit.profile, kit.register, aliases, b"k" * 32, NOW, cache)  # type: ignore[arg-type]
        return load_source(kit.con, inventory, "site", context)

    def seal(self) -> None:
        """What was built is the previous edition."""
        self.previous = self.kit.files()

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables, sorted."""
        return {t: sorted(self.kit.rows(f"select * from {t}"), key=repr) for t in TABLES}

    def agree_with_a_full_parse(self) -> None:
        """The tables are those that reading every file makes."""
        taken_over = self.content()
        self.build(keeps=False)
        assert taken_over == self.content()


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    found = Builds(tmp_path, monkeypatch)
    for month in (1, 2, 3):
        found.kit.csv(f"小时_2025{month:02d}.csv", _month(month))
    found.build()
    found.seal()
    return found


def test_no_file_is_parsed_twice(builds: Builds) -> None:
    assert builds.opened == ["小时_202501.csv", "小时_202502.csv", "小时_202503.csv"]
    first = builds.content()
    report = builds.build()
    assert builds.opened == [] and builds.content() == first
    assert report.rows == {"site_hour": 3 * 59} and report.loaded == 3 * 59
    assert (report.read, report.quarantined, report.skipped) == (3 * 62, 6, 3)
    builds.agree_with_a_full_parse()


def test_of_a_changed_month_its_file_alone_is_parsed(builds: Builds) -> None:
    builds.kit.csv("小时_202502.csv", _month(2, value="7"))
    builds.kit.csv("小时_202504.csv", _month(4))
    builds.build()
    assert builds.opened == ["小时_202502.csv", "小时_202504.csv"]
    builds.agree_with_a_full_parse()


def test_a_removed_month_leaves(builds: Builds) -> None:
    builds.kit.path("小时_202502.csv").unlink()
    builds.build()
    assert builds.opened == [] and builds.kit.rows("select distinct month(\"at\") from raw.site_hour order by 1") == [
        (1,), (3,)]  # fmt: skip
    builds.agree_with_a_full_parse()


def test_keys_of_a_new_file_are_compared_with_months_taken_over(builds: Builds) -> None:
    lines = [HEAD, "S1,2025-02-02 03:00,1.5,苯,x", "S1,2025-02-02 04:00,9,苯,x", "S1,2025-06-01 00:00,9,苯,x"]
    builds.kit.csv("小时_更正.csv", lines)
    builds.build()
    assert builds.opened == ["小时_更正.csv"]
    assert builds.kit.rows(
        "select reason_code, count(*) from intake.quarantine where reason_code = 'DUP-DIFF' group by 1"
    ) == [("DUP-DIFF", 2)]
    builds.agree_with_a_full_parse()
    # what was compared once is compared again, a decision is followed, and without it the month is as before
    builds.build()
    builds.seal()
    decision = ["decision_id,kind,object,value,role,date,reason,valid_until",
                "d1,winner,site_hour:S1|2025-02-02 04:00:00,site/小时_更正.csv,r,2026-01-01,x,"]  # fmt: skip
    builds.kit.csv("decisions/a.csv", decision)
    builds.build()
    assert builds.opened == []
    assert builds.kit.rows("select value from raw.site_hour where \"at\" = timestamp '2025-02-02 04:00:00'") == [(9.0,)]
    builds.agree_with_a_full_parse()
    builds.kit.path("小时_更正.csv").unlink()
    builds.kit.path("decisions/a.csv").unlink()
    builds.build()
    assert builds.opened == []
    builds.agree_with_a_full_parse()


def test_a_row_that_stands_twice_in_a_file_is_found_each_time(builds: Builds) -> None:
    lines = _month(5)
    builds.kit.csv("小时_202505.csv", [*lines, lines[1]])
    for opened in (["小时_202505.csv"], []):
        builds.build()
        builds.seal()
        assert builds.opened == opened
        assert builds.kit.rows("select count(*) from intake.skipped where reason_code = 'SKIP-DUPLICATE'") == [(1,)]
    builds.agree_with_a_full_parse()


def test_another_form_another_name_another_code_reads_anew(builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = ["小时_202501.csv", "小时_202502.csv", "小时_202503.csv"]
    monkeypatch.setitem(FORM["parts"][0]["columns"]["p"], "aliases", ["物质", "谁也不要"])
    changed = Kit(builds.kit.folder, [HOURS], [FORM])
    builds.kit = changed
    builds.build()
    assert builds.opened == everything
    builds.build(aliases=type(ALIASES)(ALIASES.pollutants | {"x": "y"}, ALIASES.units, ALIASES.conversions))
    assert builds.opened == everything
    monkeypatch.setattr("ehpilot.landing.kept.cache.CODE", ("ehpilot/landing/sql.py",))
    builds.build()
    assert builds.opened == everything
    builds.build()
    assert builds.opened == []


@pytest.mark.parametrize("name", ["site_hour.parquet", "quarantine.parquet", "book.json"])
def test_a_spoilt_or_missing_entry_is_read_anew(builds: Builds, name: str) -> None:
    first = builds.content()
    entry = next(path.parent for path in builds.cache_folder.glob(f"site/*/{name}"))
    content = bytearray((entry / name).read_bytes())
    content[len(content) // 2] ^= 1
    (entry / name).write_bytes(content)
    builds.build()
    assert len(builds.opened) == 1 and builds.content() == first
    (entry / name).unlink()
    builds.build()
    assert len(builds.opened) == 1 and builds.content() == first
    shutil.rmtree(builds.cache_folder)
    builds.build()
    assert len(builds.opened) == 3 and builds.content() == first


def test_what_a_killed_build_left_is_no_entry_and_goes(builds: Builds) -> None:
    entry = next(path.parent for path in builds.cache_folder.glob("site/*/book.json"))
    entry.rename(entry.with_name(f".{entry.name}.77"))
    builds.build()
    assert len(builds.opened) == 1
    assert all(not path.name.startswith(".") for path in builds.cache_folder.glob("site/*"))
    assert len(list(builds.cache_folder.glob("site/*/book.json"))) == 3


def test_a_stale_month_is_read_anew_until_the_mark_is_taken_away(builds: Builds) -> None:
    mark_stale(builds.cache_folder, ["2025-02"])
    for _ in range(2):
        builds.build()
        assert builds.opened == ["小时_202502.csv"]
    clear_stale(builds.cache_folder, stale_months(builds.cache_folder))
    builds.build()
    assert builds.opened == []


def test_records_after_the_as_of_date_are_flagged_in_months_taken_over(builds: Builds) -> None:
    as_of = datetime.date(2025, 2, 1)
    found = []
    for keeps in (True, False):
        builds.build(keeps)
        con, register = builds.kit.con, builds.kit.register
        assert last_content_date(con, register) == datetime.date(2025, 3, 3)  # type: ignore[arg-type]
        assert flag_after_as_of(con, register, as_of) == 36 + 59  # type: ignore[arg-type]
        assert flag_after_as_of(con, register, as_of) == 0  # type: ignore[arg-type]
        found.append(builds.content())
    assert found[0] == found[1]


def test_tables_with_cells_or_persons_are_read_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds = Builds(tmp_path, monkeypatch)
    builds.kit.tables = [raw_table("site_hour", ["code", "at"], [*HOURS.columns, column("who", "personal")], "series")]
    builds.kit.csv("小时_202501.csv", _month(1))
    for _ in range(2):
        builds.build()
        builds.seal()
        assert builds.opened == ["小时_202501.csv"]


ROW = st.tuples(st.integers(1, 3), st.integers(0, 4), st.sampled_from(["1", "2", "坏", "<1", "--"]))
FOLDER = st.dictionaries(st.sampled_from("abcd"), st.lists(ROW, min_size=1, max_size=8), max_size=4)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(folders=st.lists(FOLDER, min_size=2, max_size=4))
def test_whatever_came_before_the_tables_are_those_of_a_full_parse(
    folders: list[dict[str, list[tuple[int, int, str]]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        builds = Builds(tmp_path_factory.mktemp("law"), patch)
        for folder in folders:
            shutil.rmtree(builds.kit.landing)
            builds.kit.landing.mkdir()
            for name, rows in folder.items():
                lines = [f"S,2025-{month:02d}-01 {hour:02d}:00,{value},苯,x" for month, hour, value in rows]
                builds.kit.csv(f"小时_{name}.csv", [HEAD, *lines])
            builds.build()
            builds.agree_with_a_full_parse()
            builds.seal()
