"""Verify a risk code offline: its JSON or the text of its QR, against the keys and the list of codes of an edition.

Outcomes, the first that holds: ``tampered`` (a signature or hash does not fit), ``unknown_key``, ``not_yet_valid`` (the
code is of tomorrow, or the clock was set back: it is before the list's own day), ``expired``, ``revoked``,
``superseded`` (the list holds a later code), ``list_too_old`` (the list can't say), ``valid``. Only ``valid`` ends with
0: what can't be shown to be valid is not. A file says one thing only: a field that is stated twice, one that no code
has, a QR text of another code or a word that no code uses make it no code, so that nothing of it is printed.

Belongs here: judging. Does not belong here: bytes and signatures (``code_signature``), printing (``cli.code``).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.kernels.code_payload import ALGORITHM
from ehpilot.kernels.ledger import sha256
from ehpilot.reading.code_signature import (
    COLOURS,
    PREFIX,
    SHORT_HASH_BYTES,
    PublicKey,
    is_signed,
    public_keys,
    read_short,
)

KEYS_FILE, LIST_FILE, FOLDER = "keys.json", "list.json", "codes"
MAX_BYTES = 1_000_000  # of a code's JSON or a QR's text; the largest has some thousand
FIELDS, MORE_FIELDS = {"payload", "payload_sha256", "signature"}, {"short_form"}  # of a code's JSON: needed, allowed
_KEY_ID = re.compile("[0-9a-f]{0,64}")
_LONGEST_ID = 100  # characters of a site's id


@dataclass(frozen=True)
class Verdict:
    """What is found of one code. Texts are '' and grade None where the code could not be read; ``detail``: “English /
    中文”."""

    outcome: str
    enterprise_id: str = ""
    colour: str = ""
    grade: int | None = None
    valid_from: str = ""
    valid_until: str = ""
    kid: str = ""
    key_name: str = ""
    is_demo: bool = False
    detail: str = ""

    @property
    def exit_code(self) -> int:
        """0 for a valid code, 1 for any other."""
        return 0 if self.outcome == "valid" else 1


@dataclass(frozen=True)
class CodeList:
    """The list of codes of an edition: which payload is each enterprise's now, which were revoked, where the ledger
    stood. ``is_trusted``: its own signature holds; a list that nobody signed says nothing."""

    as_of: dt.date
    valid_until: dt.date
    current: Mapping[str, str]
    revoked: frozenset[str]
    ledger_entries: int
    ledger_head: str
    is_trusted: bool


@dataclass(frozen=True)
class _Claim:
    """What a code says of itself, from either form. ``payload_hash``: 64 hex digits, or 32 of a short form."""

    enterprise_id: str
    colour: str
    grade: int | None
    valid_from: dt.date
    valid_until: dt.date
    kid: str
    payload_hash: str
    is_intact: bool | None


def trusted(folder: Path) -> tuple[dict[str, PublicKey], CodeList | None]:
    """Keys and list of an edition's ``codes`` folder. UsageError where it has none that can be read."""
    try:
        keys = public_keys(json.loads((folder / KEYS_FILE).read_text(encoding="utf-8")))
        path = folder / LIST_FILE
        return keys, _code_list(json.loads(path.read_text(encoding="utf-8")), keys) if path.is_file() else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(
            f"{folder}: no keys and list of codes there that can be read; name an edition with codes by --out / "
            f"{folder}：没有可读的公钥与码清单，请用 --out 指向含风险码的版次"
        ) from error


def _code_list(file: Mapping[str, Any], keys: Mapping[str, PublicKey]) -> CodeList:
    payload = file["payload"]
    kid = file["signature"]["kid"]
    return CodeList(
        dt.date.fromisoformat(payload["as_of"]),
        dt.date.fromisoformat(payload["list_valid_until"]),
        payload["current"],
        frozenset(payload["revoked"]),
        int(payload["ledger_entries"]),
        str(payload["ledger_head"]),
        kid in keys and is_signed(keys[kid].key, payload, file["signature"]["value"]),
    )


def verify(
    text: str, keys: Mapping[str, PublicKey], codes: CodeList | None, today: dt.date, *, by_clock: bool = False
) -> Verdict:
    """Judge the content of a file: a code's JSON, or the text that its QR holds. ``by_clock``: ``today`` is what the
    machine's clock says, not a day that somebody asks about; it can't be before the day of a signed list."""
    claim = _short(text.strip(), keys) if text.strip().startswith(PREFIX) else _long(text, keys)
    if claim is None:
        return Verdict(
            "tampered",
            detail=_both(
                "neither the JSON of a risk code nor the text of its QR", "既不是风险码文件，也不是其二维码的内容"
            ),
        )
    outcome, detail = _outcome(claim, keys, codes, today)
    if by_clock and outcome == "valid" and codes and today < codes.as_of:
        outcome, detail = (
            "not_yet_valid",
            _both(
                f"the clock says {today}, the list is of {codes.as_of}; is the clock right?",
                f"本机日期 {today} 早于码清单的 {codes.as_of}，请核对时钟",
            ),
        )
    key = keys.get(claim.kid)
    return Verdict(
        outcome, claim.enterprise_id, claim.colour, claim.grade, claim.valid_from.isoformat(),
        claim.valid_until.isoformat(), claim.kid, key.name if key else "", bool(key and key.is_demo), detail,
    )  # fmt: skip


