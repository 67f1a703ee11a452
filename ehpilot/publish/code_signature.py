"""Sign risk codes: the signature of a JSON payload, the short form, its QR.

Ed25519 signs the same bytes the same way, so an unchanged code has unchanged files. Does not belong here: keys
(``code_keys``), checking (``reading.code_signature``), what a payload says (``kernels.code_payload``).
"""

from __future__ import annotations

import base64
import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import base45
import cbor2
import segno
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ehpilot.kernels.code_payload import ALGORITHM
from ehpilot.kernels.ledger import UTC8, canonical, sha256
from ehpilot.publish.code_keys import SigningKey
from ehpilot.reading.code_signature import (
    CODE,
    COLOURS,
    COSE_ALG,
    COSE_KID,
    COSE_SIGN1,
    EDDSA,
    EXPIRES,
    NOT_BEFORE,
    PAYLOAD_HASH,
    PREFIX,
    SHORT_HASH_BYTES,
    SUBJECT,
    to_be_signed,
)

SHORT_FORM_MAX = 300  # characters: a QR of this size is read from paper by a telephone
QR_LEVEL = "m"  # 15 % of the print may be damaged


def public_key(key: SigningKey) -> dict[str, Any]:
    """The entry of ``keys.json``."""
    raw = key.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"kid": key.kid, "alg": ALGORITHM, "x": _base64(raw), "name": key.name, "is_demo": key.is_demo}


def signed(key: SigningKey, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload with its hash and signature."""
    value = _base64(key.private.sign(canonical(payload)))
    return {
        "payload": dict(payload),
        "payload_sha256": sha256(payload),
        "signature": {"alg": ALGORITHM, "kid": key.kid, "value": value},
    }


def short_form(key: SigningKey, payload: Mapping[str, Any]) -> str:
    """Text of the QR: COSE_Sign1 over CWT claims in Base45, at most :data:`SHORT_FORM_MAX` characters."""
    claims = {
        SUBJECT: payload["enterprise_id"],
        EXPIRES: _second(payload["valid_until"], days=1),
        NOT_BEFORE: _second(payload["valid_from"]),
        CODE: [COLOURS.index(payload["colour"]), payload["grade"]],
        PAYLOAD_HASH: bytes.fromhex(sha256(payload))[:SHORT_HASH_BYTES],
    }
    protected = cbor2.dumps({COSE_ALG: EDDSA, COSE_KID: bytes.fromhex(key.kid)}, canonical=True)
    content = cbor2.dumps(claims, canonical=True)
    signature = key.private.sign(to_be_signed(protected, content))
    message = cbor2.dumps(cbor2.CBORTag(COSE_SIGN1, [protected, {}, content, signature]))
    text = PREFIX + base45.b45encode(message).decode("ascii")
    if len(text) > SHORT_FORM_MAX:
        raise ValueError(f"the short form of {payload['enterprise_id']} has {len(text)} characters")
    return text


def qr_svg(text: str, title: str) -> bytes:
    """The QR as SVG, of whole units and without a time."""
    picture = io.BytesIO()
    segno.make(text, error=QR_LEVEL, micro=False).save(picture, kind="svg", scale=4, title=title, xmldecl=False)
    return picture.getvalue()


def _second(day: str, days: int = 0) -> int:
    """Epoch second at which a day (or one ``days`` later) begins in UTC+8."""
    start = dt.datetime.combine(dt.date.fromisoformat(day) + dt.timedelta(days=days), dt.time(), UTC8)
    return int(start.timestamp())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
