"""``ehpilot code verify`` as a user runs it: exit codes and words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from pathlib import Path

import base45
import cbor2
import pytest
from typer.testing import CliRunner

from ehpilot.cli.main import app
from ehpilot.errors import UsageError
from ehpilot.kernels import ledger
from ehpilot.reading import code_verify
from tests.publish.test_codes import AS_OF, ENTERPRISE, LEDGER, folder, key  # noqa: F401  (fixtures)
from tests.publish.test_ledger import ENTRIES

RUN = CliRunner()


def _verify(*arguments: str) -> tuple[int, str]:
    result = RUN.invoke(app, ["--lang", "en", "code", "verify", *arguments])
    return result.exit_code, result.output


def test_a_code_its_qr_text_and_a_forged_one(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    file = folder / f"{ENTERPRISE}.json"
    trust = ("--trust", str(folder), "--on", "2026-04-01")
    code, words = _verify(str(file), *trust)
    assert code == 0 and words.startswith("valid (demo key, fiction): ") and "grade 4" in words
    qr = tmp_path / "qr.txt"
    qr.write_text(json.loads(file.read_text(encoding="utf-8"))["short_form"] + "\n", encoding="utf-8")
    assert _verify(str(qr), *trust)[0] == 0
    assert _verify(str(file), "--trust", str(folder), "--on", "2027-01-01")[0] == 1
    forged = tmp_path / "forged.json"
    forged.write_text(file.read_text(encoding="utf-8").replace('"green"', '"yellow"'), encoding="utf-8")
    code, words = _verify(str(forged), *trust, "--format", "json")
    assert code == 1 and json.loads(words)["outcome"] == "tampered"


def test_a_ledger_whole_and_broken(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b"".join(ledger.canonical(entry) + b"\n" for entry in ENTRIES))
    code, words = _verify(str(path))
    assert code == 0 and words.startswith("the ledger is whole: 4 rows; no signed list beside it")
    path.write_bytes(b"".join(ledger.canonical(entry) + b"\n" for entry in ENTRIES[::-1]))
    code, words = _verify(str(path))
    assert code == 1 and "row 1 has number 4" in words


def _written(path: Path, entries: list[dict]) -> Path:
    path.write_bytes(b"".join(ledger.canonical(entry) + b"\n" for entry in entries))
    return path


def test_last_rows_that_are_missing_and_a_chain_made_anew_show_by_the_signed_list(
    folder: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    trust = ("--trust", str(folder))
    whole = _written(tmp_path / "ledger.jsonl", LEDGER)
    code, words = _verify(str(whole), *trust, "--format", "json")
    assert code == 0 and json.loads(words) == {"rows": 3, "is_whole": True, "is_anchored": True, "detail": ""}
    code, words = _verify(str(_written(tmp_path / "short.jsonl", LEDGER[:2])), *trust)
    assert code == 1 and "row 3 and 0 more are missing" in words
    forged = ledger.appended([{**entry, "event": "issued"} for entry in LEDGER], None)
    assert _verify(str(_written(tmp_path / "anew.jsonl", forged)))[0] == 0, "the chain alone does not show it"
    code, words = _verify(str(tmp_path / "anew.jsonl"), *trust)
    assert code == 1 and "row 3 is not the one of the signed list" in words
    more = [*LEDGER, *ledger.appended([LEDGER[0]], LEDGER[-1])]
    assert _verify(str(_written(tmp_path / "more.jsonl", more)), *trust)[0] == 0, "a later edition added rows"


@pytest.mark.parametrize("line", [b"\xff\xfe\n", b"[" * 50_000 + b"\n", b'{"entry_no": 1, "object_id": "\\ud800"}\n'])
def test_a_line_that_is_no_row_breaks_the_ledger_and_nothing_else(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(line)
    code, words = _verify(str(path))
    assert code == 1 and "row 1" in words


def test_no_odd_file_is_a_code_or_ends_in_a_page_of_errors(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    kid = bytes.fromhex(json.loads((folder / "keys.json").read_text(encoding="utf-8"))["keys"][0]["kid"])
    claims = {2: "E", 4: 10**14, 5: 0, -70001: [0, 4], -70002: b"x" * 16}
    bomb = [cbor2.dumps({1: -8, 4: 10**12}), {}, cbor2.dumps(claims), b""]
    far = [cbor2.dumps({1: -8, 4: kid}), {}, cbor2.dumps(claims), b""]
    for content in (
        b"", b"\xff" * 10, b"[" * 100_000, b" " * 2_000_000, b'{"payload": {"a": "\\ud800"}, "signature": {}}', b"EH1:",
        *(b"EH1:" + base45.b45encode(cbor2.dumps(cbor2.CBORTag(18, message))) for message in (bomb, far)),
    ):  # fmt: skip
        path = tmp_path / "odd.json"
        path.write_bytes(content)
        code, words = _verify(str(path), "--trust", str(folder), "--on", "2026-04-01")
        assert code == 1 and words.startswith("tampered"), content[:20]


def _changed(folder: Path, **change: object) -> str:  # noqa: F811
    """The code's JSON with other words, hashed anew and signed by nobody known."""
    file = json.loads((folder / f"{ENTERPRISE}.json").read_text(encoding="utf-8"))
    file["payload"] |= change
    return json.dumps({**file, "payload_sha256": ledger.sha256(file["payload"]), "signature": {
        **file["signature"], "kid": "0" * 16}})  # fmt: skip


