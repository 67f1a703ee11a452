"""Letters: brackets that fall away, blanks for the pen, passages in order, what is missing refused."""

from __future__ import annotations

import csv

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels.notice_text import BLANK, filled, write_notices
from ehpilot.project import DBT_DIR

PROBLEM = "{name}：\\n存在问题：{fact}（实测值{value}{unit}，限值{limit}{unit}）。请于{due}前完成。"


def test_a_bracket_falls_away_and_a_blank_is_told() -> None:
    values = {"name": "甲厂", "fact": "超标", "value": "2", "unit": "mg/m3", "limit": "1", "due": "3月1日"}
    assert filled(PROBLEM, values) == ("甲厂：\n存在问题：超标（实测值2mg/m3，限值1mg/m3）。请于3月1日前完成。", [])
    del values["limit"], values["due"]
    assert filled(PROBLEM, values) == (f"甲厂：\n存在问题：超标。请于{BLANK}前完成。", ["due"])
    assert filled("事实（见附件）", {}) == ("事实（见附件）", []), "a bracket without a variable stays"
    assert filled("{fact}", {"fact": "含{due}的文字"}) == ("含{due}的文字", []), "a value is no passage"


@given(
    st.dictionaries(st.sampled_from(["name", "fact", "value", "unit", "limit", "due"]), st.text("甲乙丙", min_size=1))
)
def test_no_brace_is_left(values: dict[str, str]) -> None:
    text, unknown = filled(PROBLEM, values)
    assert "{" not in text and "}" not in text
    assert (BLANK in text) == bool(unknown) and not set(unknown) & values.keys()


def _table(**columns: list[object]) -> pa.Table:
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def test_passages_of_the_seed_in_the_order_of_the_places() -> None:
    with (DBT_DIR / "seeds/management/official_phrase.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    phrases = pa.Table.from_pylist([{**row, "seq": int(row["seq"])} for row in rows])
    notices = _table(
        notice_id=["n2", "n1"], document=["NOTICE_APPEAL", "NOTICE_RECTIFY"], places=["成立", "标题;正文"],
        default_title=["申诉决定书", ""],
    )  # fmt: skip
    variables = _table(
        notice_id=["n1", "n1", "n2", "n2"], variable=["problem_count", "new_due_cn", "colour_cn", "as_of_cn"],
        value=["3", None, "绿", "某日"],
    )  # fmt: skip
    first, second = write_notices(notices, variables, phrases).to_pylist()
    assert first["title"] == "整改督办函" and first["phrase_ids"] == ["NOTICE_RECTIFY-01", "NOTICE_RECTIFY-02"]
    assert "有3项问题" in first["body"] and first["unfilled"] == ["enterprise_name", "as_of_cn", "new_due_cn"]
    assert second["title"] == "申诉决定书" and "（截至某日为绿）" in second["body"]
    with pytest.raises(ValueError, match="no passage 附言"):
        write_notices(notices.set_column(2, "places", pa.array(["附言", "标题"])), variables, phrases)
    assert write_notices(notices.slice(0, 0), variables, phrases).num_rows == 0


def test_every_blank_of_a_letter_has_a_name_in_words() -> None:
    """What is left for the pen is told in Chinese, not by the name of a variable."""

    def seed(name: str) -> list[dict[str, str]]:
        with (DBT_DIR / "seeds" / name).open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    named = {row["code"] for row in seed("crosswalks/code_label.csv") if row["code_set"] == "notice_variable"}
    letters = ("NOTICE_PROBLEM", "NOTICE_RECTIFY", "NOTICE_WARNING", "NOTICE_APPEAL")
    asked = {
        variable
        for row in seed("management/official_phrase.csv")
        if row["document"] in letters
        for variable in row["variables"].split(";")
        if variable
    }
    assert asked == named
