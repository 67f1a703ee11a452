"""Signed risk codes with the public side of a key: key ids, signatures of JSON, the short form of the QR.

JSON: Ed25519 (RFC 8032) over the canonical JSON of the payload. Short form: ``EH1:`` and Base45 (RFC 9285) of a
COSE_Sign1 (RFC 9052, tag 18; EdDSA) whose payload is a CWT claims set (RFC 8392): 2 enterprise, 5 and 4 first second of
validity and first second after it, and our own -70001 [colour, grade] and -70002 the first 16 bytes of the
payload's SHA-256, by which the short form and the JSON are one code.

Belongs here: reading and checking bytes. Does not belong here: making signatures and keys (``publish``), what makes a
code valid today (``code_verify``).
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ehpilot.kernels.ledger import UTC8, canonical

PREFIX = "EH1:"
COLOURS = ("green", "yellow", "orange", "red", "grey")  # their place is their number in the short form
COLOUR_WORDS = {"green": "绿", "yellow": "黄", "orange": "橙", "red": "红", "grey": "灰"}
GRADE_WORDS = {1: "红", 2: "橙", 3: "黄", 4: "蓝"}
SUBJECT, EXPIRES, NOT_BEFORE, CODE, PAYLOAD_HASH = 2, 4, 5, -70001, -70002
COSE_SIGN1, COSE_ALG, COSE_KID, EDDSA = 18, 1, 4, -8
SHORT_HASH_BYTES = 16


@dataclass(frozen=True)
class PublicKey:
    """A key whose signatures count. ``name``: what the verifier prints; ``is_demo``: signs fiction only."""

    kid: str
    key: Ed25519PublicKey
    name: str
    is_demo: bool


@dataclass(frozen=True)
class ShortCode:
    """What a QR says. ``valid_until``: the last day, in UTC+8; ``payload_hash``: 32 hex digits."""

    kid: str
    enterprise_id: str
    colour: str
    grade: int | None
    valid_from: dt.date
    valid_until: dt.date
    payload_hash: str


def key_id(key: Ed25519PublicKey) -> str:
    """16 hex digits: the beginning of the SHA-256 of the raw public key."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def public_keys(listed: Mapping[str, Any]) -> dict[str, PublicKey]:
    """Keys of a ``keys.json`` by key id. ValueError where an entry is no Ed25519 key or its id is another's."""
    found = {}
    for entry in listed["keys"]:
        key = Ed25519PublicKey.from_public_bytes(unbase64(entry["x"]))
        if key_id(key) != entry["kid"]:
            raise ValueError(f"key {entry['kid']} is not the key of that id")
        found[entry["kid"]] = PublicKey(entry["kid"], key, entry["name"], bool(entry["is_demo"]))
    return found


def unbase64(text: str) -> bytes:
    """Bytes of base64url without padding; ValueError where it is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(key: Ed25519PublicKey, payload: Any, signature: str) -> bool:
    """True where ``signature`` (base64url) is the key's over the payload's canonical JSON."""
    try:
        key.verify(unbase64(signature), canonical(payload))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Sig_structure of a COSE_Sign1 (RFC 9052, 4.4)."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def read_short(text: str, keys: Mapping[str, PublicKey]) -> tuple[ShortCode, bool | None]:
    """The code that a short form says, and whether its signature holds (None: no such key).

    ValueError where the text is no short form.
    """
    try:
        message = cbor2.loads(base45.b45decode(text.removeprefix(PREFIX)))
        if not text.startswith(PREFIX) or message.tag != COSE_SIGN1:
            raise ValueError("no COSE_Sign1")
        protected, unprotected, payload, signature = message.value
        header = {**unprotected, **cbor2.loads(protected)}
        kid = _octets(header[COSE_KID]).hex()
        code = _claims(kid, cbor2.loads(payload))
        is_eddsa = cbor2.loads(protected)[COSE_ALG] == EDDSA
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError, RecursionError,
            MemoryError, binascii.Error, cbor2.CBORDecodeError) as error:  # fmt: skip
        raise ValueError("not a short form of a risk code") from error
    if kid not in keys:
        return code, None
    try:
        keys[kid].key.verify(signature, to_be_signed(protected, payload))
    except (InvalidSignature, TypeError):
        return code, False
    return code, is_eddsa


def _claims(kid: str, claims: Mapping[int, Any]) -> ShortCode:
    colour, grade = claims[CODE]
    return ShortCode(
        kid,
        str(claims[SUBJECT]),
        COLOURS[colour],
        grade,
        dt.datetime.fromtimestamp(claims[NOT_BEFORE], UTC8).date(),
        dt.datetime.fromtimestamp(claims[EXPIRES] - 1, UTC8).date(),
        _octets(claims[PAYLOAD_HASH]).hex(),
    )


def _octets(value: Any) -> bytes:
    """A byte string. TypeError for what is none: a number would be so many zeros."""
    if not isinstance(value, bytes):
        raise TypeError("no byte string")
    return value
