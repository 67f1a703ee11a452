"""Many gaps that say the same are one line that counts them; English behind Chinese leaves the print."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ehpilot.reading.chinese import chinese, chinese_subject
from ehpilot.reading.gaps import NAMED, together


def test_many_subjects_of_one_statement_are_counted_and_the_first_named() -> None:
    gaps = [(f"点位{n}", ("全部未检出", "不能下结论")) for n in range(5)] + [("企业甲", ("没有坐标", "不进入距离"))]
    assert together(gaps) == [
        ("共5项：点位0、点位1、点位2等", ("全部未检出", "不能下结论")), ("企业甲", ("没有坐标", "不进入距离")),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.text("甲乙丙"), st.tuples(st.sampled_from("123"))), max_size=30))
def test_no_statement_is_lost_and_few_subjects_stay_apart(gaps: list[tuple[str, tuple[str]]]) -> None:
    found = together(gaps)
    assert {said for _, said in found} == {said for _, said in gaps}
    for said in {said for _, said in gaps}:
        subjects, lines = [s for s, one in gaps if one == said], [s for s, one in found if one == said]
        assert lines == subjects if len(subjects) <= NAMED else len(lines) == 1 and f"共{len(subjects)}项" in lines[0]


def test_only_chinese_is_printed_and_counts_and_names_stay() -> None:
    assert chinese("未填排放高度，取默认值 / no height stated; the default（24）") == "未填排放高度，取默认值（24）"
    assert (
        chinese("截断半径以外的排放×人口占比 / share of emission × people（0.05 %）")
        == "截断半径以外的排放×人口占比（0.05 %）"
    )
    assert chinese_subject("烟气抬升 / plume rise") == "烟气抬升"
    assert chinese_subject("文件 / file permit/a.xlsx") == "文件 permit/a.xlsx"
    assert chinese_subject("来源 / source 气象") == "来源 气象"


def test_what_is_said_of_most_comes_first_where_lines_are_weighed() -> None:
    said = [("甲", ("少", "")), *((f"乙{n}", ("多", "")) for n in range(5)), ("丙", ("另", ""))]
    assert [what for _, (what, _) in together(said)] == ["少", "多", "另"]
    assert [what for _, (what, _) in together(said, is_weighed=True)] == ["多", "少", "另"]
