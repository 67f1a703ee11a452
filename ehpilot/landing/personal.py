"""Personal fields end here: hashed with a key before anything is stored or printed.

Belongs here: the key (where it lies, how it is made), the keyed hash, and what a label or a number of a person looks
like, for places that no declaration reaches: columns that a form takes as they come, rows of signatures, csv lines
that fit no column. Names, identity and telephone numbers pass only through :meth:`Pseudonymiser.digest`; printed they
are ``•••`` and a length.
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
from duckdb.func import FunctionNullHandling, PythonUDFType

from ehpilot.errors import UsageError
from ehpilot.kernels.identity import is_citizen_number
from ehpilot.landing.forms import normalise, without_bracket
from ehpilot.landing.sql import literal

KEY_FILE = "personal.key"
KEY_BYTES = 32
HASH_FUNCTION = "ehpilot_personal_hash"
_BLANKS = re.compile(r"\s+")
# The end of a label decides, so that 负责人资质 (a score) is none; its beginning is short and asks nothing, so that
# 是否明确负责人 (a question) is none. RE2 and Python read it alike.
PERSONAL_LABEL = (
    "^[^是否有无设明配建指]{0,6}"
    "(姓名|联系人|联络人|联系方式|联系电话|电话|手机|手机号|座机|传真|邮箱|微信|身份证|身份证件|证件号|"
    "法定代表人|法人代表|法人|负责人|填表人|填报人|制表人|编制人|经办人|申请人|受检人|核对人|审核人|复核人|签发人|批准人|"
    "采样人|采样人员|分析人|分析人员|检测人|检测人员|专家签字|专家签名)"
    "(姓名|电话|手机|手机号|号码|号|签字|签名|[（(](签字|签名|盖章)[)）])?$"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


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


def names_a_person(label: str) -> bool:
    """True where a label stands for a person's name, identity or telephone number (``联系人姓名``, ``手机``)."""
    plain = normalise(label).rstrip(":")
    return any(re.search(PERSONAL_LABEL, text) for text in (plain, without_bracket(plain)))


def names_a_person_sql(label: str) -> str:
    """The same test in SQL, over an expression; null is false."""
    plain = f"rtrim(regexp_replace({label}, '[\\s\\x{{3000}}*]', '', 'g'), ':：')"
    return f"coalesce(regexp_matches({plain}, {literal(PERSONAL_LABEL)}), false)"


def is_personal_number(text: str) -> bool:
    """True for a citizen's identification number or a mobile telephone number, blanks and width ignored."""
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()
    return is_citizen_number(plain) or _MOBILE.fullmatch(plain.removeprefix("+86")) is not None


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
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )

    def _digest_array(self, texts: pa.ChunkedArray) -> pa.Array:
        return pa.array([self.digest(text) for text in texts.to_pylist()], type=pa.string())
