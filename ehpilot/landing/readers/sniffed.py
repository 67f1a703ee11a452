"""What a file was found to be, as every reader takes it.

Belongs here: that record. Does not belong here: finding it out (``folder.sniff``), the scan of a text (``text_scan``).
"""

from __future__ import annotations

from dataclasses import dataclass

from ehpilot.landing.readers.text_scan import TextScan


@dataclass(frozen=True)
class Sniffed:
    """What a file is. ``error`` set: it is refused as one quarantined record with ``message``."""

    kind: str = ""
    encoding: str = ""
    error: str = ""
    message: str = ""
    sha256: str = ""
    size_bytes: int = 0
    is_gzip: bool = False
    scan: TextScan | None = None
