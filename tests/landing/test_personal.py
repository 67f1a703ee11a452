"""Personal texts: one key, hashed before anything is stored, never under the build folder."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import duckdb
import pytest

from ehpilot.errors import UsageError
from ehpilot.landing.personal import HASH_FUNCTION, KEY_FILE, Pseudonymiser, load_key, masked


def test_key_is_made_once_and_only_for_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path))
    key = load_key()
    assert load_key() == key
    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_without_the_variable_the_key_lies_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EHPILOT_KEY_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    load_key()
    assert (tmp_path / ".config" / "ehpilot" / KEY_FILE).is_file()


def test_a_named_folder_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path / "none"))
    with pytest.raises(UsageError, match="EHPILOT_KEY_DIR"):
        load_key()


def test_the_key_never_lies_under_the_build_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "out" / "keys"
    inside.mkdir(parents=True)
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(inside))
    with pytest.raises(UsageError, match="under the build folder"):
        load_key(tmp_path / "out")
    assert list(inside.iterdir()) == []


def test_a_broken_key_is_told_and_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHPILOT_KEY_DIR", str(tmp_path))
    (tmp_path / KEY_FILE).write_text("abcd", encoding="ascii")
    with pytest.raises(UsageError, match="shorter"):
        load_key()
    assert (tmp_path / KEY_FILE).read_text(encoding="ascii") == "abcd"


def test_digest_is_hmac_sha256_of_the_text_without_blanks_and_width() -> None:
    key = b"k" * 32
    expected = hmac.new(key, b"13800001234", hashlib.sha256).hexdigest()
    person = Pseudonymiser(key)
    assert person.digest("138 0000 1234") == person.digest("１３８00001234") == expected
    assert person.digest(" ") is None
    assert Pseudonymiser(b"o" * 32).digest("13800001234") != expected


def test_digest_in_sql_is_the_same_and_keeps_nulls() -> None:
    con = duckdb.connect()
    person = Pseudonymiser(b"k" * 32)
    person.install(con)
    person.install(con)  # once more on the same connection
    rows = con.execute(f"select {HASH_FUNCTION}(t) from (values ('张三'), (null), ('')) as v(t)").fetchall()
    assert [row[0] for row in rows] == [person.digest("张三"), None, None]


def test_a_masked_text_shows_its_length_only() -> None:
    assert masked(3) == "•••(3)"
