"""One pair of sealed editions for all tests of this folder that only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.editions import publish


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with editions 1 and 2 (changed). Tests must not alter it."""
    folder = tmp_path_factory.mktemp("out")
    publish(folder)
    publish(folder, changed=True)
    return folder
