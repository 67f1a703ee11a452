"""Packages for other platforms, as who receives them reads them: checked, and a delta put on what was there.

A package is one signed JSON (``exchange_package_v1.schema.json``): Ed25519 over the canonical JSON of its payload, as
risk codes are signed. ``full`` holds all rows of its tables; ``delta`` the rows that are new or changed, and the keys
of those that are gone, against the full package whose hash it names. Full package + delta = next full package, row by
row.

Belongs here: reading, checking, applying. Does not belong here: what goes into a package and who signs it
(``publish.exchange``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ehpilot.kernels.ledger import sha256
from ehpilot.reading.code_signature import is_signed, public_keys

FOLDER = "exchange"
FULL, DELTA = "full", "delta"
FILES = {FULL: "full.json", DELTA: "delta.json"}
SCHEMA_FILE, OPENAPI_FILE, KEYS_FILE = "exchange_package_v1.schema.json", "openapi.json", "keys.json"

Tables = dict[str, dict[tuple[Any, ...], dict[str, Any]]]


class PackageError(ValueError):
    """A package that must not be used; the text says why."""


def opened(text: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of a package; ``keys``: the sender's ``keys.json``.

    Raises PackageError: no package, an unknown key, another payload than was signed.
    """
    try:
        package = json.loads(text)
        payload, signature = package["payload"], package["signature"]
        known = public_keys(keys)
        kid, value, stated = signature["kid"], signature["value"], package["payload_sha256"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PackageError(f"no exchange package: {error} / 不是交换包") from error
    if kid not in known:
        raise PackageError(f"signed by the unknown key {kid} / 签名密钥 {kid} 未知")
    try:
        is_whole = sha256(payload) == stated
    except (TypeError, ValueError):
        is_whole = False
    if not (is_whole and is_signed(known[kid].key, payload, value)):
        raise PackageError("the package is not what was signed / 交换包内容与签名不符")
    return dict(payload)


def tables(full: Mapping[str, Any]) -> Tables:
    """Rows of a full package's payload by table and key. PackageError for a delta, or where a key is not one row's."""
    if full["kind"] != FULL:
        raise PackageError("a delta needs the full package that it builds on / 增量包须与其全量包合用")
    found: Tables = {}
    for name, table in full["tables"].items():
        rows = {key_of(table["key"], row): dict(row) for row in table["rows"]}
        if len(rows) != len(table["rows"]):
            raise PackageError(f"two rows of {name} have one key / {name} 主键重复")
        found[name] = rows
    return found


def updated(base: Mapping[str, Any], delta: Mapping[str, Any]) -> Tables:
    """Rows after the delta was put on its full package (payloads). PackageError where it builds on another."""
    if delta["kind"] != DELTA or delta["base_sha256"] != sha256(base):
        raise PackageError("the delta builds on another package / 增量包的基础包不符")
    found = tables(base)
    for name, table in delta["tables"].items():
        rows = found.setdefault(name, {})
        for key in table["removed"]:
            rows.pop(tuple(key), None)
        rows.update({key_of(table["key"], row): dict(row) for row in table["rows"]})
    return found


def key_of(key: list[str], row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Values of a row's key."""
    return tuple(row[column] for column in key)
