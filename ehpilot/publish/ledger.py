"""Keep the ledger file in step with the sealed editions.

The rows of a new edition are computed with its tables and sealed in it; after the rename they are appended to
``ledger/ledger.jsonl``. A build that was killed between the two is made good by the next one, which completes the file
from the newest sealed edition before it begins. A file that is broken, longer than the newest edition's ledger or
different from it stops the build: nobody but a build writes there.

Does not belong here: the hash rule (``kernels.ledger``), reading (``reading.ledger``), which codes make a row (dbt).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError
from ehpilot.kernels.ledger import canonical, first_broken, first_difference
from ehpilot.reading import edition as reading
from ehpilot.reading.ledger import ledger_file, of_edition, read_file


def complete(out: Path) -> int:
    """Append what the newest sealed edition's ledger has and the file lacks; returns the number of rows appended.

    The caller holds the build lock. Raises BuildError that names the first broken row of the file or of the edition.
    """
    latest = reading.latest(out)
    sealed = of_edition(latest) if latest else []
    path = ledger_file(out)
    written = read_file(path)
    for rows, where in ((written, str(path)), (sealed, f"edition {latest.name if latest else ''}")):
        if broken := first_broken(rows):
            raise BuildError(_message(where, broken[1]))
    place = first_difference(written, sealed)
    if place is not None:
        raise BuildError(_message(str(path), f"row {place} is not that of the sealed edition"))
    if len(written) > len(sealed):
        what = f"row {len(sealed) + 1} and {len(written) - len(sealed) - 1} more stand in no sealed edition"
        raise BuildError(_message(str(path), what))
    missing = sealed[len(written) :]
    if missing:
        _write(path, [*written, *missing])
    return len(missing)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    """The whole file beside its place, then renamed: a kill leaves the old one or the new one, never half a row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.writelines(canonical(row) + b"\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _message(where: str, what: str) -> str:
    return (
        f"the ledger is broken, {where}: {what}; restore it from a copy, nothing is built on it / "
        f"账本校验未通过（{where}）：{what}；请从备份恢复，构建已停止"
    )
