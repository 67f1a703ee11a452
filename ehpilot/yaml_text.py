"""YAML texts of the project: forms, profiles, suites, front matter.

Does not belong here: what they may say.
"""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """Read by libyaml where it is there: Python's own reader takes ten times as long.

    Raises yaml.YAMLError that names the line.
    """
    return yaml.load(text, Loader=_LOADER)
