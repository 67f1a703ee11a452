"""Documents of a sealed edition that were rendered before: taken again where nothing that decides them changed.

What decides a file: the edition (its SHA256SUMS), the document's own text and what all documents share of the project
and of the code of the press (other documents do not count), the engine, the version (public or not) and the format.
A new edition prints its own number and date, so nothing is taken across editions here.

Does not belong here: rendering (``press``), documents of a series (``document_series``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ehpilot.reading import sums
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting.engine import CHOICE_ENV
from ehpilot.reporting.press import make_folder
from ehpilot.reporting.project import PROJECT, source_hash

_RESULTS = "results.json"


class RenderCache:
    """Rendered documents of one sealed edition under ``folder`` (``work/press`` of the build folder)."""

    def __init__(self, folder: Path, edition: Path, project: Path = PROJECT):
        self.folder, self.edition, self.project = folder, edition, project
        engine = f"{os.environ.get(CHOICE_ENV, '')}|{shutil.which('quarto') or ''}"
        self._facts = "|".join([sums.file_sum(edition / sums.SUMS_FILE), engine])

    def place(self, document_id: str, formats: Sequence[str], public: bool = False) -> CachePlace:
        """Where a document is kept that was decided by what decides it now."""
        source = source_hash(self.project, document_id)
        text = f"{self._facts}|{source}|{document_id}|{','.join(formats)}|{public}"
        return CachePlace(self.folder / hashlib.sha256(text.encode()).hexdigest()[:32])


@dataclass(frozen=True)
class CachePlace:
    """The folder of one document in the cache."""

    folder: Path

    def read(self, to: Path) -> list[DocumentResult] | None:
        """What is kept, copied into ``to``; None where nothing is. Raises UsageError where ``to`` can't be written."""
        make_folder(to)
        results = _read(self.folder)
        return None if results is None else [_placed(result, to) for result in results]

    def emptied(self) -> Path:
        """The folder, without what lay there, to render into."""
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.folder

    def keep(self, results: list[DocumentResult], to: Path) -> list[DocumentResult]:
        """Remember what was rendered into the folder, failures not, and copy it into ``to``."""
        if all(result.state == "draft" for result in results):
            lines = [
                {**asdict(result), "path": result.path.name, "annexes": [annex.name for annex in result.annexes]}
                for result in results if result.path
            ]  # fmt: skip
            (self.folder / _RESULTS).write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
        return [_placed(result, to) for result in results]


def _read(folder: Path) -> list[DocumentResult] | None:
    path = folder / _RESULTS
    if not path.is_file():
        return None
    results = []
    for line in json.loads(path.read_text(encoding="utf-8")):
        file, annexes = folder / line["path"], tuple(folder / name for name in line["annexes"])
        if not all(path.is_file() for path in (file, *annexes)):
            return None
        line.update(path=file, gaps=tuple(line["gaps"]), tables=tuple(line["tables"]), annexes=annexes)
        results.append(DocumentResult(**line))
    return results


def _placed(result: DocumentResult, to: Path) -> DocumentResult:
    if result.path is None:
        return result
    path, *annexes = (Path(shutil.copyfile(file, to / file.name)).resolve() for file in (result.path, *result.annexes))
    return replace(result, path=path, annexes=tuple(annexes))
