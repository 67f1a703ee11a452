"""What is stale, locked or broken under a build folder, and what to do about it.

Looks only; removes nothing. Does not belong here: checks of data (gates), of the environment's packages.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from ehpilot.reading import edition as reading
from ehpilot.reading import owner, sums
from ehpilot.reading.code_verify import trusted
from ehpilot.reading.ledger import ledger_file, list_beside, verify_file

LOCK_FILES = ("work/warehouse.lock",)


def facts(out: Path, verify: bool = False) -> list[dict[str, str]]:
    """Findings ``{what, state, path, detail, advice}``; ``state`` is ``ok``, ``warning`` or ``problem``.

    With ``verify`` every file of every edition is summed again (slow for large editions).
    """
    out = Path(out)
    return [*_missing(out), *_editions(out, verify), *_latest(out), *_leftovers(out), *_locks(out), *_ledger(out)]


def _finding(what: str, state: str, path: Path, detail: str, advice: str = "") -> dict[str, str]:
    return {"what": what, "state": state, "path": str(path), "detail": detail, "advice": advice}


def _ledger(out: Path) -> list[dict[str, str]]:
    """Whether the ledger of risk codes is whole; nothing where there is none."""
    path = ledger_file(out)
    if not path.is_file():
        return []
    folder = list_beside(path)
    rows, broken = verify_file(path, trusted(folder)[1] if folder else None)
    if broken:
        advice = "restore it from a copy; no build begins on it / 请从备份恢复，构建不会在其上开始"
        return [_finding("ledger", "problem", path, broken, advice)]
    return [_finding("ledger", "ok", path, f"{rows} rows, whole / 共 {rows} 行，完整")]


def _missing(out: Path) -> list[dict[str, str]]:
    """Folders without which nothing can be read or built."""
    found = []
    if not out.is_dir():
        advice = "run `ehpilot build`, or name another --out / 请先构建，或另选 --out"
        found.append(_finding("build folder", "problem", out, "does not exist / 不存在", advice))
    keys = os.environ.get("EHPILOT_KEY_DIR")
    if keys and not Path(keys).is_dir():
        advice = "make it or unset EHPILOT_KEY_DIR / 请新建或取消该变量"
        found.append(_finding("key folder", "problem", Path(keys), "does not exist / 不存在", advice))
    return found


def _editions(out: Path, verify: bool) -> list[dict[str, str]]:
    folder = reading.editions_folder(out)
    numbers = reading.sealed_numbers(out)
    found = [_finding("editions", "ok", folder, f"{len(numbers)} sealed / 已封存 {len(numbers)} 版")]
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            unsealed = path.is_dir() and path.name.isdigit() and not (path / sums.SUMS_FILE).is_file()
            if unsealed:
                advice = "remove the folder; it was never sealed / 删除该文件夹"
                found.append(_finding("edition", "problem", path, f"no {sums.SUMS_FILE}", advice))
    for number in numbers if verify else []:
        path = folder / reading.folder_name(number)
        broken = sums.problems(path)
        if broken:
            advice = "restore it from a copy, or prune it / 从备份恢复"
            found.append(_finding("edition", "problem", path, "; ".join(broken[:5]), advice))
    return found


def _latest(out: Path) -> list[dict[str, str]]:
    link = reading.editions_folder(out) / "latest"
    numbers = reading.sealed_numbers(out)
    if not numbers:
        return []
    newest = reading.folder_name(numbers[-1])
    target = str(link.readlink()) if link.is_symlink() else None
    if target == newest:
        return [_finding("latest", "ok", link, newest)]
    detail = f"points to {target or 'nothing'}, newest is {newest}"
    return [_finding("latest", "warning", link, detail, "the next build moves it / 下次构建自动修复")]


def _leftovers(out: Path) -> list[dict[str, str]]:
    found = []
    folder = reading.editions_folder(out)
    for path in sorted(folder.glob(".*")) if folder.is_dir() else []:
        if path.name.endswith((".building", ".pruned")):
            alive = owner.living(path)
            if alive is not None:
                detail = f"being made by process {alive} / 进程 {alive} 正在生成"
                found.append(_finding("building", "ok", path, detail))
                continue
            detail = "left by a build that ended / 已结束的构建留下"
        elif path.name.startswith(".latest."):
            detail = "temporary link / 临时链接"
        else:
            continue
        advice = "the next build removes it / 下次构建自动清除"
        found.append(_finding("leftover", "warning", path, detail, advice))
    return found


def _locks(out: Path) -> list[dict[str, str]]:
    found = []
    for relative in LOCK_FILES:
        path = out / relative
        if not path.is_file():
            continue
        held = _is_locked(path)
        text = " ".join(path.read_text(encoding="utf-8", errors="replace").split())[:200]
        if held:
            advice = "wait (--wait) or end that process / 等待或结束该进程"
            found.append(_finding("lock", "warning", path, f"held / 被占用: {text}", advice))
        else:
            found.append(_finding("lock", "ok", path, "free / 未占用"))
    return found


def _is_locked(path: Path) -> bool:
    """True if another process holds a flock on the file."""
    with path.open("rb") as handle:
        try:
            fcntl.flock(handle.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.flock(handle.fileno(), fcntl.LOCK_UN)
    return False
