"""What a risk code says, as one value that is hashed, signed, printed and handed on.

The words are those of the JSON Schema ``risk_code_v2.schema.json`` (``publish/templates``). Whole numbers, texts (a
decimal is one) and dates only, so that its canonical JSON (``ledger``) is one text whoever writes it. A payload holds
nothing that ages by itself (no age of data, no number of an edition): a code whose content did not change keeps its
payload, hash and signature, and one changed enterprise re-issues one code.

Belongs here: pure functions over values. Does not belong here: colours (``risk_code``), signatures (``publish``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ehpilot.kernels.ledger import CANONICALISATION, sha256
from ehpilot.kernels.risk_code import Rule

SCHEMA = "urn:ehpilot:risk-code:2"
ALGORITHM = "Ed25519"
# 可公开范围: what names no enterprise and tells nothing of one; the others are for the enterprise and the authorities
PUBLIC_FIELDS = ("alg", "canonicalisation", "colour", "is_fictional", "issuer", "rule_version", "schema", "valid_from",
                 "valid_until", "zone")  # fmt: skip
# what makes a new code: the rest (code_id, score, data_as_of, change, previous_colour, dates) goes with it
CONTENT = ("schema", "enterprise_id", "name", "credit_code", "zone", "issuer", "is_fictional", "colour", "grade",
           "rule_version", "reasons", "appeal_status", "public_fields", "alg", "canonicalisation")  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """Whose code it is and who issues it; '' unknown."""

    enterprise_id: str
    name: str
    credit_code: str
    zone: str
    issuer: str
    is_fictional: bool


def rule_version(rules: Iterable[Rule]) -> str:
    """Name of a set of rules: ``1-`` and eight hex digits over all their values, whatever their order."""
    listed = [{name: _text(value) for name, value in asdict(rule).items()} for rule in rules]
    return f"1-{sha256(sorted(listed, key=lambda rule: str(rule['rule_id'])))[:8]}"


def _text(value: Any) -> Any:
    return repr(value) if isinstance(value, float) else value


def payload(
    subject: Subject,
    colour: str,
    grade: int | None,
    reasons: Sequence[tuple[str, str]],
    version: str,
    valid: tuple[dt.date, dt.date],
    *,
    score: float | None,
    previous_colour: str | None,
    change: str,
    appeal_status: str,
    data_as_of: dt.date | None,
) -> dict[str, Any]:
    """The payload; ``reasons``: (code, text) in the order printed; ``score``: of the grade, None unknown. The number of
    a code (``code_id``) is its site and the day from which it holds."""
    return {
        "schema": SCHEMA,
        "code_id": f"{subject.enterprise_id}-{valid[0]:%Y%m%d}",
        "enterprise_id": subject.enterprise_id,
        "name": subject.name,
        "credit_code": subject.credit_code or None,
        "zone": subject.zone,
        "issuer": subject.issuer,
        "is_fictional": subject.is_fictional,
        "colour": colour,
        "grade": grade,
        "score": None if score is None else f"{score:.2f}",
        "rule_version": version,
        "reasons": [{"code": code, "text": text} for code, text in reasons],
        "valid_from": valid[0].isoformat(),
        "valid_until": valid[1].isoformat(),
        "previous_colour": previous_colour,
        "change": change,
        "appeal_status": appeal_status,
        "data_as_of": data_as_of.isoformat() if data_as_of else None,
        "public_fields": list(PUBLIC_FIELDS),
        "alg": ALGORITHM,
        "canonicalisation": CANONICALISATION,
    }


def is_same_code(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> bool:
    """True where a code says what the earlier one said and its validity was kept: the earlier payload stands."""
    if old is None or any(old.get(name) != new.get(name) for name in CONTENT):
        return False
    return (old["valid_from"], old["valid_until"]) == (new["valid_from"], new["valid_until"])
