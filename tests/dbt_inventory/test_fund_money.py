"""Money of the fund in two files, 经费.xlsx and 奖补流转.xlsx: what they say otherwise is a gap and stands in the
overview that the board prints. The verdicts one by one: unit tests of int_pilot__fund_money_compared."""

from __future__ import annotations

from typing import Any


def test_spending_that_differs_from_the_payments_is_told(ask: Any) -> None:
    """Paid to FA 104,000, FB 15,000, FC 1 and FJ 9,000; recovered 200,000, 15,000 and 9,000. Registered as spent:
    5,000."""
    ((spent, paid, by_year, difference, codes),) = ask(
        "select spent_yuan, net_paid_yuan, paid_by_year, difference_yuan, reason_codes "
        "from intermediate.int_pilot__fund_money_compared"
    )
    assert (spent, paid, difference) == (5000.0, -95999.0, 100999.0)
    assert by_year == "2026年 -95999 元" and codes == ["FUNDING-ABOVE-PAID"]
    ((subject, missing),) = ask(
        "select subject, missing from intermediate.int_pilot__fund_gaps_found where gap_id = 'FUND:FUNDING-ABOVE-PAID'"
    )
    assert "经费表支出多于净拨付" in subject and "5000 元" in missing and "-95999 元" in missing
    row = ask("select fund_spent_10k_yuan, fund_paid_10k_yuan, fund_faults from report.annual_overview")
    assert row == [(0.5, -9.5999, "经费表支出多于净拨付")]


def test_an_item_spent_beyond_its_budget_is_a_gap(ask: Any) -> None:
    found = ask(
        "select subject, missing from intermediate.int_pilot__fund_gaps_found where gap_id like 'FUND:OVERSPENT:%'"
    )
    assert [(subject.rpartition(" ")[2], missing.partition(" / ")[0]) for subject, missing in found] == [
        ("超支经费", "支出 30 元超过预算 20 元")
    ]
