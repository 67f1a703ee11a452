"""Signed codes: made, read back by other libraries, and every way in which one is not valid."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import base45
import cbor2
import cwt
import duckdb
import jsonschema
import numpy as np
import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ehpilot.errors import BuildError, UsageError
from ehpilot.kernels import code_payload, ledger
from ehpilot.publish import code_files, code_keys, code_signature
from ehpilot.reading import code_verify

AS_OF = dt.date(2026, 3, 31)
ENTERPRISE = "919900019000000815-001"
UNTIL = dt.date(2026, 6, 29)


def _payload(enterprise_id: str = ENTERPRISE, colour: str = "green", **values: Any) -> dict[str, Any]:
    subject = code_payload.Subject(enterprise_id, "虚构化工", enterprise_id[:18], "演示区（虚构）", "演示局", True)
    options = {"previous_colour": None, "change": "new", "appeal_status": "none", "data_as_of": AS_OF, "score": 8.125}
    options.update(values)
    valid = options.pop("valid", (AS_OF, UNTIL))
    return code_payload.payload(
        subject, colour, 4, [("GR-HL3", "苯系物无组织排放占 62 %")], "1-00000000", valid, **options
    )


def _row(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "enterprise_id": payload["enterprise_id"], "payload": json.dumps(payload, ensure_ascii=False),
        "payload_sha256": ledger.sha256(payload),
    }  # fmt: skip


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> code_keys.SigningKey:
    folder = tmp_path / "keys"
    folder.mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(folder))
    return code_keys.load_signing_key(tmp_path / "out", "演示局", is_fictional=True)


OLD = _payload("A" * 18 + "-001", "red", valid=(dt.date(2026, 2, 28), UNTIL))
GONE = _payload("B" * 18 + "-001")
ROWS = [_row(_payload()), _row(_payload("A" * 18 + "-001", "orange"))]
LEDGER = ledger.appended(
    [
        {"as_of": AS_OF, "edition_no": 1, "event": event, "object_id": payload["enterprise_id"],
         "object_kind": "risk_code", "payload_sha256": ledger.sha256(payload)}
        for event, payload in (("issued", OLD), ("issued", GONE), ("revoked", GONE))
    ],
    None,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, key: code_keys.SigningKey) -> Path:
    building = tmp_path / "edition"
    building.mkdir()
    code_files.write_codes(building, ROWS, LEDGER, key, as_of=AS_OF, list_days=45)
    return building / "codes"


def _judge(folder: Path, text: str, today: dt.date = AS_OF) -> code_verify.Verdict:
    return code_verify.verify(text, *code_verify.trusted(folder), today)


def _both(key: code_keys.SigningKey, payload: dict[str, Any]) -> tuple[str, str]:
    return json.dumps(code_signature.signed(key, payload)), code_signature.short_form(key, payload)


def test_a_code_is_valid_in_both_forms_and_fits_the_schema(folder: Path, key: code_keys.SigningKey) -> None:
    text = (folder / f"{ENTERPRISE}.json").read_text(encoding="utf-8")
    code = json.loads(text)
    schema = json.loads((folder / "risk_code_v2.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(code)
    payload = code["payload"]
    assert (payload["code_id"], payload["score"]) == (f"{ENTERPRISE}-20260331", "8.12"), "half to even"
    named = {"enterprise_id", "code_id", "name", "credit_code", "grade", "score", "reasons", "appeal_status"}
    assert set(payload["public_fields"]) <= set(payload) - named, "what the public may see names no enterprise"
    unknown = code_signature.signed(key, _payload(score=None))
    jsonschema.Draft202012Validator(schema).validate(unknown)
    assert unknown["payload"]["score"] is None
    for form in (text, code["short_form"]):
        verdict = _judge(folder, form)
        assert (verdict.outcome, verdict.exit_code, verdict.colour, verdict.grade) == ("valid", 0, "green", 4)
        assert verdict.is_demo and "演示密钥" in verdict.key_name and verdict.valid_until == "2026-06-29"


def test_the_qr_is_read_back_by_another_library_and_the_signature_by_another(
    folder: Path, key: code_keys.SigningKey
) -> None:
    code = json.loads((folder / f"{ENTERPRISE}.json").read_text(encoding="utf-8"))
    text = code["short_form"]
    assert len(text) <= 300
    modules = np.array([list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(scale=4, border=4)])
    picture = np.where(modules, 0, 255).astype(np.uint8)
    # bars of its modules may pass for a line code, so only QR codes are looked for
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert found.text == text
    pem = key.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    cose_key = cwt.COSEKey.from_pem(pem, kid=bytes.fromhex(key.kid))
    claims = cbor2.loads(cwt.COSE.new().decode(base45.b45decode(text.removeprefix("EH1:")), cose_key))
    assert claims[2] == ENTERPRISE and claims[-70001] == [0, 4]
    assert claims[-70002].hex() == code["payload_sha256"][:32]
    assert dt.datetime.fromtimestamp(claims[4], dt.UTC) == dt.datetime(2026, 6, 29, 16, tzinfo=dt.UTC)
    assert (folder / f"{ENTERPRISE}.svg").read_text(encoding="utf-8").startswith("<svg")


def _painted(svg: str) -> np.ndarray:
    """The dark squares of the written picture: strokes of one unit, each line from its own moves."""
    path = svg.partition(' d="')[2].partition('"')[0]
    size = int(svg.partition('width="')[2].partition('"')[0]) // 4
    picture = np.full((size, size), 255, dtype=np.uint8)
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        moved = [float(number) for number in numbers.split()]
        if kind == "h":
            picture[int(y), int(x) : int(x + moved[0])] = 0
            x += moved[0]
        else:
            x, y = moved if kind == "M" else (x + moved[0], y + moved[1])
    return picture.repeat(4, axis=0).repeat(4, axis=1)


def test_the_written_picture_is_read_back_and_verified(folder: Path) -> None:
    svg = (folder / f"{ENTERPRISE}.svg").read_text(encoding="utf-8")
    (found,) = zxingcpp.read_barcodes(_painted(svg))
    assert _judge(folder, found.text).outcome == "valid" and "虚构化工 绿码" in svg


@pytest.mark.parametrize(
    ("today", "outcome"),
    [
        ("2026-06-29", "list_too_old"),
        ("2026-06-30", "expired"),
        ("2026-03-30", "not_yet_valid"),
        ("2026-05-15", "valid"),
        ("2026-05-16", "list_too_old"),
    ],
)
def test_the_calendar_decides(folder: Path, key: code_keys.SigningKey, today: str, outcome: str) -> None:
    for form in _both(key, _payload()):
        verdict = _judge(folder, form, dt.date.fromisoformat(today))
        assert (verdict.outcome, verdict.exit_code) == (outcome, 0 if outcome == "valid" else 1)


def test_superseded_and_revoked_codes_say_so(folder: Path, key: code_keys.SigningKey) -> None:
    for form in _both(key, OLD):
        assert _judge(folder, form).outcome == "superseded"
    for form in _both(key, GONE):
        assert _judge(folder, form).outcome == "revoked"
    tomorrow = _payload(valid=(dt.date(2026, 4, 20), UNTIL))
    for form in _both(key, tomorrow):
        assert _judge(folder, form, dt.date(2026, 4, 25)).outcome == "list_too_old", "issued after the list"


def test_any_change_of_a_json_is_seen(folder: Path, key: code_keys.SigningKey) -> None:
    code = code_signature.signed(key, _payload(colour="red"))
    for change in ({"colour": "green"}, {"valid_until": "2027-01-01"}, {"grade": 1}, {"name": "别家"}):
        payload = {**code["payload"], **change}
        assert _judge(folder, json.dumps({**code, "payload": payload})).outcome == "tampered"
        refreshed = {**code, "payload": payload, "payload_sha256": ledger.sha256(payload)}
        assert _judge(folder, json.dumps(refreshed)).outcome == "tampered"
    for text in ("", "{}", "[1]", "EH1:", "EH1:ABC%%", '{"payload": 1.5, "signature": {}}', "\x00"):
        assert _judge(folder, text).outcome == "tampered"


def test_a_changed_short_form_is_seen(folder: Path, key: code_keys.SigningKey) -> None:
    message = bytearray(base45.b45decode(code_signature.short_form(key, _payload()).removeprefix("EH1:")))
    outcomes = set()
    for place in range(len(message)):
        changed = bytes(byte ^ (1 if number == place else 0) for number, byte in enumerate(message))
        outcomes.add(_judge(folder, "EH1:" + base45.b45encode(changed).decode()).outcome)
    assert outcomes <= {"tampered", "unknown_key"}


def test_another_key_is_unknown_and_its_list_says_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(foreign))
    other = code_keys.load_signing_key(tmp_path / "out", "他局", is_fictional=False)
    assert not other.is_demo and (foreign / "code_signing.pem").stat().st_mode & 0o777 == 0o600
    for form in _both(other, _payload()):
        verdict = _judge(folder, form)
        assert (verdict.outcome, verdict.key_name) == ("unknown_key", "")
    listed = json.loads((folder / "list.json").read_text(encoding="utf-8"))
    listed["payload"]["revoked"] = []
    (folder / "list.json").write_text(json.dumps(listed), encoding="utf-8")
    text = (folder / f"{ENTERPRISE}.json").read_text(encoding="utf-8")
    assert _judge(folder, text).outcome == "list_too_old", "a list that was changed is none"


def test_the_same_key_signs_the_same_bytes_and_none_lies_in_a_build_folder(
    tmp_path: Path, key: code_keys.SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = code_keys.load_signing_key(tmp_path / "out", "演示局", is_fictional=True)
    assert _both(again, _payload()) == _both(key, _payload())
    inside = tmp_path / "out" / "keys"
    inside.mkdir(parents=True)
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(inside))
    with pytest.raises(UsageError, match="lies under"):
        code_keys.load_signing_key(tmp_path / "out", "演示局", is_fictional=True)
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "keys"))
    (tmp_path / "keys" / "code_signing_demo.pem").write_text("no key")
    with pytest.raises(UsageError, match="cannot be used"):
        code_keys.load_signing_key(tmp_path / "out", "演示局", is_fictional=True)


def test_a_payload_that_is_not_the_hashed_one_stops(tmp_path: Path, key: code_keys.SigningKey) -> None:
    wrong = {**_row(_payload()), "payload_sha256": "0" * 64}
    with pytest.raises(BuildError, match="not the one of its hash"):
        code_files.write_codes(tmp_path, [wrong], [], key, as_of=AS_OF, list_days=45)
    assert code_files.write_codes(tmp_path, [], [], key, as_of=AS_OF, list_days=45) == []


def test_an_unchanged_code_keeps_its_payload() -> None:
    old = _payload()
    assert code_payload.is_same_code(old, _payload(data_as_of=UNTIL, change="same", previous_colour="green", score=8.2))
    assert not code_payload.is_same_code({**old, "schema": "urn:ehpilot:risk-code:1"}, old), "an older form is reissued"
    assert not code_payload.is_same_code(old, _payload(colour="yellow"))
    assert not code_payload.is_same_code(old, _payload(valid=(AS_OF, AS_OF)))
    assert not code_payload.is_same_code(None, old)


def test_codes_of_an_edition_are_those_of_its_tables(
    tmp_path: Path, key: code_keys.SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    building = tmp_path / "building"
    building.mkdir()
    with duckdb.connect(str(building / "marts.duckdb")) as connection:
        connection.execute("create schema risk_grade")
    assert write_from(tmp_path, building) == [], "an area without grades has no codes"
    with duckdb.connect(str(building / "marts.duckdb")) as connection:
        connection.execute(
            "create table risk_grade.risk_code "
            "(enterprise_id varchar, as_of date, payload json, payload_sha256 varchar)"
        )
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "nowhere"))
    assert write_from(tmp_path, building) == [], "no code, no key asked for"
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "keys"))
    with duckdb.connect(str(building / "marts.duckdb")) as connection:
        connection.executemany(
            "insert into risk_grade.risk_code values (?, ?, ?, ?)",
            [(row["enterprise_id"], AS_OF, row["payload"], row["payload_sha256"]) for row in ROWS],
        )
    assert len(write_from(tmp_path, building)) == 2 * len(ROWS) + 3
    text = (building / "codes" / f"{ENTERPRISE}.json").read_text(encoding="utf-8")
    assert _judge(building / "codes", text).outcome == "valid"


def write_from(out: Path, building: Path) -> list[Path]:
    return code_files.write_codes_of(building, out / "out", "演示局", is_fictional=True)
