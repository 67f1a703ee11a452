"""Merges and splits of clerks: followed, or refused with a reason."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from ehpilot.kernels.decisions import Followed, SiteDecision, follow, follow_decisions

SITE = {letter: f"91330200AAAAAAAA{number}A-001" for number, letter in enumerate("abcd")}
KEYS = {f"census:{letter}": site for letter, site in SITE.items()}


def outcome(*decisions: SiteDecision, keys: dict[str, str] = KEYS) -> dict[str, Followed]:
    """What became of each decision."""
    return {found.decision_id: found for found in follow(decisions, keys)}


def merge(decision_id: str, key: str, site: str, day: str = "2026-01-01") -> SiteDecision:
    """A merge of a census key."""
    return SiteDecision(decision_id, "merge", f"census:{key}", SITE.get(site, site), day)


def test_a_merge_is_followed() -> None:
    assert outcome(merge("m", "a", "b"))["m"] == Followed("m", "census:a", SITE["b"], True, "")


def test_merges_that_lead_back_are_all_refused_and_others_are_not() -> None:
    found = outcome(merge("1", "a", "b"), merge("2", "b", "c"), merge("3", "c", "a"), merge("4", "d", "a"))
    assert [found[n].reason_code for n in "1234"] == ["DECISION-CYCLE"] * 3 + [""]
    assert found["4"].site == SITE["a"]


def test_a_decision_about_something_gone_is_refused() -> None:
    found = outcome(
        merge("key", "nobody", "a"), merge("site", "a", "91330200ZZZZZZZZ9A-001"),
        SiteDecision("shape", "split", "census:b", "somewhere"),
    )  # fmt: skip
    assert {f.reason_code for f in found.values()} == {"DECISION-OBJECT"}
    assert not any(f.is_used or f.site for f in found.values())


def test_a_split_may_make_a_new_site() -> None:
    new = "91330200AAAAAAAA0A-009"
    assert outcome(SiteDecision("s", "split", "census:a", new))["s"].site == new


def test_of_two_decisions_on_one_key_the_newer_counts() -> None:
    found = outcome(merge("old", "a", "b"), merge("new", "a", "c", "2026-02-01"))
    assert (found["old"].reason_code, found["new"].is_used) == ("DUP-DIFF", True)
    tied = outcome(merge("one", "a", "b"), merge("two", "a", "c"))
    assert {f.reason_code for f in tied.values()} == {"DUP-DIFF"}


def test_a_merge_goes_on_where_its_site_went() -> None:
    found = outcome(merge("1", "a", "b"), merge("2", "b", "c"))
    assert found["1"].site == found["2"].site == SITE["c"]
    # site b keeps another key: it goes on to exist, and a stays with it
    kept = outcome(merge("1", "a", "b"), merge("2", "b", "c"), keys=KEYS | {"permit:b": SITE["b"]})
    assert kept["1"].site == SITE["b"]


def test_a_decision_may_say_what_is_so_already() -> None:
    assert outcome(merge("m", "a", "a"))["m"].is_used


def table(*rows: tuple[str, str, str | None, str | None, date | None]) -> list[dict[str, object]]:
    """Rows of what becomes of decisions given as a table."""
    names = ("decision_id", "kind", "object_id", "decided", "decided_at")
    types = (pa.string(), pa.string(), pa.string(), pa.string(), pa.date32())
    columns = zip(*rows, strict=True) if rows else ((),) * 5
    decisions = pa.table({n: pa.array(list(c), t) for n, c, t in zip(names, columns, types, strict=True)})
    keys = pa.table({"object_id": list(KEYS), "enterprise_id": list(KEYS.values())})
    return follow_decisions(decisions, keys).to_pylist()


def test_a_table_of_decisions_in_any_order_gives_one_row_a_merge_or_split() -> None:
    rows = [
        ("D-2", "merge", "census:a", SITE["c"], date(2026, 2, 1)),
        ("D-1", "merge", "census:a", SITE["b"], None),
        ("D-3", "freeze", "census:a", "12.5", date(2026, 3, 1)),
        ("D-4", "split", "census:d", None, date(2026, 3, 1)),
        ("D-5", "merge", None, SITE["b"], date(2026, 3, 1)),
    ]
    found = table(*rows)
    assert [tuple(row.values()) for row in found] == [
        ("D-1", "census:a", None, False, "DUP-DIFF"),
        ("D-2", "census:a", SITE["c"], True, None),
        ("D-4", "census:d", None, False, "DECISION-OBJECT"),
        ("D-5", None, None, False, "DECISION-OBJECT"),
    ], "no date is older than any; other kinds are not for here"
    assert table(*rows[::-1]) == found
    assert table() == []
