"""Documents of a sealed edition that were rendered before: taken again where nothing that decides them changed.

What decides a file: the edition (its SHA256SUMS), the document's own text and what all documents share of the project
and of the code of the press (other documents do not count), the engine, the version (public or not) and the format.
A new edition prints its own number and date, so nothing is taken across editions here.

Does not belong here: rendering (``press``), dossiers (``series``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from ehpilot.reading import sums
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting.engine import CHOICE_ENV
from ehpilot.reporting.press import Press, make_folder
from ehpilot.reporting.project import source_hash

_RESULTS = "results.json"


class RenderCache:
    """Rendered documents of one sealed edition under ``folder`` (``work/press`` of the build folder)."""

    def __init__(self, folder: Path, edition: Path, press: Press):
        self.folder, self.edition, self.press = folder, edition, press
        engine = f"{os.environ.get(CHOICE_ENV, '')}|{shutil.which('quarto') or ''}"
        self._facts = "|".join([sums.file_sum(edition / sums.SUMS_FILE), engine])

    def render(
        self, document_id: str, to: Path, formats: Sequence[str], public: bool = False
    ) -> tuple[list[DocumentResult], bool]:
        """Files of a document in ``to``; also whether all were there already. Failures are not kept.

        Raises UsageError for a folder that can't be written.
        """
        make_folder(to)
        kept = self.folder / self._key(document_id, formats, public)
        results = _read(kept)
        is_kept = results is not None
        if results is None:
            shutil.rmtree(kept, ignore_errors=True)
            results = self.press.render(document_id, self.edition, kept, formats, public)
            if all(result.state == "draft" for result in results):
                lines = [{**asdict(result), "path": result.path.name} for result in results if result.path]
                (kept / _RESULTS).write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
        return [_placed(result, to) for result in results], is_kept

    def _key(self, document_id: str, formats: Sequence[str], public: bool) -> str:
        source = source_hash(self.press.project, document_id)
        text = f"{self._facts}|{source}|{document_id}|{','.join(formats)}|{public}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read(folder: Path) -> list[DocumentResult] | None:
    path = folder / _RESULTS
    if not path.is_file():
        return None
    results = []
    for line in json.loads(path.read_text(encoding="utf-8")):
        file = folder / line["path"]
        if not file.is_file():
            return None
        line.update(path=file, gaps=tuple(line["gaps"]), tables=tuple(line["tables"]))
        results.append(DocumentResult(**line))
    return results


def _placed(result: DocumentResult, to: Path) -> DocumentResult:
    if result.path is None:
        return result
    target = to / result.path.name
    shutil.copyfile(result.path, target)
    return replace(result, path=target.resolve())
