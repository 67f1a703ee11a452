"""A file of many fields as tables a person would lay out: no value is lost, units stand once, sources are marks."""

from __future__ import annotations

import html
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ehpilot.reporting.field_tables import FieldTables

PERMIT, SURVEY = "排污许可：permit/a.xlsx", "入企调查：survey/b.xlsx"


def row(field: str, plain: str | None, item: int = 1, unit: str | None = None, **other: Any) -> dict[str, Any]:
    """A field of an outlet as ``report.dossier_content`` holds it."""
    value = "缺" if plain is None else f"{plain} {unit}" if unit else plain
    number = other.pop("field_no", sum(map(ord, field)))
    return {
        "enterprise_id": "E1", "section": "排放口", "block": "outlet", "block_label": "排放口", "item_no": item,
        "field": field, "field_no": number, "value": value, "plain_value": plain, "unit": unit, "source": PERMIT,
        "value_date": "2025-12-31", "state": "填报" if plain is not None else "缺", **other,
    }  # fmt: skip


def printed(rows: list[dict[str, Any]]) -> str:
    """The Markdown as plain text, spans without their attributes."""
    text = FieldTables("report.dossier_content", ["enterprise_id", "item_no", "field"]).sections(rows).text
    return html.unescape(re.sub(r"\[([^\[\]]*)\]\{[^}]*\}", r"\1", text))


def test_an_item_is_a_line_and_the_unit_stands_once() -> None:
    rows = [row("编号", "DA1", 1), row("高度", "15", 1, "m"), row("编号", "DA2", 2), row("高度", "30.5", 2, "m")]
    text = printed(rows)
    assert "| 编号 | 高度（m） |" in text
    assert "| DA1 | 15 |" in text and "| DA2 | 30.5 |" in text
    assert "来源：1。" in text and f"1 {PERMIT}，2025-12-31" in text


def test_lines_of_different_units_sources_and_states_say_so() -> None:
    rows = [
        row("编号", "DA1", 1), row("限值", "20", 1, "mg/m3"),
        row("编号", "DA2", 2, source=SURVEY), row("限值", "3", 2, "kg/h", source=SURVEY, state="推算"),
    ]  # fmt: skip
    text = printed(rows)
    assert "| DA1 | 20 mg/m³ | 1 |" in text and "| DA2 | 3 kg/h* | 2 |" in text
    assert f"2 {SURVEY}，2025-12-31" in text


def test_subjects_of_one_small_item_are_lines_of_one_summary() -> None:
    rows = [
        row("环评文号", "甲〔2024〕3号", block_label="环评批复"), row("日期", "2024-05-06", block_label="环评批复"),
        row("备案号", "乙1", block_label="应急预案", source=SURVEY),
        row("限值", "3", 1, "mg/Nm3", block_label="应急预案"), row("内容", None, block_label="应急预案"),
    ]  # fmt: skip
    text = printed(rows)
    assert "| 事项 | 内容 | 来源 |" in text and text.count("| 事项") == 1
    assert "| **环评批复** | 环评文号 甲〔2024〕3号；日期 2024-05-06 | 1 |" in text
    assert "| **应急预案** | 备案号 乙1；限值 3 mg/Nm³；缺：内容 | 2、1 |" in text


def test_a_number_in_powers_of_ten_is_printed_as_one() -> None:
    assert "| 敏感点 甲；致癌风险 5.8×10⁻⁵*；贡献 1.2×10⁻⁶ kg | 1 |" in printed([
        row("敏感点", "甲", field_no=1), row("致癌风险", "5.8e-05", field_no=2, state="推算"),
        row("贡献", "1.2e-06", unit="kg", field_no=3),
    ])  # fmt: skip


def test_numbers_within_a_text_are_printed_as_numbers() -> None:
    assert "1.93×10⁻⁵–0.0002" in printed([row("敏感点", "甲", field_no=1), row("区间", "1.93e-05–0.0002", field_no=2)])


def test_a_long_text_of_a_form_stands_above_it() -> None:
    fields = [row(f"字段{number}", f"值{number}", field_no=number) for number in range(8)]
    long = "排放风险污染物、" * 6
    text = printed([*fields, row("判定理由", long, field_no=9)])
    assert f"判定理由 {long}。" in text and "| **字段7** | 值7 |" in text and "| **判定理由**" not in text


def test_the_folder_of_sources_that_follow_each_other_is_said_once() -> None:
    files = [f"环境监测：monitoring/手工监测_20260{month}.xlsx" for month in (1, 2, 3)]
    rows = [row("编号", f"DA{n}", n, source=file) for n, file in enumerate([PERMIT, *files, SURVEY])]
    text = printed(rows)
    assert text.count("monitoring/") == 1
    assert f"1 {PERMIT}，2025-12-31；环境监测：monitoring/（2 手工监测_202601.xlsx" in text
    assert f"4 手工监测_202603.xlsx，2025-12-31）；5 {SURVEY}，2025-12-31" in text


def test_what_all_lines_share_or_lack_is_said_once() -> None:
    rows = [row(f, v, n) for n in (1, 2, 3) for f, v in (("编号", f"DA{n}"), ("类型", "有组织"), ("内径", None))]
    text = printed(rows)
    assert "各行相同：类型 有组织。" in text and "各行均缺：内径。" in text
    assert text.count("有组织") == 1 and "| DA3 |" in text


def test_parts_without_items_are_named_together() -> None:
    nothing = {"section": "监测", "block_label": "监测结果"}
    to_come = {"section": "管控", "block_label": "措施", "state": "待建", "value": "待建"}
    rows = [row("点位", None, **nothing), row("清单", None, **to_come)]
    text = printed(rows)
    assert "监测结果：缺；措施：待建。" in text and "|" not in text


_TEXT = st.text("甲乙丙=|*#[]{}<>$\\`'\"0123456789.", min_size=1).filter(str.strip)


@given(st.lists(st.lists(st.one_of(st.none(), _TEXT), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_value_is_lost_whatever_it_holds(items: list[list[str | None]]) -> None:
    names = ("编号", "名称", "类型")
    rows = [
        row(field, value, number, field_no=place)
        for number, item in enumerate(items)
        for place, (field, value) in enumerate(zip(names, item, strict=True))
    ]
    text = FieldTables("report.dossier_content", ["item_no", "field"], is_traced=False).sections(rows).text
    plain = html.unescape(text)
    assert all(value.strip() in plain for item in items for value in item if value)
