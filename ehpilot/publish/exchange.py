"""Write ``exchange/<platform>/`` of a building edition: a signed full package, a delta against the newest sealed
edition's, JSON Schema, OpenAPI description, public keys.

One folder a platform that has numbers in ``risk_grade.platform_enterprise``; without any, one general folder, so that a
platform that comes can begin. Rows carry the platform's own number where it gave one. Doubles are decimal text, as
canonical JSON has no floats; times are ISO 8601.

Does not belong here: reading and applying packages (``reading.exchange``), what tables say (dbt), codes themselves
(``code_files``).
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.kernels.code_payload import ALGORITHM
from ehpilot.kernels.ledger import CANONICALISATION, sha256
from ehpilot.publish.code_files import TEMPLATES
from ehpilot.publish.code_keys import SigningKey, load_signing_key
from ehpilot.publish.code_signature import public_key, signed
from ehpilot.publish.file_names import safe_name
from ehpilot.reading.edition import has_table, latest, open_marts
from ehpilot.reading.exchange import (
    DELTA,
    FILES,
    FOLDER,
    FULL,
    KEYS_FILE,
    OPENAPI_FILE,
    SCHEMA_FILE,
    PackageError,
    opened,
    tables,
)

SCHEMA = "urn:ehpilot:exchange-package:1"
GENERAL = "通用"
PLATFORMS = "risk_grade.platform_enterprise"
# name in the package: table, key, columns
CONTENT: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "grades": (
        "risk_grade.source_grade", ("enterprise_id",),
        ("grade", "score", "reason_codes", "to_next_grade", "data_confidence", "previous_grade", "change_reason"),
    ),
    "codes": (
        "risk_grade.risk_code", ("enterprise_id",),
        ("colour", "grade", "rule_version", "valid_from", "valid_until", "reason_codes", "appeal_status",
         "payload_sha256"),
    ),
    "problems": (
        "risk_grade.problem", ("problem_id",),
        ("enterprise_id", "rule_id", "object", "found_at", "source", "severity", "description", "legal_basis", "status",
         "due", "closed_at", "overdue_days"),
    ),
    "supervision_list": (
        "risk_grade.supervision_list", ("enterprise_id",),
        ("grade", "colour", "mode", "inspections_due", "next_inspection", "focus", "must_test"),
    ),
    "zones": ("risk_grade.zone", ("zone_id",), ("zone_kind", "name_cn", "cell_count", "population", "grade")),
    "monitoring_plan": (
        "exposure.monitoring_plan", ("site_id", "pollutant_id"),
        ("frequency", "current_frequency", "change", "starts", "plan_version", "method_code", "responsible", "reason"),
    ),
    "ledger": (
        "risk_grade.risk_code_ledger", ("entry_no",),
        ("object_kind", "object_id", "edition_no", "as_of", "event", "payload_sha256", "previous_hash", "entry_hash"),
    ),
}  # fmt: skip


def write_packages_of(
    building: Path, out: Path, edition_no: int, zone: str, issuer: str, *, is_fictional: bool
) -> list[Path]:
    """Write the packages from the building edition's own tables; none where it has no risk code. Returns the files."""
    with open_marts(building) as connection:
        if not has_table(connection, CONTENT["codes"][0]):
            return []
        as_of = connection.execute(f"select max(as_of) from {CONTENT['codes'][0]}").fetchall()[0][0]
        if as_of is None:
            return []
        content = {name: _table(connection, *spec) for name, spec in CONTENT.items() if has_table(connection, spec[0])}
        numbers = _numbers(connection)
    key = load_signing_key(out, issuer, is_fictional=is_fictional)
    head = {
        "schema": SCHEMA, "edition_no": edition_no, "as_of": as_of.isoformat(), "zone": zone, "issuer": issuer,
        "is_fictional": is_fictional, "alg": ALGORITHM, "canonicalisation": CANONICALISATION,
    }  # fmt: skip
    previous = latest(out)
    paths: list[Path] = []
    for platform, ids in sorted(numbers.items()) or [(GENERAL, {})]:
        folder = building / FOLDER / safe_name(platform)
        full = {**head, "platform": platform, "kind": FULL, "tables": _numbered(content, ids)}
        base = _base(previous, platform, key)
        paths += write_package(folder, full, base, key)
    return paths


