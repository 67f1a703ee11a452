"""Folders that the generator may write into: absent, empty or its own; nothing of a user's is ever overwritten.

Belongs here: the marker that makes a folder the generator's own, the refusals, putting made files in place.
Does not belong here: what the files hold (generate.py).

The marker lists each file that was written with the hash of its bytes. Files beside the listed ones are the user's and
stay; a listed file that has changed since is the user's too, and stops the writing before it begins.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

from ehpilot.demo.generate import generate
from ehpilot.demo.world import AS_OF

MARKER = ".ehpilot-demo.json"  # a dot file: no landing file
TRUTH = "truth"  # in the landing folder the intake passes it by


class FolderError(ValueError):
    """A folder is not the generator's to write into; the message says why and what to do, in two languages."""


def write_demo(
    out: Path, truth: Path | None = None, seed: int = 20260301, scale: float = 1.0, as_of: date | None = None,
    *, is_hostile: bool = False,
) -> Path:  # fmt: skip
    """Write landing files into ``out`` and true values into ``truth`` (by default ``out/truth``).

    Both appear whole or not at all: the files are made beside ``out`` first. A folder of an earlier run loses the files
    of that run that the new one does not write.

    Returns:
        The folder of the true values.

    Raises:
        FolderError: a folder holds what is not the generator's, or a file of an earlier run was changed.
        ValueError: scale or date outside its range.
    """
    out, truth = Path(out), Path(truth or Path(out) / TRUTH)
    if _is_inside(truth, out) and truth.resolve() != (out / TRUTH).resolve():
        raise FolderError(
            f"{truth}: in the landing folder true values may lie in {TRUTH}/ only / 真值只能放在登陆目录的 {TRUTH}/ 下"
        )
    for folder in (out, truth):
        _own(folder)
    out.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".ehpilot-demo-", dir=out.parent))
    try:
        generate(stage / "landing", stage / TRUTH, seed, scale, as_of or AS_OF, is_hostile=is_hostile)
        for folder, made in ((out, stage / "landing"), (truth, stage / TRUTH)):
            _free(folder, made)
        for folder, made in ((out, stage / "landing"), (truth, stage / TRUTH)):
            _put(folder, made)
    finally:
        shutil.rmtree(stage)
    return truth


def _own(folder: Path) -> dict[str, str]:
    """Path → hash of the files of an earlier run; refuses a folder that holds something and has no marker."""
    if not folder.exists() and not folder.is_symlink():
        return {}
    if not folder.is_dir():
        raise FolderError(f"{folder} is no folder; give a new or empty one / {folder} 不是目录，请指定新目录或空目录")
    marker = folder / MARKER
    if marker.is_file():
        listed: dict[str, str] = json.loads(marker.read_text(encoding="utf-8"))
        changed = [path for path, digest in listed.items() if _exists(folder / path) and _hash(folder / path) != digest]
        if changed:
            raise FolderError(
                f"{folder / changed[0]} was changed after `ehpilot demo` wrote it; move it or give another folder / "
                f"{folder / changed[0]} 生成后被改动过，请移走或另选目录"
            )
        return listed
    if any(folder.iterdir()):
        raise FolderError(
            f"{folder} is not empty and not of `ehpilot demo`; give a new or empty folder / "
            f"{folder} 不是空目录，也不是演示程序生成的目录，请指定新目录或空目录"
        )
    return {}


def _free(folder: Path, made: Path) -> None:
    """Refuse where a file to be written would take the place of one that is not the generator's."""
    listed = _own(folder)
    taken = [path for path in _files(made) if path not in listed and _exists(folder / path)]
    if taken:
        raise FolderError(
            f"{folder / taken[0]} is in the way and not of `ehpilot demo`; move it away / "
            f"{folder / taken[0]} 不是演示程序生成的文件，请移走"
        )


def _put(folder: Path, made: Path) -> None:
    """Move the made files into the folder, take away those of an earlier run that are no more, and mark it."""
    earlier = _own(folder)
    paths = _files(made)
    listed = {path: _hash(made / path) for path in paths}
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).replace(folder / path)
    for path in sorted(set(earlier) - set(paths)):
        (folder / path).unlink(missing_ok=True)
        parent = (folder / path).parent
        if parent.is_dir() and parent != folder and not any(parent.iterdir()):
            parent.rmdir()
    text = json.dumps(listed, ensure_ascii=False, indent=0, sort_keys=True)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8")


def _files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if _exists(path) and not _is_dir(path)
    )


def _exists(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _is_dir(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _hash(path: Path) -> str:
    """Hash of a file's bytes, or of where a link leads."""
    content = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
    return hashlib.sha256(content).hexdigest()


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
