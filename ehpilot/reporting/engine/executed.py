"""What an engine gives back once a document's cells have run, and how it gets from them what they printed.

Does not belong here: running cells (``kernel``, ``quarto``), what is remembered as printed (``reporting.printed``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ehpilot.reporting.printed import Printed

PRINTED_FILE = "printed.json"  # of the folder that a document is prepared in


@dataclass(frozen=True)
class Executed:
    """A document whose cells have run: what they printed, and what writes one format (.html, .docx, .pdf) of it."""

    printed: Printed
    write: Callable[[Path], None]


def last_cell(folder: str) -> str:
    """Code that hands over what the cells before it printed; ``folder`` is a Python expression of the folder's path."""
    return (
        "from pathlib import Path as _Path\n"
        "from ehpilot.reporting.document_view import hand_over as _hand_over\n"
        f"_hand_over(globals(), _Path({folder}) / {PRINTED_FILE!r})"
    )


def read_printed(folder: Path) -> Printed:
    """What the last cell handed over."""
    return Printed.from_json((folder / PRINTED_FILE).read_text(encoding="utf-8"))
