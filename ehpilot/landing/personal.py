"""Personal fields end here: hashed with a key before anything is stored or printed.

Belongs here: the key (where it lies, how it is made) and the keyed hash. Names, identity and telephone numbers pass
only through :meth:`Pseudonymiser.digest`; printed they are ``•••`` and a length.
Does not belong here: which columns are personal (``kind: personal`` in the sources YAML).
Hash: HMAC-SHA256 (RFC 2104) in hex over the NFKC text without blanks, so that a number typed twice is one person.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import re
import secrets
import unicodedata
from pathlib import Path

import duckdb
import pyarrow as pa

from ehpilot.errors import UsageError

KEY_FILE = "personal.key"
KEY_BYTES = 32
HASH_FUNCTION = "ehpilot_personal_hash"
_BLANKS = re.compile(r"\s+")


def key_folder() -> Path:
    """``$EHPILOT_KEY_DIR``, which must exist when it is set, else ``~/.config/ehpilot``, made at first use."""
    named = os.environ.get("EHPILOT_KEY_DIR")
    if named:
        folder = Path(named)
        if not folder.is_dir():
            raise UsageError(f"EHPILOT_KEY_DIR names no folder: {named}; make it or unset the variable")
        return folder
    folder = Path.home() / ".config" / "ehpilot"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def load_key(out: Path | None = None) -> bytes:
    """The key, made (mode 600) at first use.

    Args:
        out: the build folder; a key folder inside it is refused, for editions are handed on.
    Raises:
        UsageError: no such folder, folder under ``out``, file not writable or broken.
    """
    folder = key_folder().resolve()
    if out is not None and folder.is_relative_to(out.resolve()):
        raise UsageError(f"the key folder {folder} lies under the build folder {out}; set EHPILOT_KEY_DIR elsewhere")
    path = folder / KEY_FILE
    try:
        if not path.exists():
            _make_key(path)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise UsageError(f"the key file {path} cannot be used: {error}") from error
    if len(key) < KEY_BYTES:
        raise UsageError(f"the key file {path} is shorter than {KEY_BYTES} bytes; restore it from your backup")
    return key


def _make_key(path: Path) -> None:
    """Write a new key beside its place and link it in, so that two first uses at once end with one key."""
    own = path.with_name(f".{KEY_FILE}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as handle:
        handle.write(secrets.token_hex(KEY_BYTES) + "\n")
    try:
        os.link(own, path)
    except FileExistsError:
        return
    finally:
        own.unlink()


def masked(length: int) -> str:
    """What is printed of a personal text: three dots and its length in characters."""
    return f"•••({length})"


class Pseudonymiser:
    """Keyed hash of personal texts, as a function and as a vectorised DuckDB function."""

    def __init__(self, key: bytes):
        self._key = key

    def digest(self, text: str | None) -> str | None:
        """64 hex digits; None for None and for blank text."""
        if text is None:
            return None
        plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
        return hmac.digest(self._key, plain.encode("utf-8"), "sha256").hex() if plain else None

    def install(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make :data:`HASH_FUNCTION` known to a connection; a function of that name is replaced."""
        with contextlib.suppress(duckdb.Error):  # first use on this connection
            con.remove_function(HASH_FUNCTION)
        con.create_function(
            HASH_FUNCTION,
            self._digest_array,
            ["VARCHAR"],
            "VARCHAR",
            type="arrow",
            null_handling="special",
        )

    def _digest_array(self, texts: pa.ChunkedArray) -> pa.Array:
        return pa.array([self.digest(text) for text in texts.to_pylist()], type=pa.string())
