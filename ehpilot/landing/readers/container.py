"""Bytes of a landing file, compressed or not.

Belongs here: transparent gzip. Does not belong here: limits (``sniff``), decoding of text.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO, cast


def gzip_stream(path: Path) -> IO[bytes]:
    """The unpacked bytes of a .gz file."""
    return cast(IO[bytes], gzip.open(path, "rb"))


def open_bytes(path: Path, is_gzip: bool) -> IO[bytes]:
    """The bytes of a file, unpacked if it is compressed."""
    return gzip_stream(path) if is_gzip else Path(path).open("rb")