def write_package(folder: Path, full: dict[str, Any], base: dict[str, Any] | None, key: SigningKey) -> list[Path]:
    """Write one platform's folder: the full package, the delta where there is a ``base`` (payload of the full package
    before), and what a consumer needs to read them."""
    folder.mkdir(parents=True, exist_ok=True)
    packages = {FULL: full}
    if base is not None:
        packages[DELTA] = difference(base, full)
    paths = []
    for kind, payload in packages.items():
        payload["package_id"] = f"EX-{payload['edition_no']:04d}-{kind[0].upper()}-{sha256(payload)[:8]}"
        paths.append(_write(folder / FILES[kind], signed(key, payload)))
    paths.append(_write(folder / KEYS_FILE, {"keys": [public_key(key)]}))
    for name in (SCHEMA_FILE, OPENAPI_FILE):
        source = TEMPLATES / ("exchange_openapi.json" if name == OPENAPI_FILE else name)
        paths.append(Path(shutil.copyfile(source, folder / name)))
    return paths


def difference(base: Mapping[str, Any], full: Mapping[str, Any]) -> dict[str, Any]:
    """Payload of the delta from one full package's payload to the next: rows new or changed, keys gone, by table."""
    before, after = tables(base), tables(full)
    changed = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, {}), after.get(name, {})
        key = (full["tables"].get(name) or base["tables"][name])["key"]
        rows = [row for values, row in new.items() if old.get(values) != row]
        changed[name] = {"key": key, "rows": rows, "removed": [list(values) for values in old if values not in new]}
    head = {name: value for name, value in full.items() if name not in ("tables", "kind", "package_id")}
    return {
        **head,
        "kind": DELTA,
        "base_sha256": sha256(base),
        "base_package_id": base["package_id"],
        "tables": changed,
    }


def _base(previous: Path | None, platform: str, key: SigningKey) -> dict[str, Any] | None:
    """Payload of the platform's full package in the newest sealed edition; None without one, or where it is not ours
    (another key, changed): then who receives begins anew with the full package."""
    path = previous / FOLDER / safe_name(platform) / FILES[FULL] if previous else None
    if path is None or not path.is_file():
        return None
    try:
        return opened(path.read_text(encoding="utf-8"), {"keys": [public_key(key)]})
    except PackageError:
        return None


def _numbers(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Numbers of sites by platform; the first where a site has several."""
    found: dict[str, dict[str, str]] = {}
    if has_table(connection, PLATFORMS):
        rows = connection.execute(
            f"select platform, enterprise_id, platform_no from {PLATFORMS} order by all"
        ).fetchall()
        for platform, enterprise_id, number in rows:
            found.setdefault(platform, {}).setdefault(enterprise_id, number)
    return found


def _numbered(content: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """The tables with the platform's number beside each site; null where it gave none."""
    numbered = {}
    for name, table in content.items():
        rows = [
            {**row, "platform_no": ids.get(row["enterprise_id"])} if "enterprise_id" in row else row
            for row in table["rows"]
        ]
        numbered[name] = {**table, "rows": rows}
    return numbered


def _table(
    connection: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], columns: tuple[str, ...]
) -> dict[str, Any]:
    names = [*key, *columns]
    order = ", ".join(key)
    rows = connection.execute(f"select {', '.join(names)} from {table} order by {order}").fetchall()
    return {"key": list(key), "rows": [dict(zip(names, map(_plain, row), strict=True)) for row in rows]}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _write(path: Path, value: Mapping[str, Any]) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path
