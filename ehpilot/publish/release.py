"""releases/NNNN-rN: what is added to a sealed edition later (approvals, documents rendered again), and pruning.

A release is a folder of its own with its own SHA256SUMS, made under a temporary name and renamed; the edition itself is
never touched. Does not belong here: making editions (``edition``).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from ehpilot.errors import BuildError, UsageError
from ehpilot.publish import report_index
from ehpilot.publish.edition import clear_leftovers, make_durable
from ehpilot.reading import edition as reading
from ehpilot.reading import owner, sums
from ehpilot.reading.documents import DocumentResult

APPROVAL = "approval.json"
_RELEASE = re.compile(r"^(\d{4,})-r(\d+)$")


def releases_folder(out: Path) -> Path:
    """``<out>/releases``."""
    return Path(out) / "releases"


def approve(
    out: Path, edition_no: int | None = None, role: str = "", note: str = "", approved_at: dt.datetime | None = None
) -> Path:
    """Approve an edition (default: the latest): a new release with approval.json and its documents as approved.

    ``role`` is the approver's role, not a person. Raises BuildError when the edition is not as it was sealed.
    """
    edition = reading.find(out, edition_no)
    broken = sums.problems(edition)
    if broken:
        raise BuildError(f"{edition}: not as sealed, can't be approved ({broken[0]}) / 版次已被改动，不能批准")
    facts = reading.info(edition)
    entries = [item for item in report_index.read(edition) if item["path"]]

    def fill(folder: Path) -> None:
        approval = {
            "edition_no": facts.edition_no,
            "content_hash": facts.content_hash,
            "sums_sha256": sums.file_sum(edition / sums.SUMS_FILE),
            "approved_at": (approved_at or dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)).isoformat(),
            "role": role,
            "note": note,
            "documents": {path: digest for item in entries for path, digest in _files(item).items()},
        }
        text = json.dumps(approval, ensure_ascii=False, indent=2) + "\n"
        (folder / APPROVAL).write_text(text, encoding="utf-8")
        documents = [_copied(edition, folder, item) for item in entries]
        report_index.write(folder, facts.edition_no, documents)

    return _make_release(out, facts.edition_no, fill)


def _files(item: dict) -> dict[str, str]:
    """Paths of a document's file and its annexes with their hashes."""
    return {item["path"]: item["sha256"], **item.get("annexes", {})}


def _copied(edition: Path, folder: Path, item: dict) -> DocumentResult:
    targets = []
    for path in _files(item):
        targets.append(folder / path)
        targets[-1].parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(edition / path, targets[-1])
    return DocumentResult(
        item["document_id"], item["title"], item["format"], targets[0], "approved",
        gaps=tuple(item["gaps"]), tables=tuple(item["tables"]), annexes=tuple(targets[1:]),
    )  # fmt: skip


def render(out: Path, edition_no: int | None, make: Callable[[Path, Path], list[DocumentResult]]) -> Path:
    """Documents of a sealed edition rendered again into a new release; ``make(edition, folder)`` renders them.

    Raises BuildError with the reasons when none could be rendered.
    """
    edition = reading.find(out, edition_no)
    number = reading.info(edition).edition_no

    def fill(folder: Path) -> None:
        (folder / "reports").mkdir()
        documents = make(edition, folder / "reports")
        if not any(item.path for item in documents):
            raise BuildError("; ".join(item.reason for item in documents) or "no document was rendered")
        report_index.write(folder, number, documents)

    return _make_release(out, number, fill)


def _make_release(out: Path, edition_no: int, fill: Callable[[Path], None]) -> Path:
    root = releases_folder(out)
    try:
        root.mkdir(parents=True, exist_ok=True)
        clear_leftovers(root)
        label = reading.folder_name(edition_no)
        taken = [int(match[2]) for path in root.iterdir() if (match := _RELEASE.match(path.name)) and match[1] == label]
        final = root / f"{label}-r{max(taken, default=0) + 1}"
        building = root / f".{final.name}.building"
        building.mkdir()
    except OSError as error:
        raise UsageError(f"{root}: cannot be written ({error.strerror}) / 无法写入") from error
    owner.write(building)
    try:
        fill(building)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    owner.remove(building)
    (building / sums.SUMS_FILE).write_text(sums.lines(sums.folder_sums(building)), encoding="utf-8")
    make_durable(building)
    return building.rename(final)


def approved_numbers(out: Path) -> set[int]:
    """Numbers of the editions that some release approves."""
    root = releases_folder(out)
    folders = [path for path in root.iterdir() if (path / APPROVAL).is_file()] if root.is_dir() else []
    return {int(match[1]) for path in folders if (match := _RELEASE.match(path.name))}


def prune(out: Path, keep: int) -> list[int]:
    """Remove old editions but the newest ``keep``; the latest and approved ones always stay. Returns the removed
    numbers.

    Raises UsageError for ``keep`` below 1. A reader that has a removed edition open keeps reading it.
    """
    if keep < 1:
        raise UsageError("prune keeps at least one edition (--keep 1) / 至少保留一版")
    folder = reading.editions_folder(out)
    latest = reading.latest(out)
    stay = approved_numbers(out) | ({int(latest.name)} if latest else set())
    removed = [number for number in reading.sealed_numbers(out)[:-keep] if number not in stay]
    for number in removed:
        name = reading.folder_name(number)
        # Renamed first: a killed prune leaves no half edition under its number.
        doomed = (folder / name).rename(folder / f".{name}.pruned")
        shutil.rmtree(doomed)
    return removed
