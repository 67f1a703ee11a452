"""Names of files and folders made of names that files brought.

Belongs here: what makes a name safe. Does not belong here: which files there are.
"""

from __future__ import annotations

import hashlib
import re

LONGEST = 80  # characters; Chinese ones take three bytes of the 255 that a file system allows
_UNSAFE = re.compile(r"[\x00-\x1f/\\:*?\"<>|]|^\.+")


def safe_name(text: str) -> str:
    """The text as a name within its folder. What a path could take otherwise becomes a line, and a changed name gets
    the beginning of the text's SHA-256, so that two texts never have one name."""
    name = _UNSAFE.sub("_", text).strip()[:LONGEST] or "_"
    return name if name == text else f"{name}_{hashlib.sha256(text.encode('utf-8')).hexdigest()[:8]}"
