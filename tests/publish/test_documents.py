"""D01 as plain HTML: what an office reads, and nothing that is not in the edition."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reporting.edition import find_edition
from ehpilot.reporting.html import ordinal, render_plain
from ehpilot.reporting.numbers import cell_text, number_text, round_half_even
from tests.publish.tiny_warehouse import FORMULA, SCRIPT


class Document(HTMLParser):
    """Text, tags and table cells of a page."""

    def __init__(self, path: Path):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))
        self.text = re.sub(r"\s+", " ", self.text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def document(out: Path, tmp_path: Path) -> Document:
    result = render_plain("D01", reading.find(out), tmp_path)
    assert result.path is not None
    return Document(result.path)


def test_file_name_is_the_number_and_the_title_without_quotes_slashes_and_spaces(out: Path, tmp_path: Path) -> None:
    result = render_plain("D01", reading.find(out), tmp_path)
    assert result.path == tmp_path / "D01_云帆港示范区（虚构）环境健康风险污染物清单.html"
    assert result.title == "云帆港示范区（虚构）“环境健康” 风险污染物/清单"
    assert result.tables == ("report.d01_pollutant", "report.d01_list_version")


def test_head_and_annex_say_what_an_office_needs(document: Document) -> None:
    for words in (
        "云帆港示范区（虚构）“环境健康” 风险污染物/清单", "牵头单位（虚构）", "2026年9月30日", "第2版",
        "演示数据（虚构）", "证据附录", "run-2", "in7777777777", "排污单位基本信息.xlsx",
        "XY-FORMAT（经纬度无法识别） 1 条", "有效", "late gate", "p1", "名录版本未登记",
    ):  # fmt: skip
        assert words in document.text, words
    assert "p2" not in document.text, "a verified parameter is no warning"


def test_the_table_has_chinese_headers_units_and_rounded_cells(document: Document) -> None:
    assert "排放量（t）" in document.text
    assert "中文名" in document.text
    numbers = [attrs["data-value"] for tag, attrs in document.tags if tag == "td" and "data-value" in attrs]
    assert numbers == ["1", "5.512345"]
    assert "5.512" in document.text
    assert "5.512345" not in document.text
    assert "本期无数据：名录版本未登记" in document.text


def test_hostile_texts_are_only_texts(document: Document) -> None:
    assert not [tag for tag, _ in document.tags if tag == "script"]
    assert SCRIPT in document.text
    assert FORMULA in document.text


def test_the_file_stands_alone_and_is_accessible(document: Document) -> None:
    attributes = [attrs for _, attrs in document.tags]
    assert not [a for a in attributes if "src" in a or (a.get("href") or "#")[0] != "#"]
    assert ("html", {"lang": "zh-CN"}) in document.tags
    assert all(attrs.get("scope") for tag, attrs in document.tags if tag == "th")
    assert len([tag for tag, _ in document.tags if tag == "h1"]) == 1
    ids = {attrs["id"] for attrs in attributes if "id" in attrs}
    assert {a["href"][1:] for a in attributes if "href" in a} <= ids
    assert {a["aria-labelledby"] for a in attributes if "aria-labelledby" in a} <= ids


def test_the_same_edition_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    first = render_plain("D01", reading.find(out), tmp_path / "a").path
    second = render_plain("D01", reading.find(out), tmp_path / "b").path
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_document_is_a_gap_and_no_crash(out: Path, tmp_path: Path) -> None:
    result = render_plain("D99", reading.find(out), tmp_path)
    assert (result.state, result.path) == ("failed", None)
    assert "D99" in result.reason
    assert list(tmp_path.iterdir()) == []


def test_the_edition_is_found_by_parameter_then_environment(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EHPILOT_EDITION", raising=False)
    monkeypatch.delenv("EHPILOT_OUT", raising=False)
    with pytest.raises(UsageError, match="EHPILOT_EDITION"):
        find_edition()
    monkeypatch.setenv("EHPILOT_OUT", str(out))
    assert find_edition().name == "0002"
    monkeypatch.setenv("EHPILOT_EDITION", str(reading.find(out, 1)))
    assert find_edition().name == "0001"
    assert find_edition(reading.find(out)).name == "0002"
    with pytest.raises(UsageError, match="not an edition"):
        find_edition(out)


# GB/T 8170-2008, clause 3.2: 四舍六入五成双.
@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [(12.1498, 1, "12.1"), (12.1498, 0, "12"), (1.050, 1, "1.0"), (0.35, 1, "0.4"), (2.5, 0, "2"), (3.5, 0, "4"),
     (2.675, 2, "2.68"), (-0.0365, 3, "-0.036"), (10.5002, 0, "11"), (-2.5, 0, "-2")],
)  # fmt: skip
def test_rounding_is_that_of_the_standard(value: float, decimals: int, printed: str) -> None:
    assert f"{round_half_even(value, decimals):f}" == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.0, "0"), (5.512345, "5.512"), (123456.7, "123457"), (0.00123449, "0.001234"), (0.0001235, "1.235×10⁻⁴"),
     (99999999.0, "1×10⁸"), (12345678.0, "1.235×10⁷"), (-0.5, "-0.5"), (2500.0, "2500"), (float("nan"), "—"),
     (9.9999e-5, "1×10⁻⁴"), (1e-300, "1×10⁻³⁰⁰")],
)  # fmt: skip
def test_numbers_without_declared_decimals_keep_four_digits(value: float, printed: str) -> None:
    assert number_text(value) == printed


def test_nothing_is_a_dash_and_never_zero() -> None:
    assert [cell_text(value) for value in (None, False, [], 2025, ["a", None])] == ["—", "否", "—", "2025", "a、—"]
    assert [ordinal(number) for number in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
