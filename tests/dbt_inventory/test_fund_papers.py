"""The fund's rules and its notice say what scores and awards obey; tables of both papers agree with the marts."""

from __future__ import annotations

from typing import Any

import pytest


def passage(ask: Any, name: str) -> str:
    ((body,),) = ask("select body from pilot.official_passage where passage_id = ?", name)
    return body


def test_articles_state_points_levels_and_limits_of_the_rules(ask: Any) -> None:
    assert "满分一百分，其中实效四十分、健康收益二十分、创新十五分、带动十五分、成本效益十分" in passage(ask, "D14-07")
    assert passage(ask, "D14-08").startswith("得分八十五分以上为一档，七十五分以上不足八十五分为二档")
    ((one, three),) = ask(
        "select max(award_wan_yuan) filter (level_cn = '一档'), max(award_wan_yuan) filter (level_cn = '三档') "
        "from report.d14_standard"
    )
    assert f"一档不超过{one:.0f}万元" in passage(ask, "D14-09") and "百分之五十" in passage(ask, "D14-09")
    assert f"三档不超过{three:.0f}万元" in passage(ask, "D14-09")
    assert "百分之十五" in passage(ask, "D14-10") and "百分之四十" in passage(ask, "D14-10")
    assert "五个工作日" in passage(ask, "D14-15") and "百分之六十" in passage(ask, "D14-17")


def test_what_nobody_decided_is_left_for_the_pen(ask: Any) -> None:
    """The hand-made area states no body of the fund; the days of the call are unknown."""
    ((body, unfilled),) = ask("select body, unfilled from pilot.official_passage where passage_id = 'D15-06'")
    assert body.startswith("＿＿＿＿至＿＿＿＿") and unfilled == ["open_date_cn", "close_date_cn"]
    ((notice, unfilled),) = ask("select body, unfilled from pilot.official_passage where passage_id = 'D15-12'")
    assert "拟对＿＿＿＿个主体" in notice and unfilled == ["n_awards"], "a call knows no awards of its own year"
    assert "fund_org" in ask("select unfilled from pilot.official_passage where passage_id = 'D14-03'")[0][0]
    ((blank,),) = ask("select blank_count from report.d14_summary")
    assert blank == ask("select sum(len(unfilled)) from pilot.official_passage where document_id = 'D14'")[0][0] > 0


def test_every_passage_has_its_place_in_a_paper(ask: Any) -> None:
    articles = ask("select chapter_no, article from report.d14_article order by seq")
    chapters = [chapter for chapter, _ in articles]
    assert chapters == sorted(chapters) and set(chapters) == set(range(1, 9)), "chapters follow the articles"
    assert len({article for _, article in articles}) == len(articles) == 22
    assert passage(ask, "D14-16").startswith("得分相同的") and dict((b, a) for a, b in articles)["第十四条"] == 5
    assert ask("select count(*) from report.d15_passage") == [(12,)]
    assert "{" not in "".join(row[0] for row in ask("select body from pilot.official_passage"))


def test_conditions_stand_once_with_their_categories(ask: Any) -> None:
    rows = dict(ask("select text_cn, categories from report.d14_condition"))
    assert rows["同一内容未获其他财政或基金资助"] == "各类" and rows["无逾期未整改问题"] == "企业"
    gates = ask(
        "select count(distinct text_cn) from pilot.scoring_item "
        "where rule_set like 'fund%' and kind in ('gate', 'veto')"
    )
    assert gates == [(len(rows),)]


def test_the_scoring_form_makes_a_hundred_in_each_category(ask: Any) -> None:
    rows = ask("select rule_set, sum(max_points), count(*) from report.d15_score group by rule_set")
    assert len(rows) == 4 and {points for _, points, _ in rows} == {100.0}
    told = ask("select steps_cn from report.d15_score where rule_set = 'fund_enterprise' and item_id = 'E1'")
    assert told == [("0%得0分，40%以上满分，其间按比例",)]
    assert ask("select categories, level_cn from report.d14_standard order by row_no") == [
        ("各类", "一档"), ("各类", "二档"), ("各类", "三档")
    ]  # fmt: skip
    assert ask("select steps_cn from pilot.scoring_item where rule_set = 'beach' and item_id = 'BN1'") == [
        ("不足20 m，20分；20 m以上不足40 m，50分；40 m以上不足60 m，80分；60 m以上，100分",)
    ]
    marks = "select steps_cn from report.d15_score where rule_set = 'fund_enterprise' and item_id = ?"
    assert ask(marks, "I1") == [("0，0分；1，6分；2，10分；3以上，15分",)], "a mark is one number, not a range"
    assert ask(marks, "C1") == [("1000元得0分，0元满分，其间按比例",)], "nothing costs less than nothing"
    beach = dict(
        (item, (steps, points))
        for item, steps, points in ask(
            "select item_id, steps_cn, max_points from report.document_criterion where rule_set = 'beach'"
        )
    )
    assert beach["BH5"] == ("超过10%，扣20分", None) and beach["BH11"][0].startswith("不超过1×10⁻⁶，100分")
    assert ask("select count(*) from pilot.scoring_item where kind = 'score' and steps_cn is null") == [(0,)]


def test_awards_are_those_of_the_mart_and_told_in_words(ask: Any) -> None:
    rows = ask("select application_id, award_yuan, conclusion, reasons from report.d14_award")
    marts = dict(ask("select application_id, award_yuan from pilot.fund_award"))
    assert {row[0]: row[1] for row in rows} == marts
    told = {row[0]: row[2:] for row in rows}
    assert told["FB"][0] == "予以奖补" and told["FC"] == ("不予奖补", "申报材料真实，未发现造假（待核，缺资料）")
    assert told["FD"] == ("不予奖补", "公示期异议成立：取消资格"), "a veto says itself what happened"
    ((awarded, total, count),) = ask("select award_count, award_wan_yuan, application_count from report.d14_summary")
    assert awarded == sum(1 for amount in marts.values() if amount) and count == len(marts)
    assert total == pytest.approx(sum(amount or 0.0 for amount in marts.values()) / 10000)


def test_every_line_of_a_score_is_printed(ask: Any) -> None:
    lines = ask("select item_id, points, conclusion from report.d14_item where object_id = 'FB' order by row_no")
    known = dict((item, points) for item, points, _ in lines)
    assert known["I1"] == 15.0 and sum(points or 0 for points in known.values()) == pytest.approx(90.0)
    facts = dict(ask("select item_id, value_cn from report.d14_item where object_id = 'FB'"))
    assert (facts["G2"], facts["G3"], facts["E2"], facts["H1"], facts["V2"]) == ("是", "否", "40%", "5000", None)
    said = {item: conclusion for item, _, conclusion in lines}
    assert said["G2"] == "满足" and said["V2"] == "无数据"
    assert ask("select conclusion from report.d14_item where object_id = 'FC' and item_id = 'G2'") == [
        ("无数据，待核",)
    ]
