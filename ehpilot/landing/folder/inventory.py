"""What lies in the landing folder: every file with its number, hash, source, form and state.

Belongs here: listing, hashing (by the sniffer, in one pass), links that leave the folder, numbers that stay from
edition to edition, supersession, removal, duplicates, decisions on whole files, the input hash.
Does not belong here: opening sheets and records (:mod:`ehpilot.landing.intake`).
"""

from __future__ import annotations

import datetime
import hashlib
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ehpilot.errors import UsageError
from ehpilot.landing.books.accounting import Refusal
from ehpilot.landing.books.duplicates import winner_object
from ehpilot.landing.folder import decisions as deciding
from ehpilot.landing.folder.sniff import digest_of, sniff
from ehpilot.landing.forms import Form, check_against_register, load_forms
from ehpilot.landing.readers.shapefile import neighbours, part_ending
from ehpilot.landing.readers.sniffed import Sniffed
from ehpilot.profile import Profile
from ehpilot.register import Register

TRUTH_FOLDER = "truth"  # what the demo generator knows; never input
DEFAULT_ENCODINGS = ("utf-8", "gb18030", "utf-16")


@dataclass
class LandingFile:
    """One file, present or known from the previous edition.

    ``status``: current, superseded, duplicate, removed or refused. ``refusal``: code and message of a file that is not
    read. ``candidates``: forms to try, best first; which one fits is known when the file is opened. ``belongs_to``:
    name of the .shp with which the file is read; it holds no records itself.
    """

    path: str
    source: str
    file_no: int = 0
    location: Path | None = None
    sha256: str = ""
    size_bytes: int = 0
    encoding: str | None = None
    sniffed: Sniffed | None = None
    form_id: str | None = None
    candidates: tuple[Form, ...] = ()
    status: str = "current"
    superseded_by: int | None = None
    duplicate_of: int | None = None
    first_seen_at: datetime.datetime | None = None
    refusal: tuple[str, str] | None = None
    shares_hash: bool = False
    belongs_to: str | None = None

    @property
    def is_read(self) -> bool:
        """True where records are sought in the file (a duplicate's are counted, then skipped)."""
        return self.status in ("current", "duplicate") and self.belongs_to is None

    @property
    def id_hash(self) -> str:
        """Hash that stands for the file in record ids: its own; of a second copy, or of a link, with the path added."""
        return f"{self.sha256}:{self.path}" if self.shares_hash else self.sha256


@dataclass
class Inventory:
    """All files of a landing folder and those of the previous edition, with the decisions that hold."""

    landing: Path
    files: list[LandingFile] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    decisions: list[deciding.Decision] = field(default_factory=list)
    decision_files: dict[int, deciding.DecisionFile] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    input_hash: str = ""

    def of_source(self, source: str) -> list[LandingFile]:
        """Files of one source in the order of their numbers."""
        return [file for file in self.files if file.source == source]

    @property
    def strays(self) -> list[LandingFile]:
        """Files in no folder of a known source: refused, or history; nobody else would write them down."""
        known = self.sources | {deciding.FOLDER}
        return [file for file in self.files if file.source not in known]

    @property
    def missing_forms(self) -> list[Form]:
        """Forms marked ``required`` that no readable file has (by name before loading, by content after)."""
        seen = {file.form_id for file in self.files if file.is_read}
        return [form for form in self.forms if form.required and form.form_id not in seen]

    def winner(self, raw_table: str, key: str) -> str | None:
        """Path of the file that a decision names for a business key (``row_key`` text; empty parts at its end may be
        left out)."""
        wanted = winner_object(f"{raw_table}:{key}")
        for decision in self.decisions:
            if decision.kind == "winner" and winner_object(decision.object_id) == wanted:
                return decision.decided
        return None


def require_folder(landing: Path) -> None:
    """Raises UsageError where there is no such landing folder."""
    if not landing.is_dir():
        raise UsageError(
            f"landing folder {landing} does not exist; give --landing DIR / "
            f"登陆目录 {landing} 不存在，请用 --landing 指明"
        )


