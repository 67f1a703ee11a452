"""One sealed edition pair for all read tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.editions import publish


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with editions 1 and 2 (changed)."""
    folder = tmp_path_factory.mktemp("out")
    publish(folder)
    publish(folder, changed=True)
    return folder
