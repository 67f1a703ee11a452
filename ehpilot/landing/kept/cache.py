"""The entries under ``work/read_files``: named by what reading depends on, one folder a source.

An entry's name covers the file (bytes, path, number), the forms that may read it, the raw tables, the look-up tables of
names and units, the area's bounds and clock, and the code of the intake with its libraries. Decisions are in none: of
whole files they say which are read at all, of keys they are followed after rows are taken over.

Belongs here: names, which entries hold, which are known to share no key, months marked stale.
Does not belong here: an entry's content (``entry``), the steps of a load (``source_files``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ehpilot.landing.folder.inventory import LandingFile
from ehpilot.landing.kept.entry import KeptFile, read_entry
from ehpilot.landing.values.aliases import Aliases
from ehpilot.profile import Profile
from ehpilot.project import PROJECT_ROOT
from ehpilot.register import RawTable, Register

CODE = ("ehpilot/landing", "ehpilot/kernels", "ehpilot/register.py", "ehpilot/profile.py")
LIBRARIES = ("duckdb", "numpy", "pyarrow")
STALE = "stale"  # folder of the marks, one empty file a month
DISJOINT = ".disjoint.json"


@dataclass(frozen=True)
class FileCache:
    """Entries of a build folder. ``reader``: hash of all that reading depends on but the file and its forms. ``stale``:
    months whose files are read anew."""

    folder: Path
    reader: str
    stale: frozenset[str] = frozenset()

    @classmethod
    def create(
        cls, folder: Path, profile: Profile, register: Register, aliases: Aliases, stale: Iterable[str] = ()
    ) -> FileCache:
        """The cache under ``folder`` for the area and the code of today."""
        facts = [
            *(f"{name} {version(name)}" for name in LIBRARIES),
            repr(sorted(register.raw_tables.items())),
            repr(sorted(aliases.options().items())),
            repr((profile.bounds, profile.time_zone)),
        ]
        return cls(folder, _hash([_code(), *facts]), frozenset(stale))

    def fingerprint(self, file: LandingFile) -> str:
        """Name of the file's entry."""
        forms = [form.model_dump_json() for form in file.candidates]
        return _hash([self.reader, file.id_hash, file.path, str(file.file_no), *forms])[:40]

    def place(self, file: LandingFile) -> Path:
        """Folder of the file's entry."""
        return self.folder / file.source / self.fingerprint(file)

    def find(self, file: LandingFile) -> KeptFile | None:
        """The file's entry, None where there is none that is whole, or one of its months is stale."""
        kept = read_entry(self.place(file))
        return None if kept is None or kept.months & self.stale else kept

    def disjoint(self, table: RawTable) -> frozenset[str]:
        """Names of entries whose rows in a raw table share no business key, within one or between two of them."""
        try:
            return frozenset(json.loads(self._disjoint_file(table).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return frozenset()

    def note_disjoint(self, table: RawTable, names: Iterable[str]) -> None:
        """Write down what :meth:`disjoint` tells the next build."""
        path = self._disjoint_file(table)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(sorted(names)), encoding="utf-8")
        part.replace(path)

    def prune(self, source: str, names: Iterable[str]) -> None:
        """Remove entries of a source but those named, and what killed builds left."""
        wanted = set(names)
        for path in (self.folder / source).glob("*"):
            if path.is_dir() and path.name not in wanted:
                shutil.rmtree(path, ignore_errors=True)
            elif path.is_file() and not path.name.endswith(DISJOINT):
                path.unlink(missing_ok=True)

    def _disjoint_file(self, table: RawTable) -> Path:
        return self.folder / table.source / f"{table.name}{DISJOINT}"


def mark_stale(folder: Path, months: Iterable[str]) -> None:
    """Have the files that speak of these months (``YYYY-MM``) read anew by the next whole build."""
    (folder / STALE).mkdir(parents=True, exist_ok=True)
    for month in months:
        (folder / STALE / month).touch()


def stale_months(folder: Path) -> set[str]:
    """Months that are marked."""
    return {path.name for path in (folder / STALE).glob("*")}


def clear_stale(folder: Path, months: Iterable[str]) -> None:
    """Take the marks of months away: their files have been read anew, and the edition is sealed."""
    for month in months:
        (folder / STALE / month).unlink(missing_ok=True)


def _code() -> str:
    digest = hashlib.sha256()
    for part in CODE:
        place = PROJECT_ROOT / part
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(f"{path.relative_to(PROJECT_ROOT)}|".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