def take_inventory(
    landing: Path,
    profile: Profile,
    register: Register,
    previous: Sequence[dict[str, Any]] = (),
    as_of: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> Inventory:
    """List the landing folder against the forms and the previous edition.

    Args:
        landing: the folder; each first-level folder is a source.
        profile: gives the forms (its own and those it extends).
        register: raw tables that forms may feed.
        previous: rows of ``meta.source_file`` of the previous edition.
        as_of: decisions whose ``valid_until`` lies before it no longer hold.
        now: what ``first_seen_at`` of new files becomes (UTC); default the clock.
    Raises:
        UsageError: no such folder, or a form that is wrong.
    """
    require_folder(landing)
    forms = usable_forms(profile, register)
    sources = frozenset({table.source for table in register.raw_tables.values()} | {form.source for form in forms})
    now = now or datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    inventory = Inventory(landing, forms=forms, sources=sources)
    present = [_describe(landing, relative, path, forms, sources) for relative, path in _walk(landing)]
    inventory.files = _number(present, previous, now)
    inventory.input_hash = _input_hash(present)
    _read_decisions(inventory, register, as_of)
    _follow_decisions(inventory)
    _mark_duplicates(inventory.files)
    return inventory


def usable_forms(profile: Profile, register: Register) -> list[Form]:
    """Forms of the profile and of those it extends. Raises UsageError for one that is wrong or fits no raw table."""
    forms = load_forms(profile.form_dirs)
    faults = check_against_register(forms, register.raw_tables)
    if faults:
        raise UsageError(
            f"forms do not fit the register: {'; '.join(faults[:3])} / 表式与登记不符：{'；'.join(faults[:3])}"
        )
    return forms


def _walk(landing: Path) -> Iterator[tuple[str, Path]]:
    """Relative path with ``/`` and place of every entry that is not left out, in path order."""
    found: list[tuple[str, Path]] = []
    for folder, names, files in os.walk(landing, followlinks=False):
        here = Path(folder)
        names[:] = [n for n in names if not n.startswith(".") and not (here == landing and n == TRUTH_FOLDER)]
        links = [name for name in names if (here / name).is_symlink()]
        names[:] = [name for name in names if name not in links]
        for name in [*files, *links]:
            if not name.startswith((".", "~$")):
                found.append((_printable((here / name).relative_to(landing).as_posix()), here / name))
    yield from sorted(found)


def _printable(path: str) -> str:
    """File names need not be UTF-8; what is stored and printed must be."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _describe(landing: Path, relative: str, path: Path, forms: Sequence[Form], sources: frozenset[str]) -> LandingFile:
    file = LandingFile(relative, _source_of(relative, sources), location=path)
    file.refusal = _link_fault(path, landing)
    if file.refusal is None:
        own = [form for form in forms if form.source == file.source]
        named = [form for form in own if form.takes_name(path.name)]
        file.belongs_to = _shapefile_of(path)
        if file.belongs_to is not None:
            file.sha256, file.size_bytes = digest_of(path), path.stat().st_size
            return file
        _sniff(file, path, named)
        if file.refusal is None:
            _choose_forms(file, own, named, sources)
    if file.refusal is not None:
        file.status = "refused"
    return file


def _source_of(relative: str, sources: Collection[str]) -> str:
    """The first-level folder where it is a source or holds decisions; '' for a file of no source."""
    folder, slash, _ = relative.partition("/")
    return folder if slash and (folder in sources or folder == deciding.FOLDER) else ""


def _shapefile_of(path: Path) -> str | None:
    """Name of the .shp that a .dbf, .prj … beside it belongs to."""
    ending = part_ending(path.name)
    if ending in ("", ".shp"):
        return None
    return next((other.name for other in neighbours(path) if part_ending(other.name) == ".shp"), None)


def _link_fault(path: Path, landing: Path) -> tuple[str, str] | None:
    try:
        if path.is_symlink():
            target = path.resolve()
            if not target.is_relative_to(landing.resolve()) or not target.is_file():
                return "FILE-LINK", "链接指向文件夹之外或不是文件，请放入文件本身 / a link that leaves the folder"
        elif not stat.S_ISREG(path.stat().st_mode):
            return "FILE-TYPE", "不是普通文件 / not a regular file"
    except (OSError, RuntimeError) as error:
        return "FILE-LINK", f"无法读取 / cannot be read: {error}"
    return None


def _sniff(file: LandingFile, path: Path, named: Sequence[Form]) -> None:
    encodings = tuple(named[0].encodings) if named else DEFAULT_ENCODINGS
    try:
        file.sniffed = sniff(path, encodings)
    except Exception as error:  # a file may be broken in ways nobody thought of; the others go on
        file.size_bytes = path.stat().st_size if path.exists() else 0
        file.refusal = ("FILE-TYPE", f"文件无法识别 / cannot be recognised: {type(error).__name__}: {error}")
        return
    file.sha256 = file.sniffed.sha256
    file.size_bytes = file.sniffed.size_bytes
    file.encoding = file.sniffed.encoding or None
    if file.sniffed.error:
        file.refusal = (file.sniffed.error, file.sniffed.message)


def _choose_forms(file: LandingFile, own: Sequence[Form], named: Sequence[Form], sources: frozenset[str]) -> None:
    assert file.sniffed is not None
    kind = file.sniffed.kind
    if file.source == deciding.FOLDER:
        if kind != "csv":
            file.refusal = ("FILE-TYPE", f"内容是 {kind}，决定应为UTF-8的csv / content is {kind}, decisions are csv")
        return
    fitting = [form for form in named if kind in form.formats]
    if named and not fitting:
        wanted = "、".join(sorted({name for form in named for name in form.formats}))
        file.refusal = ("FILE-TYPE", f"内容是 {kind}，此表应为 {wanted} / content is {kind}")
    elif file.source not in sources:
        folder, slash, _ = file.path.partition("/")
        where = f"“{folder}”不是已知来源" if slash else "文件不在任何来源文件夹中"
        file.refusal = ("NO-FORM", f"{where}；来源：{'、'.join(sorted(sources))}")
    elif not own:
        file.refusal = ("NO-FORM", f"文件夹 {file.source} 没有任何表式 / no forms for this source")
    else:
        file.candidates = tuple(fitting) or tuple(form for form in own if kind in form.formats)
        file.form_id = fitting[0].form_id if fitting else None


def _number(
    present: list[LandingFile], previous: Sequence[dict[str, Any]], now: datetime.datetime
) -> list[LandingFile]:
    """Numbers kept from the previous edition, new ones in path order, history added. Sorted by number."""
    known = {(row["path"], row["file_sha256"] or ""): row for row in previous}
    top = max((row["file_no"] for row in previous), default=0)
    for file in present:
        row = known.pop((file.path, file.sha256), None)
        if row is not None:
            file.file_no, file.first_seen_at = row["file_no"], row["first_seen_at"]
        else:
            top += 1
            file.file_no, file.first_seen_at = top, now
    by_path = {file.path: file for file in present}
    history = [_past(row, by_path) for row in known.values()]
    return sorted(present + history, key=lambda file: file.file_no)


def _past(row: dict[str, Any], by_path: dict[str, LandingFile]) -> LandingFile:
    """A file of the previous edition whose bytes are gone: superseded under its path, or removed."""
    file = LandingFile(
        row["path"],
        row["source"] or "",
        row["file_no"],
        sha256=row["file_sha256"] or "",
        size_bytes=row.get("size_bytes") or 0,
        encoding=row["encoding"],
        form_id=row["form_id"],
        first_seen_at=row["first_seen_at"],
    )
    follower = by_path.get(file.path)
    if follower is not None:
        file.status, file.superseded_by = "superseded", follower.file_no
    elif row["status"] == "superseded":
        file.status, file.superseded_by = "superseded", row["superseded_by"]
    else:
        file.status = "removed"
    return file


def _input_hash(present: Sequence[LandingFile]) -> str:
    """SHA-256 over path and hash of every file that lies in the folder; names of times and places play no part."""
    digest = hashlib.sha256()
    for file in sorted(present, key=lambda file: file.path):
        digest.update(f"{file.path}\0{file.sha256}\n".encode())
    return digest.hexdigest()


def _mark_duplicates(files: Sequence[LandingFile]) -> None:
    """Of the same bytes under two names of a source the first in path order is read."""
    first: dict[tuple[str, str], LandingFile] = {}
    hashes = {""}
    for file in sorted(files, key=lambda file: file.path):
        if file.location is not None:
            file.shares_hash = file.sha256 in hashes
            hashes.add(file.sha256)
        if file.status != "current" or not file.sha256 or file.belongs_to is not None:
            continue
        original = first.setdefault((file.source, file.sha256), file)
        if original is not file:
            file.status, file.duplicate_of = "duplicate", original.file_no


def _read_decisions(inventory: Inventory, register: Register, as_of: datetime.date | None) -> None:
    everything: list[deciding.Decision] = []
    for file in inventory.of_source(deciding.FOLDER):
        if file.location is None or file.status != "current":
            continue
        assert file.sniffed is not None
        found = deciding.read_decisions(file.location, file.file_no, file.encoding, file.sniffed.is_gzip)
        inventory.decision_files[file.file_no] = found
        if found.error:
            file.status, file.refusal = "refused", found.error
            continue
        everything += found.decisions
    paths = {file.path for file in inventory.files}
    known_sources = inventory.sources
    kept, duplicates, conflicts = deciding.same_ids(everything)
    for decision in duplicates:
        inventory.decision_files[decision.file_no].skipped.append((decision.row_number, "SKIP-DUPLICATE"))
    cycle = deciding.merge_cycles(kept)
    for decision in conflicts:
        _refuse(inventory, decision, "DUP-DIFF", "decision_id", f"决定编号“{decision.decision_id}”出现两次而内容不同")
    for decision in kept:
        fault = deciding.object_fault(decision, paths, set(register.raw_tables), set(known_sources))
        if decision.decision_id in cycle:
            _refuse(inventory, decision, "DECISION-CYCLE", "object", "合并决定首尾相接，无法执行 / merges form a cycle")
        elif fault:
            _refuse(inventory, decision, "DECISION-OBJECT", "object", fault)
        else:
            if decision.holds(as_of):
                inventory.decisions.append(decision)
            continue
    refused = {
        (item.file_no, item.row_number) for found in inventory.decision_files.values() for item in found.refusals
    }
    skipped = {(d.file_no, d.row_number) for d in duplicates}
    for number, found in inventory.decision_files.items():
        found.decisions = [
            d
            for d in found.decisions
            if (number, d.row_number) not in refused and (number, d.row_number) not in skipped
        ]


def _refuse(inventory: Inventory, decision: deciding.Decision, code: str, name: str, message: str) -> None:
    value = decision.decision_id if name == "decision_id" else decision.object_id
    found = inventory.decision_files[decision.file_no]
    found.refusals.append(Refusal(decision.file_no, "", decision.row_number, code, message, value, "", name))


def _follow_decisions(inventory: Inventory) -> None:
    """``exclude``: the file is as if removed. ``supersede``: likewise, with the file that follows it where one is
    named."""
    by_path = {file.path: file for file in inventory.files if file.location is not None}
    for decision in inventory.decisions:
        file = by_path.get(decision.object_id)
        if file is None or file.status == "refused":
            continue
        if decision.kind == "exclude":
            file.status = "removed"
        elif decision.kind == "supersede":
            follower = by_path.get(decision.decided)
            file.status = "superseded"
            file.superseded_by = follower.file_no if follower else None
