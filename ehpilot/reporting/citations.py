"""Standards and laws that documents cite by number, with how far each title and number was checked.

They stand in ``quarto_reports/_shared/standards.yml``: number, title, verified (yes | memory | doubtful), source.
Does not belong here: limits and parameters taken from them (dbt seeds).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ehpilot.errors import UsageError
from ehpilot.project import read_yaml
from ehpilot.reporting.project import PROJECT


@dataclass(frozen=True)
class Standard:
    """One document that may be cited."""

    number: str
    title: str
    verified: str
    source: str


@dataclass(frozen=True)
class Standards:
    """All of them by number."""

    known: Mapping[str, Standard]

    @classmethod
    def load(cls, path: Path = PROJECT / "_shared" / "standards.yml") -> Standards:
        """Read the list, once a process."""
        return _read(path)

    def words(self, number: str) -> str:
        """《title》（number）. Raises UsageError for one that is not in the list."""
        if number not in self.known:
            raise UsageError(f"{number} is not in _shared/standards.yml; add it with title, verified and source")
        return f"《{self.known[number].title}》（{number}）"

    def unverified(self, cited: Iterable[str]) -> list[Standard]:
        """Those of the cited ones that nobody has compared with the document itself."""
        return [self.known[number] for number in sorted(cited) if self.known[number].verified != "yes"]


@cache
def _read(path: Path) -> Standards:
    entries = read_yaml(path.read_text(encoding="utf-8")) or []
    found = [Standard(e["number"], e["title"], str(e["verified"]), e.get("source", "")) for e in entries]
    return Standards({standard.number: standard for standard in found})
