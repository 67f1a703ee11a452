"""The matching over the demo's true sites with every code blanked: precision and recall that a user may rely on."""

from __future__ import annotations

import pytest

from benchmarks.match_calibration import Noise, Point, curve

SEED = 20260301
AUTOMATIC = 0.95  # parameter match.threshold.automatic


@pytest.fixture(scope="module")
def noisy() -> list[Point]:
    """Points of two thresholds under the noise of docs/inventory.md."""
    return curve(1.0, SEED, Noise(), (AUTOMATIC, 0.995))


def test_with_codes_blanked_and_noise_the_machine_is_right_and_the_clerk_sees_the_rest(noisy: list[Point]) -> None:
    found = noisy[0]
    assert found.true > 500
    assert found.precision >= 0.995
    assert found.recall_with_clerk >= 0.9
    assert found.queued_right / found.queued >= 0.5, "a queue of which most is wrong is not read"


def test_a_higher_threshold_says_less_and_asks_the_clerk_more(noisy: list[Point]) -> None:
    lower, higher = noisy
    assert higher.said < lower.said
    assert higher.queued > lower.queued


def test_without_slips_of_writing_hardly_a_name_needs_the_clerk() -> None:
    (found,) = curve(1.0, SEED, Noise(swapped=0, dropped=0, legal_form=0, city=0, wrong_place=0), (AUTOMATIC,))
    assert found.recall >= 0.95
    assert found.precision >= 0.995
