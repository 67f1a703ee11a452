"""The key that signs risk codes: one Ed25519 key in the key folder, another for fiction.

Made at first use (mode 600), never inside a build folder. ``code_signing_demo.pem`` signs the codes of fictional areas
and of nothing else, so that no demo code can pass for a real one. Lose a key and all its codes are unknown; keep a
backup as of the personal key.

Does not belong here: signatures themselves (``code_signature``), public keys of an edition (``reading``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from ehpilot.errors import UsageError
from ehpilot.landing.personal import key_folder
from ehpilot.reading.code_signature import key_id

KEY_FILE = "code_signing.pem"
DEMO_KEY_FILE = "code_signing_demo.pem"
DEMO_NAME = "演示密钥（虚构） / demo key, fiction only"


@dataclass(frozen=True)
class SigningKey:
    """A private key with what is published of it."""

    private: Ed25519PrivateKey
    kid: str
    name: str
    is_demo: bool


def load_signing_key(out: Path, issuer: str, *, is_fictional: bool) -> SigningKey:
    """The key of real or of fictional areas, made where there is none.

    Raises UsageError: no such folder, a folder under ``out`` (editions are handed on), a file that is no such key.
    """
    folder = key_folder().resolve()
    if folder.is_relative_to(Path(out).resolve()):
        raise UsageError(
            f"the key folder {folder} lies under the build folder {out}; set EHPILOT_KEY_DIR elsewhere / "
            f"密钥目录 {folder} 位于构建目录 {out} 之内，请另设 EHPILOT_KEY_DIR"
        )
    path = folder / (DEMO_KEY_FILE if is_fictional else KEY_FILE)
    try:
        if not path.exists():
            _make(path)
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"the key file {path} cannot be used: {error} / 密钥文件 {path} 不可用") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(f"the key file {path} holds no Ed25519 key / 密钥文件 {path} 不是 Ed25519 密钥")
    name = DEMO_NAME if is_fictional else issuer
    return SigningKey(private, key_id(private.public_key()), name, is_fictional)


def _make(path: Path) -> None:
    """Write a new key beside its place and link it in, so that two first uses at once end with one key."""
    text = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    own = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(text)
    try:
        os.link(own, path)
    except FileExistsError:
        return
    finally:
        own.unlink()