def _outcome(claim: _Claim, keys: Mapping[str, PublicKey], codes: CodeList | None, today: dt.date) -> tuple[str, str]:
    if claim.is_intact is False:
        return "tampered", _both("the signature or the hash does not fit what it says", "签名或者哈希与内容不符")
    if claim.kid not in keys:
        kid = claim.kid or "(none)"
        return "unknown_key", _both(f"no key {kid} among those of the edition", f"版次的公钥中没有 {kid}")
    if today < claim.valid_from:
        since = claim.valid_from
        return "not_yet_valid", _both(f"valid from {since}; is the clock right?", f"自 {since} 起有效，请核对时钟")
    if today > claim.valid_until:
        return "expired", _both(f"valid until {claim.valid_until}", f"有效期至 {claim.valid_until}")
    if codes is None or not codes.is_trusted:
        return "list_too_old", _both("no signed list of codes to look it up in", "没有已签名的码清单可查")
    size = len(claim.payload_hash)
    if claim.payload_hash in {digest[:size] for digest in codes.revoked}:
        return "revoked", _both(f"revoked by the list of {codes.as_of}", f"{codes.as_of} 的码清单已撤销")
    current = codes.current.get(claim.enterprise_id, "")[:size]
    if claim.payload_hash != current and claim.valid_from <= codes.as_of:
        held, held_cn = ("another", "已是另一个码") if current else ("no", "没有码")
        return "superseded", _both(
            f"the list of {codes.as_of} holds {held} code of this enterprise",
            f"{codes.as_of} 的码清单中该企业{held_cn}",
        )
    if claim.payload_hash != current or today > codes.valid_until:
        return "list_too_old", _both(
            f"the list is of {codes.as_of}, to be used until {codes.valid_until}; get a newer edition",
            f"码清单为 {codes.as_of} 的，用至 {codes.valid_until}，请取新版次",
        )
    return "valid", _both(f"by the list of {codes.as_of}", f"依据 {codes.as_of} 的码清单")


def _both(english: str, chinese: str) -> str:
    return f"{english} / {chinese}"


def _short(text: str, keys: Mapping[str, PublicKey]) -> _Claim | None:
    try:
        code, is_intact = read_short(text, keys)
    except ValueError:
        return None
    return _readable(
        _Claim(
            code.enterprise_id, code.colour, code.grade, code.valid_from, code.valid_until, code.kid,
            code.payload_hash[: 2 * SHORT_HASH_BYTES], is_intact,
        )
    )  # fmt: skip


def _long(text: str, keys: Mapping[str, PublicKey]) -> _Claim | None:
    try:
        file = json.loads(text, object_pairs_hook=_once)
        if not isinstance(file, dict) or not FIELDS <= set(file) <= FIELDS | MORE_FIELDS:
            return None
        payload, signature = file["payload"], file["signature"]
        digest = sha256(payload)
        kid = signature["kid"]
        is_intact = digest == file["payload_sha256"] and signature["alg"] == payload["alg"] == ALGORITHM
        if "short_form" in file:
            short, is_signed_short = read_short(file["short_form"], keys)
            is_same = (short.payload_hash, short.kid) == (digest[: 2 * SHORT_HASH_BYTES], kid)
            is_intact = is_intact and is_same and is_signed_short is not False
        if kid in keys:
            is_intact = is_intact and is_signed(keys[kid].key, payload, signature["value"])
        return _readable(
            _Claim(
                payload["enterprise_id"], payload["colour"], payload["grade"],
                dt.date.fromisoformat(payload["valid_from"]), dt.date.fromisoformat(payload["valid_until"]), kid,
                digest, is_intact,
            )
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of JSON; ValueError for a field that is stated twice, which readers would understand differently."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is stated twice")
    return found


def _readable(claim: _Claim) -> _Claim | None:
    """The claim, or None where a word of it is none that a code has: it would be printed as it stands."""
    is_id = isinstance(claim.enterprise_id, str) and 0 < len(claim.enterprise_id) <= _LONGEST_ID
    is_grade = claim.grade is None or (type(claim.grade) is int and 1 <= claim.grade <= 4)
    is_key = isinstance(claim.kid, str) and _KEY_ID.fullmatch(claim.kid)
    fits = is_id and claim.enterprise_id.isprintable() and claim.colour in COLOURS and is_grade and is_key
    return claim if fits else None
