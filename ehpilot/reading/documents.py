"""The result of rendering one document: what the edition's report index lists.

Does not belong here: rendering (``ehpilot.reporting``) and writing the index (``ehpilot.publish``); this record is
shared by both, which do not import each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DocumentResult:
    """One rendered file, or the reason why there is none.

    ``annexes`` are the evidence annex of the format, and its workbook where the document has none of its own.
    ``state`` is ``draft``, ``failed``, or ``gap`` (this machine can't make the format, and says why); ``path`` is
    absolute while rendering, None unless made; ``gaps`` are the
    sentences “本期无数据：…” that the document prints; ``tables`` are the marts it read.
    """

    document_id: str
    title: str
    format: str
    path: Path | None
    state: str = "draft"
    reason: str = ""
    gaps: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    annexes: tuple[Path, ...] = ()
