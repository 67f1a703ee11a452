"""``ehpilot code verify`` as a user runs it: exit codes and words."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from ehpilot.cli.main import app
from ehpilot.kernels import ledger
from tests.publish.test_codes import ENTERPRISE, folder, key  # noqa: F401  (fixtures)
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
    assert _verify(str(path)) == (0, "the ledger is whole: 4 rows\n")
    path.write_bytes(b"".join(ledger.canonical(entry) + b"\n" for entry in ENTRIES[::-1]))
    code, words = _verify(str(path))
    assert code == 1 and "row 1 has number 4" in words
