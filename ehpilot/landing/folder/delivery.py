"""Is the landing folder a delivery, and may it follow the last one? A wrong or missing folder never becomes ``latest``.

Belongs here: refusing a folder without a record, and one with far fewer records or sources than the last edition had.
Does not belong here: which parameters an area chose (``ehpilot.profile``), what single files lack (required forms,
gates).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ehpilot.errors import UsageError
from ehpilot.landing.folder.decisions import FOLDER as DECISIONS
from ehpilot.landing.folder.inventory import Inventory
from ehpilot.profile import Profile


@dataclass(frozen=True)
class ShrinkLimits:
    """``record_share``, ``source_share``: what must be there of the last edition's records and of its sources, shares;
    ``from_records``: a last edition with fewer records says nothing."""

    record_share: float
    source_share: float
    from_records: float

    @classmethod
    def of(cls, profile: Profile) -> ShrinkLimits:
        """As the profile has them, else the seed of parameters."""
        return cls(
            record_share=profile.parameter_value("intake.shrink.record_share"),
            source_share=profile.parameter_value("intake.shrink.source_share"),
            from_records=profile.parameter_value("intake.shrink.from_records"),
        )


def require_files(inventory: Inventory) -> None:
    """Raises UsageError where no file of the folder is one that a form could read."""
    if not any(file.is_read and file.candidates for file in inventory.files):
        raise _nothing(inventory)


def require_records(inventory: Inventory, loaded: Mapping[str, int]) -> None:
    """Raises UsageError where no record was loaded. ``loaded``: records by source."""
    if not sum(loaded.values()):
        raise _nothing(inventory)


def shrinking(loaded: Mapping[str, int], previous: Mapping[str, int], limits: ShrinkLimits) -> str:
    """How the records by source fall short of the last edition's, “English / 中文”; empty where they do not."""
    before, now = sum(previous.values()), sum(loaded.values())
    if before < limits.from_records:
        return ""
    had = sorted(source for source, records in previous.items() if records)
    gone = [source for source in had if not loaded.get(source)]
    english, chinese = [], []
    if now < limits.record_share * before:
        english.append(f"{now} records, the last edition had {before}")
        chinese.append(f"入库 {now} 条记录，上一版次 {before} 条")
    if len(had) - len(gone) < limits.source_share * len(had):
        english.append(f"no record any more of {', '.join(gone)}")
        chinese.append(f"以下来源已无记录：{'、'.join(gone)}")
    return f"{'; '.join(english)} / {'；'.join(chinese)}" if english else ""


def refuse_shrinking(landing: Path, shrunk: str) -> None:
    """Raises UsageError for what :func:`shrinking` found."""
    if shrunk:
        english, _, chinese = shrunk.partition(" / ")
        raise UsageError(
            f"landing folder {landing}: {english}; files are probably missing. If this is meant, give --accept-shrink "
            f"(in the Dagster UI: accept_shrink of the resource run) / 登陆目录 {landing}：{chinese}；疑似文件缺失。"
            "如确属如此，请加 --accept-shrink（在 Dagster 界面中为资源 run 的 accept_shrink）"
        )


def records_by_source(files: list[dict]) -> dict[str, int]:
    """Records loaded by source of rows of ``meta.source_file`` or ``intake.source_file``; decisions are no records."""
    found: dict[str, int] = {}
    for file in files:
        source = file["source"] or ""
        if source != DECISIONS:
            found[source] = found.get(source, 0) + (file["records_loaded"] or 0)
    return found


def _nothing(inventory: Inventory) -> UsageError:
    """Which folder, what was found in it, and which files were looked for."""
    present = [file for file in inventory.files if file.location is not None]
    wanted: dict[str, str] = {}
    for form in inventory.forms:
        wanted.setdefault(form.source, f"{form.source}/{form.files[0]}" if form.files else f"{form.source}/")
    named = ", ".join(wanted.values())
    return UsageError(
        f"landing folder {inventory.landing}: no record in {len(present)} files, nothing is built; looked for files of "
        f"{len(inventory.forms)} forms, such as {named}; give the right --landing / "
        f"登陆目录 {inventory.landing}：{len(present)} 个文件中没有任何记录，不予构建；应有 "
        f"{len(inventory.forms)} 种表的文件，如 {named}；请用 --landing 指明正确的目录"
    )
