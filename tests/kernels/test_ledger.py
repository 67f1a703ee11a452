"""Hash chain and canonical JSON. Not here: the file and the build that stops on it."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels import ledger


def _entry(number: int, colour: str = "red") -> dict[str, Any]:
    return {
        "as_of": dt.date(2026, 3, 31), "edition_no": 1, "event": "issued", "object_id": f"E{number}",
        "object_kind": "risk_code", "payload_sha256": hashlib.sha256(colour.encode()).hexdigest(),
        "recorded_at": dt.datetime(2026, 4, 1, 8, 0),
    }  # fmt: skip


def test_canonical_json_by_hand() -> None:
    value = {"b": [1, True, None], "a": "苯", "d": Decimal("1.50"), "t": dt.datetime(2026, 3, 31, tzinfo=dt.UTC)}
    assert ledger.canonical(value).decode() == '{"a":"苯","b":[1,true,null],"d":"1.50","t":"2026-03-31T08:00:00+08:00"}'
    for refused in (1.5, {"a": 0.1}, {1: "a"}, {"a": {1, 2}}):
        with pytest.raises(TypeError):
            ledger.canonical(refused)


def test_the_hash_is_that_of_the_rule_written_out() -> None:
    """The rule of docs/grading.md step by step, without the module."""
    entry = _entry(1)
    text = (
        '{"as_of":"2026-03-31","edition_no":1,"event":"issued","object_id":"E1","object_kind":"risk_code",'
        f'"payload_sha256":"{entry["payload_sha256"]}"}}'
    )
    first = hashlib.sha256(("0" * 64 + text).encode()).hexdigest()
    (row,) = ledger.appended([entry], None)
    assert (row["entry_no"], row["previous_hash"], row["entry_hash"]) == (1, "0" * 64, first)
    (second,) = ledger.appended([_entry(2)], row)
    assert (second["entry_no"], second["previous_hash"]) == (2, first)


@given(st.integers(1, 8), st.data())
def test_any_change_names_the_first_broken_row(count: int, data: st.DataObject) -> None:
    chain = ledger.appended([_entry(number) for number in range(count)], None)
    assert ledger.first_broken(chain) is None
    place = data.draw(st.integers(0, count - 1))
    column = data.draw(st.sampled_from([*ledger.HASHED, "previous_hash", "entry_hash", "entry_no"]))
    value = chain[place][column]
    changed = [dict(row) for row in chain]
    changed[place][column] = value + 1 if isinstance(value, int) else f"{value}x"
    found = ledger.first_broken(changed)
    assert found is not None and found[0] == place + 1
    missing = [row for number, row in enumerate(chain) if number != place]
    assert (ledger.first_broken(missing) or (count,))[0] == place + 1 or place == count - 1
    if place:
        swapped = [*chain[: place - 1], chain[place], chain[place - 1], *chain[place + 1 :]]
        assert (ledger.first_broken(swapped) or (0,))[0] == place


def test_the_clock_is_outside_the_hash() -> None:
    plain = ledger.appended([_entry(1)], None)
    later = ledger.appended([{**_entry(1), "recorded_at": dt.datetime(2030, 1, 1)}], None)
    assert plain[0]["entry_hash"] == later[0]["entry_hash"] and ledger.first_broken(later) is None


def test_ledgers_part_at_the_first_difference() -> None:
    chain = ledger.appended([_entry(number) for number in range(3)], None)
    other = ledger.appended([_entry(0), _entry(9)], None)
    assert ledger.first_difference(chain, chain[:2]) is None and ledger.first_difference(chain, other) == 2
    assert ledger.first_difference([], chain) is None
