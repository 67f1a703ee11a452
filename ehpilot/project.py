"""The project's own files: where they stand, and how their YAML is read.

Does not belong here: what the YAML may say; the build folder (``workspace``); dbt's manifest (``manifest``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_DIR = PROJECT_ROOT / "dbt"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """Read by libyaml where it is there: Python's own reader takes ten times as long.

    Raises yaml.YAMLError that names the line.
    """
    return yaml.load(text, Loader=_LOADER)