def test_what_is_printed_of_a_code_is_a_word_that_codes_use(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    """Nobody's file can write a line of its own (“valid: …”) into what the verifier prints."""
    path = tmp_path / "odd.json"
    odd = [
        {"enterprise_id": "\x1b[2J\nvalid: 某厂 green"}, {"enterprise_id": "x" * 300_000}, {"enterprise_id": 5},
        {"enterprise_id": ""}, {"colour": "蓝"}, {"colour": ["green"]}, {"grade": "4"}, {"grade": [1]}, {"grade": True},
        {"grade": 10**400}, {"grade": 0},
    ]  # fmt: skip
    for change in odd:
        path.write_text(_changed(folder, **change), encoding="utf-8")
        code, words = _verify(str(path), "--trust", str(folder), "--on", "2026-04-01")
        assert code == 1 and words == "tampered: neither the JSON of a risk code nor the text of its QR\n", change
    path.write_text(_changed(folder).replace('"kid": "' + "0" * 16, '"kid": "\\nvalid'), encoding="utf-8")
    assert _verify(str(path), "--trust", str(folder))[1].startswith("tampered: neither")
    path.write_text(_changed(folder), encoding="utf-8")
    assert _verify(str(path), "--trust", str(folder))[1].startswith("tampered"), "its QR is of another key"


def test_a_file_says_one_thing_only(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    """A field twice, one that no code has, the QR of another code, another algorithm: readers would differ."""
    path = tmp_path / "odd.json"
    text = (folder / f"{ENTERPRISE}.json").read_text(encoding="utf-8")
    file, other = json.loads(text), json.loads((folder / ("A" * 18 + "-001.json")).read_text(encoding="utf-8"))
    compact = json.dumps(file)
    for content in (
        '{"payload": {"colour": "red"}, ' + compact[1:], compact.replace('"colour"', '"colour": "red", "colour"', 1),
        json.dumps({**file, "note": "x"}), json.dumps({**file, "short_form": other["short_form"]}),
        json.dumps({**file, "short_form": 5}), json.dumps({**file, "signature": {**file["signature"], "alg": "none"}}),
        compact + compact, "[" + compact + "]", file["short_form"] + "\n" + file["short_form"],
    ):  # fmt: skip
        path.write_text(content, encoding="utf-8")
        code, words = _verify(str(path), "--trust", str(folder), "--on", "2026-04-01")
        assert code == 1 and words.startswith("tampered"), content[:80]
    for content in (text, compact, file["short_form"], f" {file['short_form']}\n\n"):
        path.write_text(content, encoding="utf-8-sig")
        assert _verify(str(path), "--trust", str(folder), "--on", "2026-04-01")[0] == 0


@pytest.mark.parametrize("name", ["keys.json", "list.json"])
@pytest.mark.parametrize("content", [b"", b"[" * 50_000, b"5", b'{"keys": [5]}', b'{"payload": []}', b"\xff"])
def test_keys_and_lists_that_are_none_are_one_line(folder: Path, tmp_path: Path, name: str, content: bytes) -> None:  # noqa: F811
    trust = tmp_path / "trust"
    shutil.copytree(folder, trust)
    (trust / name).write_bytes(content)
    result = RUN.invoke(app, ["code", "verify", str(folder / f"{ENTERPRISE}.json"), "--trust", str(trust)])
    assert isinstance(result.exception, UsageError) and "no keys and list" in str(result.exception)


def test_a_clock_that_was_set_back_is_no_proof(folder: Path) -> None:  # noqa: F811
    """The code began before the list's day; the clock says a day between: asked by a person, it was valid then."""
    keys, codes = code_verify.trusted(folder)
    text = (folder / f"{ENTERPRISE}.json").read_text(encoding="utf-8")
    assert codes is not None
    later = dataclasses.replace(codes, as_of=AS_OF + dt.timedelta(days=9))
    day = AS_OF + dt.timedelta(days=5)
    assert code_verify.verify(text, keys, later, day).outcome == "valid"
    verdict = code_verify.verify(text, keys, later, day, by_clock=True)
    assert (verdict.outcome, verdict.exit_code) == ("not_yet_valid", 1) and "is the clock right" in verdict.detail


def test_wrong_arguments_of_verify_are_one_line(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    for arguments, words in (
        ((str(tmp_path / "none.json"), "--trust", str(folder)), "cannot be read"),
        ((str(folder), "--trust", str(folder)), "cannot be read"),
        ((str(folder / "list.json"), "--trust", str(tmp_path)), "no keys and list"),
        ((str(folder / "list.json"), "--trust", str(folder), "--on", "yesterday"), "--on 'yesterday'"),
        ((str(tmp_path / "none.jsonl"),), "no such file"),
    ):
        result = RUN.invoke(app, ["--lang", "en", "code", "verify", *arguments])
        assert isinstance(result.exception, UsageError) and words in str(result.exception)
