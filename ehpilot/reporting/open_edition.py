"""An edition held open while its documents are made: attaching one costs a tenth of a second, and every document asks
it more than once.

Does not belong here: opening one for a single question (``ehpilot.reading.edition.open_marts``), what documents print.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from ehpilot.reading import edition as reading
from ehpilot.reading.trace_declaration import Declaration, read_declarations

State = tuple[Path, int, int]


def state_of(folder: Path) -> State:
    """What tells an edition's marts from others of their name. Raises UsageError when the folder is no edition."""
    state = reading.marts_file(folder).stat()
    return folder, state.st_ino, state.st_mtime_ns


class OpenEdition:
    """``connection`` serves one thread at a time, which holds ``lock`` where there are several; until it is closed
    nobody can write the edition's marts."""

    def __init__(self, folder: Path):
        self.folder, self.state = folder, state_of(folder)
        self.connection = reading.attached(folder)
        self.lock = threading.Lock()

    @cached_property
    def facts(self) -> reading.EditionInfo:
        """Facts of the edition."""
        return reading.info_of(self.connection, self.folder)

    @cached_property
    def traces(self) -> Mapping[str, list[Declaration]]:
        """Trace declarations by table."""
        return read_declarations(self.connection)
