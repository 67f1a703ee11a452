"""Good workbooks changed as strangers change them: what is loaded is right, the rest is told, the books are exact."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ehpilot.landing.intake import CheckReport, check
from tests.landing.intake_kit import Kit, column, raw_table

TABLE = raw_table(
    "site_release", ["outlet", "sampled_at"],
    [column("outlet", "name"), column("sampled_at", "timestamp"), column("quantity", "number", minimum=0.0),
     column("unit", "unit")],
)  # fmt: skip
FORM: dict[str, Any] = {
    "form_id": "release", "files": ["*排放*"],
    "parts": [{"table": "site_release", "columns": {
        "outlet": {"aliases": ["排放口编号"], "required": True}, "sampled_at": {"aliases": ["时间"], "required": True},
        "quantity": {"aliases": ["排放量"], "required": True}, "unit": {"const": "t"},
    }}],
}  # fmt: skip
DAY = datetime.datetime(2025, 3, 1, 8)
UNIT_PLACES = ("header", "above", "two cells", "title", "sheet", "column", "cell", "below", "format")
KEYS = ("text", "format", "date")
TOTALS = ("合计", "小 计", "总计", "共计", "合计：", "废气合计", "本页合计")
OFFSETS = ("plain", "Z", "+00:00", "+0800")


@dataclass(frozen=True)
class Mutation:
    """What was done to the file. ``head_at``: row before which a head of another order stands; ``merged``: rows whose
    amounts are one cell."""

    kilograms: list[int]
    unit: str
    key: str
    head_at: int | None
    merged: bool
    total: str | None
    offset: str

    @property
    def truth(self) -> dict[str, float]:
        """Tonnes by outlet as a person reads the sheet; a merged amount is that of its first outlet."""
        amounts = {self.shown(number): amount / 1000 for number, amount in enumerate(self.kilograms, start=1)}
        if self.merged:
            del amounts[self.shown(2)]
        return amounts

    def shown(self, number: int) -> str:
        return f"3-{number}" if self.key == "date" else f"DA{number:03d}"


mutations = st.builds(
    Mutation,
    st.lists(st.integers(1, 99_999), min_size=3, max_size=5),
    st.sampled_from(UNIT_PLACES), st.sampled_from(KEYS), st.none() | st.integers(2, 3), st.booleans(),
    st.none() | st.sampled_from(TOTALS), st.sampled_from(OFFSETS),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EHPILOT_KEY_DIR", str(tmp_path_factory.mktemp("keys")))
        yield


def _checked(kit: Kit) -> CheckReport:
    """What ``ehpilot check`` says of the folder that was loaded; its books are those of the load."""
    report = check(kit.landing, kit.profile, kit.register)  # type: ignore[arg-type]
    told = {row["path"]: tuple(row[w] for w in ("read", "loaded", "quarantined", "skipped")) for row in report.files}
    assert told == kit.counts()
    return report


def _time(offset: str) -> str:
    moment = DAY if offset in ("plain", "+0800") else DAY - datetime.timedelta(hours=8)
    return moment.strftime("%Y-%m-%d %H:%M:%S" if offset == "plain" else "%Y-%m-%dT%H:%M:%S") + (
        "" if offset == "plain" else offset
    )


def _head(mutation: Mutation, order: Sequence[int]) -> list[str]:
    amount = "排放量(kg)" if mutation.unit == "header" else "排放量"
    names = ["排放口编号", "时间", amount, "计量单位" if mutation.unit == "column" else "备注"]
    return [names[index] for index in order]


def _write(path: Path, mutation: Mutation) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("排放（kg）" if mutation.unit == "sheet" else "排放")
        keys = {
            "format": book.add_format({"num_format": '"DA"000'}),
            "date": book.add_format({"num_format": 'm"月"d"日"'}),
        }
        kilograms = book.add_format({"num_format": '0"kg"'})
        above = {"above": ["单位：千克"], "two cells": ["", "单位", "kg"], "title": ["2025年排放（单位：kg）"]}
        row = 0
        if mutation.unit in above:
            page.write_row(row, 0, above[mutation.unit])
            row += 1
        order = [0, 1, 2, 3]
        page.write_row(row, 0, _head(mutation, order))
        first = row + 1
        for number, amount in enumerate(mutation.kilograms, start=1):
            row += 1
            if mutation.head_at == number - 1 and not mutation.merged:
                order = [2, 0, 3, 1]
                page.write_row(row, 0, _head(mutation, order))
                row += 1
            cells: list[Any] = [mutation.shown(number), _time(mutation.offset), amount, ""]
            cells[3] = "千克" if mutation.unit == "column" else ""
            cells[2] = f"{amount}kg" if mutation.unit == "cell" else amount
            for place, index in enumerate(order):
                if index == 0 and mutation.key == "date":
                    page.write_datetime(row, place, datetime.datetime(2025, 3, number), keys["date"])
                elif index == 0 and mutation.key == "format":
                    page.write_number(row, place, number, keys["format"])
                elif index == 2 and mutation.unit == "format":
                    page.write_number(row, place, amount, kilograms)
                elif cells[index] != "":
                    page.write(row, place, cells[index])
        if mutation.total is not None:
            row += 1
            total: list[Any] = [mutation.total, _time(mutation.offset), sum(mutation.kilograms), ""]
            page.write_row(row, 0, [total[index] for index in order])
        if mutation.unit == "below":
            page.write(row + 1, 0, "注：排放量单位为千克")
        if mutation.merged:
            amount = mutation.kilograms[0]
            if mutation.unit == "format":
                page.merge_range(first, 2, first + 1, 2, amount, kilograms)
            else:
                page.merge_range(first, 2, first + 1, 2, f"{amount}kg" if mutation.unit == "cell" else amount)


@given(mutations)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_loaded_is_what_a_person_reads(mutation: Mutation) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kit = Kit(Path(folder), [TABLE], [FORM])
        _write(kit.path("排放.xlsx"), mutation)
        kit.load()
        loaded = kit.rows("select outlet, sampled_at, quantity, unit, _flags from raw.site_release")
        amounts = {outlet: quantity for outlet, _, quantity, _, _ in loaded if quantity is not None}
        assert amounts == pytest.approx(mutation.truth)
        assert {unit for *_, unit, _ in loaded} == {"t"}
        assert {at for _, at, *_ in loaded} == {DAY}
        unknown = [flags for _, _, quantity, _, flags in loaded if quantity is None]
        assert ["MERGED-AMOUNT" in flags for flags in unknown] == [True] * mutation.merged
        if mutation.key != "text":
            assert all("SHOWN-AS" in flags for *_, flags in loaded)
        assert ("SKIP-TOTAL" in {code for _, code in kit.skipped()}) == (mutation.total is not None)
        for read, good, bad, skipped in kit.counts().values():
            assert read == good + bad + skipped
        report = _checked(kit)
        wanted = {"SHOWN-AS": mutation.key != "text", "MERGED-AMOUNT": mutation.merged}
        assert {flag for flag in wanted if flag in report.flags} == {flag for flag, is_so in wanted.items() if is_so}
        assert report.is_clean and report.reasons == {}
        kit.con.close()


@pytest.mark.parametrize(("said", "code"), [
    ([["单位：百公斤"], ["排放口编号", "时间", "排放量"], ["DA001", "2025-03-01", 5]], "UNIT-UNKNOWN"),
    ([["排放口编号", "时间", "排放量", "单位"], ["DA001", "2025-03-01", 5, "桶克"]], "UNIT-UNKNOWN"),
    ([["排放口编号", "时间", "排放量"], ["DA001", "2025-03-01", 5], ["排放口编号", "排放量", "月"], ["D2", 5, 3]],
     "NO-HEADER"),
    ([["排放口编号", "时间", "排放量"], ["DA001", "2025-03-01", "120\n135"]], "NUMBER"),
    ([["排放口编号", "时间", "排放量"], [datetime.datetime(2025, 3, 1), "2025-03-01", 5]], "KEY-DATE"),
])  # fmt: skip
def test_what_cannot_be_told_is_named(tmp_path: Path, said: list[list[Any]], code: str) -> None:
    kit = Kit(tmp_path, [TABLE], [FORM])
    path = kit.path("排放.xlsx")
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/m/d"}) as book:
        page = book.add_worksheet("排放")
        for number, row in enumerate(said):
            page.write_row(number, 0, row)
    kit.load()
    assert code in {row[3] for row in kit.quarantine()}
    report = _checked(kit)
    assert code in report.reasons and not report.is_clean
    assert all(fault["message"] for fault in report.faults() if fault["reason_code"] == code)
    assert all(row[0] != 5000 for row in kit.rows("select quantity from raw.site_release"))
