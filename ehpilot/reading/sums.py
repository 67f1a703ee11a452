"""SHA256SUMS: reading, checking and computing the sums of a folder.

Format: one line a file, ``<64 hex digits>  <path relative to the folder, with />``, sorted by path, as ``sha256sum``
writes it. Does not belong here: deciding what a folder must hold.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

SUMS_FILE = "SHA256SUMS"


def file_sum(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def folder_sums(folder: Path) -> dict[str, str]:
    """Sums of every file under ``folder`` but its own SHA256SUMS, by relative path with ``/``, sorted."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {path: file_sum(folder / path) for path in paths if path != SUMS_FILE}


def lines(sums: dict[str, str]) -> str:
    """The text of a SHA256SUMS file."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))


def read_sums(folder: Path) -> dict[str, str]:
    """Sums written in the folder's SHA256SUMS; empty if there is no such file."""
    path = folder / SUMS_FILE
    if not path.is_file():
        return {}
    pairs = (line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {relative: digest for digest, relative in pairs}


def problems(folder: Path) -> list[str]:
    """What differs between a folder and its SHA256SUMS, one sentence a file; empty when it is whole."""
    written = read_sums(folder)
    if not written:
        return [f"{folder.name}: no {SUMS_FILE}"]
    found = folder_sums(folder)
    missing = [f"missing: {path}" for path in written if path not in found]
    extra = [f"not listed: {path}" for path in found if path not in written]
    changed = [f"changed: {path}" for path in written if path in found and written[path] != found[path]]
    return missing + extra + changed
