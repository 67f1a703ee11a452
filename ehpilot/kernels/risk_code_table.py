"""Risk codes of all enterprises of an edition from Arrow tables, their early warnings, and the rows they add to the
ledger.

Belongs here: from tables to rules and facts and back. Does not belong here: the rules of colours (``risk_code``), what
a payload says (``code_payload``), the chain (``ledger``), where facts come from (SQL).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.kernels import code_payload, ledger
from ehpilot.kernels import risk_code as codes
from ehpilot.kernels.columns import ordered

REASONS_PRINTED = 3
LEDGER_KIND = "risk_code"
CODES = pa.schema(
    [
        ("enterprise_id", pa.string()),
        ("computed_colour", pa.string()),
        ("colour", pa.string()),
        ("change", pa.string()),
        ("rule_version", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_until", pa.date32()),
        ("reason_codes", pa.list_(pa.string())),
        ("unknown_facts", pa.list_(pa.string())),
        ("previous_colour", pa.string()),
        ("payload", pa.string()),
        ("payload_sha256", pa.string()),
    ]
)
WARNINGS = pa.schema([("enterprise_id", pa.string()), ("rule_id", pa.string()), ("distance", pa.float64())])
LEDGER = pa.schema(
    [
        ("entry_no", pa.int64()),
        ("object_kind", pa.string()),
        ("object_id", pa.string()),
        ("edition_no", pa.int32()),
        ("as_of", pa.date32()),
        ("recorded_at", pa.timestamp("us")),
        ("event", pa.string()),
        ("payload_sha256", pa.string()),
        ("previous_hash", pa.string()),
        ("entry_hash", pa.string()),
    ]
)


def issue_codes(
    sources: pa.Table, facts: pa.Table, rules: pa.Table, previous: pa.Table, history: pa.Table, build: pa.Table
) -> pa.Table:
    """One code a source, by ``enterprise_id``; schema :data:`CODES`.

    ``sources``: ``enterprise_id``, ``name``, ``credit_code``, ``zone``, ``issuer``, ``is_fictional``, ``grade`` and
    ``score`` (null unknown), ``grade_text`` (what is added to the reason of the grade), ``appeal_status``,
    ``data_as_of``. ``facts``: ``enterprise_id``, ``fact``, ``value``, ``is_true``, ``word`` (one of the three).
    ``rules``: the columns of seed ``code_rule``. ``previous``: ``enterprise_id``, ``colour``, ``valid_from``,
    ``valid_until``, ``payload`` of the edition before. ``history``: ``enterprise_id``, ``as_of``, ``computed_colour``
    of earlier editions. ``build``: ``as_of``.
    """
    as_of = pc.max(build.column("as_of")).as_py()
    listed = _rules(rules)
    words = {row["rule_id"]: row["condition_cn"] or "" for row in rules.to_pylist()}
    version = code_payload.rule_version(listed)
    known, before = _facts(facts), {row["enterprise_id"]: row for row in previous.to_pylist()}
    past: dict[str, list[codes.Past]] = {}
    for row in history.to_pylist():
        past.setdefault(row["enterprise_id"], []).append(codes.Past(row["as_of"], row["computed_colour"]))
    issued = []
    for source in ordered(sources, "enterprise_id").to_pylist():
        key = source["enterprise_id"]
        now = codes.computed(listed, known.get(key, {}))
        old = before.get(key, {})
        colour, change = codes.colour_to_issue(
            now, as_of, old.get("colour"), past.get(key, []), listed, source["appeal_status"]
        )
        valid = codes.validity(colour, change, as_of, listed, old.get("valid_from"), old.get("valid_until"))
        reasons = [(rule_id, _reason(rule_id, words, source)) for rule_id in now.rule_ids[:REASONS_PRINTED]]
        payload = _payload(source, colour, reasons, version, valid, old, change)
        issued.append(
            {
                "enterprise_id": key,
                "computed_colour": now.colour,
                "colour": colour,
                "change": change,
                "rule_version": version,
                "valid_from": valid[0],
                "valid_until": valid[1],
                "reason_codes": list(now.rule_ids),
                "unknown_facts": list(now.unknown),
                "previous_colour": old.get("colour"),
                "payload": ledger.canonical(payload).decode(),
                "payload_sha256": ledger.sha256(payload),
            }
        )
    return pa.Table.from_pylist(issued, CODES)


def warn(sources: pa.Table, facts: pa.Table, rules: pa.Table, distances: pa.Table) -> pa.Table:
    """Rules that are near and would make a code worse; schema :data:`WARNINGS`. ``sources``: ``enterprise_id``,
    ``colour``; ``distances``: ``enterprise_id``, ``rule_id``, ``distance`` in the rule's unit, where the fact is no
    such number; the rest as in :func:`issue_codes`."""
    listed, known = _rules(rules), _facts(facts)
    told: dict[str, dict[str, float]] = {}
    for row in distances.to_pylist():
        if row["distance"] is not None:
            told.setdefault(row["enterprise_id"], {})[row["rule_id"]] = row["distance"]
    found = []
    for source in ordered(sources, "enterprise_id").select(["enterprise_id", "colour"]).to_pylist():
        key = source["enterprise_id"]
        near = codes.warnings(listed, known.get(key, {}), told.get(key, {}), source["colour"])
        found += [{"enterprise_id": key, "rule_id": rule_id, "distance": left} for rule_id, left in near]
    return pa.Table.from_pylist(found, WARNINGS)


def extend_ledger(entries: pa.Table, previous: pa.Table, issued: pa.Table, build: pa.Table) -> pa.Table:
    """All rows of the ledger with those of this edition; schema :data:`LEDGER`.

    ``entries``: the rows so far; ``previous``, ``issued``: ``enterprise_id``, ``colour``, ``payload_sha256`` of the
    edition before and of this one; ``build``: ``edition_no``, ``as_of``, ``started_at``. A new code is issued; another
    colour changed; another payload of the same colour reissued; a code whose enterprise is no longer coded revoked.
    """
    rows = ordered(entries, "entry_no").to_pylist()
    run = build.to_pylist()[0]
    before = {row["enterprise_id"]: row for row in previous.to_pylist()}
    now = {row["enterprise_id"]: row for row in issued.to_pylist()}
    added = []
    for key in sorted(before.keys() | now.keys()):
        event = _event(before.get(key), now.get(key))
        if event:
            added.append(
                {
                    "object_kind": LEDGER_KIND,
                    "object_id": key,
                    "edition_no": run["edition_no"],
                    "as_of": run["as_of"],
                    "recorded_at": run["started_at"],
                    "event": event,
                    "payload_sha256": now.get(key, before.get(key, {}))["payload_sha256"],
                }
            )
    return pa.Table.from_pylist([*rows, *ledger.appended(added, rows[-1] if rows else None)], LEDGER)


def _event(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    if old is None or new is None:
        return "issued" if old is None else "revoked"
    if old["payload_sha256"] == new["payload_sha256"]:
        return ""
    return "reissued" if old["colour"] == new["colour"] else "changed"


def _payload(
    source: Mapping[str, Any], colour: str, reasons: list[tuple[str, str]], version: str,
    valid: tuple[dt.date, dt.date], old: Mapping[str, Any], change: str,
) -> dict[str, Any]:  # fmt: skip
    subject = code_payload.Subject(
        source["enterprise_id"],
        source["name"] or "",
        source["credit_code"] or "",
        source["zone"] or "",
        source["issuer"] or "",
        bool(source["is_fictional"]),
    )
    made = code_payload.payload(
        subject, colour, source["grade"], reasons, version, valid, score=_number(source["score"]),
        previous_colour=old.get("colour"), change=change, appeal_status=source["appeal_status"],
        data_as_of=source["data_as_of"],
    )  # fmt: skip
    earlier = json.loads(old["payload"]) if old.get("payload") else None
    return earlier if earlier is not None and code_payload.is_same_code(earlier, made) else made


def _reason(rule_id: str, words: Mapping[str, str], source: Mapping[str, Any]) -> str:
    text = words.get(rule_id, "")
    return f"{text}；{source['grade_text']}" if rule_id.startswith("CR-B") and source["grade_text"] else text


def _rules(rules: pa.Table) -> list[codes.Rule]:
    return [
        codes.Rule(
            row["rule_id"], row["kind"], row["colour_from"] or "", row["colour_to"] or "", row["fact"] or "",
            row["operator"] or "", row["threshold"] or "", row["clean_periods"], row["validity_days"],
            _number(row["warning_distance"]), row["precedence"] or 0,
        )
        for row in ordered(rules, "rule_id").to_pylist()
    ]  # fmt: skip


def _facts(facts: pa.Table) -> dict[str, dict[str, codes.Value]]:
    known: dict[str, dict[str, codes.Value]] = {}
    for row in facts.to_pylist():
        value = _number(row["value"])
        fact: codes.Value = value if value is not None else row["is_true"] if row["word"] is None else row["word"]
        known.setdefault(row["enterprise_id"], {})[row["fact"]] = fact
    return known


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)
