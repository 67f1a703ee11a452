"""Our estimates of complex surveys beside those of svy, a library of other authors, on a sample with unlike weights,
strata of several PSUs and one PSU alone: what R's printed examples (``test_survey``) do not hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ehpilot.kernels import survey
from tests.kernels.svy_oracle import Found, Reckoner

N = 1200
DRAW = np.random.default_rng(18)
STRATUM = DRAW.integers(0, 6, N)
PSU = DRAW.integers(0, 9, N)
WEIGHT = DRAW.lognormal(3.0, 0.8, N)
SEX, AGE = DRAW.integers(0, 2, N), DRAW.integers(0, 5, N)
AREA = DRAW.normal(0.0, 0.6, (6, 9))[STRATUM, PSU]
LITERATE = (DRAW.random(N) < 1 / (1 + np.exp(1 - AREA - 0.4 * SEX))).astype(float)
SCORE, ITEMS = 50 + 8 * AREA + DRAW.normal(0, 12, N), DRAW.uniform(20, 60, N)
LABELS = {"sex": SEX.astype(str), "age": AGE.astype(str)}
COLUMNS = {"literate": LITERATE.astype(int), "score": SCORE, "items": ITEMS} | LABELS
OURS, THEIRS = survey.make_design(WEIGHT, STRATUM, PSU), Reckoner(WEIGHT, STRATUM, PSU, **COLUMNS)
PEOPLE = {"sex": np.array([0.51, 0.49]) * 1e5, "age": np.array([0.22, 0.2, 0.21, 0.19, 0.18]) * 1e5}


def close(found: survey.Estimate, other: Found, tolerance: float = 1e-9) -> None:
    assert found.value == pytest.approx(other.value, rel=tolerance)
    assert found.standard_error == pytest.approx(other.error, rel=tolerance)


def raked(weights: np.ndarray) -> tuple[survey.Design, Reckoner]:
    design, converged = survey.raked(
        survey.make_design(weights, STRATUM, PSU), [SEX, AGE], [PEOPLE["sex"], PEOPLE["age"]], 1000
    )
    assert converged
    totals = {name: {str(k): float(v) for k, v in enumerate(people)} for name, people in PEOPLE.items()}
    return design, Reckoner(weights, STRATUM, PSU, **COLUMNS).raked(**totals)


def test_means_ratios_and_intervals() -> None:
    found, other = survey.mean(SCORE, OURS), THEIRS.mean("score")
    close(found, other)
    assert survey.interval(found) == (pytest.approx(other.low, rel=1e-9), pytest.approx(other.high, rel=1e-9))
    assert found.design_effect == pytest.approx(THEIRS.design_effect("score"), rel=1e-9)
    close(survey.ratio(SCORE, ITEMS, OURS), THEIRS.ratio("score", "items"))


def test_a_proportion_and_its_logit_interval() -> None:
    found, other = survey.mean(LITERATE, OURS), THEIRS.proportion("literate")
    close(found, other)
    assert survey.logit_interval(found) == (pytest.approx(other.low, rel=1e-9), pytest.approx(other.high, rel=1e-9))


def test_domains_and_a_finite_population() -> None:
    population = np.array([12.0, 20.0, 30.0, 15.0, 11.0, 40.0])[STRATUM]
    ours = survey.make_design(WEIGHT, STRATUM, PSU, population)
    theirs = Reckoner(WEIGHT, STRATUM, PSU, population, **COLUMNS)
    for age, other in enumerate(theirs.means_by("score", "age")):
        found = survey.mean(SCORE, ours, age == AGE)
        close(found, other)
        assert found.n == other.n
        assert survey.interval(found) == (pytest.approx(other.low, rel=1e-9), pytest.approx(other.high, rel=1e-9))


def test_degrees_of_freedom_of_a_domain_are_those_of_its_own_psus() -> None:
    """A domain of three PSUs in two strata has one; its other PSUs stay in the variance alone. R: degf(subset(…))."""
    inside = ((STRATUM == 1) & (PSU < 2)) | ((STRATUM == 4) & (PSU == 3))
    found = survey.mean(SCORE, OURS, inside)
    assert found.degrees_of_freedom == 1
    other = Reckoner(WEIGHT, STRATUM, PSU, score=SCORE, part=inside.astype(str)).means_by("score", "part")[1]
    close(found, other)
    assert survey.interval(found) == (pytest.approx(other.low, rel=1e-9), pytest.approx(other.high, rel=1e-9))


def test_a_psu_alone_in_its_stratum() -> None:
    strata = np.where((STRATUM == 2) & (PSU == 0), 9, STRATUM)
    ours = survey.make_design(WEIGHT, strata, PSU)
    assert ours.lonely_strata == 1
    close(survey.mean(SCORE, ours), Reckoner(WEIGHT, strata, PSU, **COLUMNS).mean("score"))


def test_raking_of_equal_weights() -> None:
    ours, theirs = raked(np.full(N, 80.0))
    close(survey.mean(SCORE, ours), theirs.mean("score"), 1e-6)
    close(survey.mean(LITERATE, ours), theirs.mean("literate"), 1e-6)


def test_raking_of_unlike_weights_differs_by_the_weights_of_the_slopes_alone() -> None:
    """What the margins foretell is a regression. svy and R's ``rake`` weigh all units alike in it, ours, Deville and
    Särndal, and R's ``calibrate`` by their weights before raking; nothing else differs."""
    ours, theirs = raked(WEIGHT)
    found, other = survey.mean(LITERATE, ours), theirs.mean("literate")
    assert found.value == pytest.approx(other.value, rel=1e-6)
    assert 1e-4 < abs(found.standard_error / other.error - 1.0) < 0.1
    margins = np.column_stack([labels == k for labels in (SEX, AGE) for k in range(labels.max() + 1)]).astype(float)
    left = LITERATE - found.value
    for base, error in ((np.ones(N), other.error), (WEIGHT, found.standard_error)):
        root = np.sqrt(base)
        slopes = np.linalg.lstsq(margins * root[:, None], left * root, rcond=None)[0]
        influence = ours.weights * (left - margins @ slopes) / ours.weights.sum()
        covariance = survey.linearised_covariance(influence, replace(ours, margins=()))
        assert np.sqrt(covariance[0, 0]) == pytest.approx(error, rel=1e-6)
