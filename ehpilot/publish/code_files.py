"""Write ``codes/`` of a building edition: one signed JSON and one QR an enterprise, the keys, the list of codes, the
schema.

``list.json`` says which payload is each enterprise's code in this edition, which were revoked, until when the list is
to be used and where the ledger stands; a verifier needs it and ``keys.json``, no network.

Does not belong here: which colour (dbt), signatures (``code_signature``), the ledger's file (``ledger``).
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError
from ehpilot.kernels.code_payload import ALGORITHM
from ehpilot.kernels.ledger import CANONICALISATION, FIRST, sha256
from ehpilot.publish.code_keys import SigningKey, load_signing_key
from ehpilot.publish.code_signature import public_key, qr_svg, short_form, signed
from ehpilot.reading.code_signature import COLOUR_WORDS
from ehpilot.reading.code_verify import FOLDER, KEYS_FILE, LIST_FILE
from ehpilot.reading.edition import FICTION_MARK, has_table, open_marts
from ehpilot.reading.ledger import of_edition

SCHEMA_FILE = "risk_code_v2.schema.json"
TEMPLATES = Path(__file__).parent / "templates"
LIST_SCHEMA = "urn:ehpilot:risk-code-list:1"
CODES_TABLE = "risk_grade.risk_code"
LIST_DAYS = 45  # own: editions are monthly; two weeks late a list no longer speaks for today


def write_codes_of(building: Path, out: Path, issuer: str, *, is_fictional: bool) -> list[Path]:
    """Write the folder from the building edition's own tables; the signing key is made or asked for only where there is
    a code to sign. Returns the files."""
    with open_marts(building) as connection:
        if not has_table(connection, CODES_TABLE):
            return []
        names = ("enterprise_id", "payload", "payload_sha256")
        found = connection.execute(f"select {', '.join(names)} from {CODES_TABLE}").fetchall()
        as_of = connection.execute(f"select max(as_of) from {CODES_TABLE}").fetchall()[0][0]
    if not found:
        return []
    key = load_signing_key(out, issuer, is_fictional=is_fictional)
    codes = [dict(zip(names, row, strict=True)) for row in found]
    return write_codes(building, codes, of_edition(building), key, as_of=as_of, list_days=LIST_DAYS)


def write_codes(
    building: Path, codes: Iterable[Mapping[str, Any]], ledger: Sequence[Mapping[str, Any]], key: SigningKey,
    *, as_of: dt.date, list_days: int,
) -> list[Path]:  # fmt: skip
    """Write the folder; returns its files, none where there is no code.

    ``codes``: rows of ``risk_grade.risk_code`` with ``enterprise_id``, ``payload`` (JSON text), ``payload_sha256``;
    ``ledger``: all rows of the edition's ledger. Raises BuildError where a payload is not the one that was hashed.
    """
    rows = sorted(codes, key=lambda row: row["enterprise_id"])
    if not rows:
        return []
    folder = building / FOLDER
    folder.mkdir(exist_ok=True)
    paths = []
    for row in rows:
        payload = json.loads(row["payload"])
        if sha256(payload) != row["payload_sha256"]:
            raise BuildError(f"the payload of {row['enterprise_id']} is not the one of its hash / 码内容与哈希不符")
        text = short_form(key, payload)
        title = f"{payload['name']} {COLOUR_WORDS[payload['colour']]}码"
        title += f" {FICTION_MARK}" if payload["is_fictional"] else ""
        paths.append(_write(folder / f"{row['enterprise_id']}.json", {**signed(key, payload), "short_form": text}))
        paths.append(folder / f"{row['enterprise_id']}.svg")
        paths[-1].write_bytes(qr_svg(text, title))
    paths.append(_write(folder / KEYS_FILE, {"keys": [public_key(key)]}))
    paths.append(_write(folder / LIST_FILE, signed(key, _list(rows, ledger, as_of, list_days))))
    paths.append(Path(shutil.copyfile(TEMPLATES / SCHEMA_FILE, folder / SCHEMA_FILE)))
    return paths


def _list(
    rows: Sequence[Mapping[str, Any]], ledger: Sequence[Mapping[str, Any]], as_of: dt.date, days: int
) -> dict[str, Any]:
    current = {row["enterprise_id"]: row["payload_sha256"] for row in rows}
    return {
        "schema": LIST_SCHEMA,
        "as_of": as_of.isoformat(),
        "list_valid_until": (as_of + dt.timedelta(days=days)).isoformat(),
        "current": current,
        "revoked": sorted({entry["payload_sha256"] for entry in ledger if entry["event"] == "revoked"}),
        "ledger_entries": len(ledger),
        "ledger_head": ledger[-1]["entry_hash"] if ledger else FIRST,
        "alg": ALGORITHM,
        "canonicalisation": CANONICALISATION,
    }


def _write(path: Path, value: Mapping[str, Any]) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path
