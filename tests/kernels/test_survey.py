"""Estimates of complex surveys against R's `survey`, and their laws.

Figures of R: package survey 4.5 on R 4.6.1, printed by test/r_reference/generate_fixtures.R of the public repository
xKDR/Survey.jl (est_basic, domain, proportions, confint, degf, quantile, rake_weights); those of apiclus1 also stand in
the survey package's own vignette (mean 644.17, SE 23.542). Raked errors and a lonely PSU: tests/rakecheck.Rout.save and
tests/lonely.psu.Rout.save of the survey package; two stages: tests/api.Rout.save. The data are R's apistrat (200
schools by type), apiclus1 (183 schools of 15 districts, drawn from 757) and apiclus2 (up to five schools of each of 40
districts), California Department of Education; only the columns used here.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.kernels import survey

DATA = Path(__file__).parent / "data"
WEIGHT = {"E": 44.2099990844727, "H": 15.1000003814697, "M": 20.3600006103516}
SCHOOLS = {"E": 4421, "H": 755, "M": 1018}
CLUSTER_WEIGHT, DISTRICTS = 33.846996307373, 757


def columns(name: str) -> dict[str, np.ndarray]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {key: np.asarray([row[key] for row in rows]) for key in rows[0]}
    return {
        key: np.where(value == "", "nan", value).astype(float) if key in ("api00", "enroll", "pw") else value
        for key, value in texts.items()
    }


TWO_STAGE = columns("apiclus2")
STRAT, CLUS = columns("apistrat"), columns("apiclus1")
UNITS = np.arange(len(STRAT["api00"]))


def strat(corrected: bool) -> survey.Design:
    """R: svydesign(id = ~1, strata = ~stype, weights = ~pw) or with fpc = ~fpc, which sets the weights too."""
    types = STRAT["stype"]
    drawn = {kind: int((types == kind).sum()) for kind in SCHOOLS}
    if not corrected:
        return survey.make_design([WEIGHT[kind] for kind in types], types, UNITS)
    return survey.make_design(
        [SCHOOLS[kind] / drawn[kind] for kind in types], types, UNITS, [SCHOOLS[kind] for kind in types]
    )


def clus(corrected: bool) -> survey.Design:
    """R: svydesign(id = ~dnum, weights = ~pw) or with fpc = ~fpc."""
    n = len(CLUS["api00"])
    population = np.full(n, float(DISTRICTS)) if corrected else None
    return survey.make_design(np.full(n, CLUSTER_WEIGHT), np.zeros(n), CLUS["dnum"], population)


DESIGNS = {"strat_w": (strat(False), STRAT), "strat_fpc": (strat(True), STRAT), "clus1_w": (clus(False), CLUS),
           "clus1_fpc": (clus(True), CLUS)}  # fmt: skip


@pytest.mark.parametrize(
    ("design", "variable", "value", "error"),
    [
        ("strat_w", "api00", 662.287363159321, 9.53613229692516),
        ("strat_fpc", "api00", 662.287363577655, 9.408940879434),
        ("strat_w", "enroll", 595.282137135504, 18.9407631197531),
        ("strat_fpc", "enroll", 595.282131094607, 18.5085106862115),
        ("clus1_w", "api00", 644.169398907104, 23.7790107208869),
        ("clus1_fpc", "api00", 644.169398907105, 23.5422406937812),
        ("clus1_w", "enroll", 549.715846994536, 45.6458729407598),
        ("clus1_fpc", "enroll", 549.715846994537, 45.1913723435604),
    ],
)
def test_means_of_r(design: str, variable: str, value: float, error: float) -> None:
    made, data = DESIGNS[design]
    found = survey.mean(data[variable], made)
    assert found.value == pytest.approx(value, rel=1e-9)
    assert found.standard_error == pytest.approx(error, rel=1e-9)


@pytest.mark.parametrize(
    ("design", "value", "error"),
    [
        ("strat_w", 1.11256045132858, 0.0422085858397061),
        ("strat_fpc", 1.11256046332155, 0.0413595064404803),
        ("clus1_w", 1.17182250144138, 0.127544610789565),
        ("clus1_fpc", 1.17182250144138, 0.126274636133836),
    ],
)
def test_ratios_of_r(design: str, value: float, error: float) -> None:
    made, data = DESIGNS[design]
    found = survey.ratio(data["api00"], data["enroll"], made)
    assert (found.value, found.standard_error) == (pytest.approx(value, rel=1e-9), pytest.approx(error, rel=1e-9))


@pytest.mark.parametrize(
    ("design", "variable", "level", "value", "error"),
    [
        ("strat_w", "awards", "No", 0.361063935949422, 0.0348975177769063),
        ("strat_fpc", "awards", "Yes", 0.638936067161769, 0.0344059182016133),
        ("clus1_w", "stype", "H", 0.0765027322404372, 0.0270798559291773),
        ("clus1_fpc", "stype", "E", 0.78688524590164, 0.0463365536499119),
    ],
)
def test_proportions_of_r(design: str, variable: str, level: str, value: float, error: float) -> None:
    made, data = DESIGNS[design]
    found = survey.mean(data[variable] == level, made)
    assert (found.value, found.standard_error) == (pytest.approx(value, rel=1e-9), pytest.approx(error, rel=1e-9))


@pytest.mark.parametrize(
    ("level", "value", "error"),
    [("No", 633.734912337968, 15.3347711842501), ("Yes", 678.422405668124, 11.8566310509714)],
)
def test_domains_of_r(level: str, value: float, error: float) -> None:
    """svyby(~api00, ~awards, strat_fpc, svymean): members of a domain in all strata, by zero-out."""
    found = survey.mean(STRAT["api00"], strat(True), STRAT["awards"] == level)
    assert (found.value, found.standard_error) == (pytest.approx(value, rel=1e-9), pytest.approx(error, rel=1e-9))


def test_a_domain_is_no_filter() -> None:
    """Schools without award left out of the sample would lose none of the strata here but change the counts in them."""
    kept = STRAT["awards"] == "No"
    filtered = survey.make_design(strat(False).weights[kept], STRAT["stype"][kept], UNITS[kept])
    wrong = survey.mean(STRAT["api00"][kept], filtered)
    right = survey.mean(STRAT["api00"], strat(False), kept)
    assert wrong.value == pytest.approx(right.value)
    assert wrong.standard_error != pytest.approx(right.standard_error, rel=1e-6)


@pytest.mark.parametrize(
    ("design", "degrees", "low", "high"),
    [
        ("strat_w", 197, 643.481356593217, 681.093369725425),
        ("strat_fpc", 197, 643.732188539262, 680.842538616048),
        ("clus1_w", 14, 593.168493261091, 695.170304553117),
        ("clus1_fpc", 14, 593.676314463327, 694.662483350884),
    ],
)
def test_degrees_of_freedom_and_t_intervals_of_r(design: str, degrees: int, low: float, high: float) -> None:
    made, data = DESIGNS[design]
    found = survey.mean(data["api00"], made)
    assert found.degrees_of_freedom == degrees
    assert survey.interval(found) == (pytest.approx(low, rel=1e-9), pytest.approx(high, rel=1e-9))


@pytest.mark.parametrize(
    ("design", "share", "value", "low", "high"),
    [
        ("strat_w", 0.25, 562.20560886487, 533.87019474198, 594.837110804664),
        ("strat_fpc", 0.75, 755.12259669758, 724.989783023546, 777.039150560156),
        ("clus1_w", 0.75, 717.5, 691, 775.932806111644),
        ("clus1_fpc", 0.25, 551.75, 490.504850087458, 626.990299825084),
    ],
)
def test_quantiles_and_their_intervals_of_r(design: str, share: float, value: float, low: float, high: float) -> None:
    """oldsvyquantile(interval.type = "Wald"), t with the degrees of freedom of the design. R steps through equal
    values one by one in the order of the rows, ours at distinct values: the two agree but for a step at ties."""
    made, data = DESIGNS[design]
    assert survey.quantiles(data["api00"], [share], made)[0] == pytest.approx(value, abs=1.5)
    found = survey.quantile_interval(data["api00"], share, made)
    assert found == (pytest.approx(low, abs=2.5), pytest.approx(high, abs=2.5))


def test_design_effect_of_equal_weights_is_variance_against_simple_sampling() -> None:
    """apiclus1 without correction: SE² over s²/n."""
    found = survey.mean(CLUS["api00"], clus(False))
    assert found.design_effect == pytest.approx(23.7790107208869**2 / (np.var(CLUS["api00"], ddof=1) / 183), rel=1e-9)


def test_one_psu_in_a_stratum_is_centred_at_the_grand_mean() -> None:
    """By hand: weights 1, strata a (PSUs 1, 3), b (PSU 8). Influence (y - 4)/3: -1, -1/3, 4/3; a: 2/1 × Σ(z+2/3)² =
    4/9; b alone: (4/3 - 0)²."""
    design = survey.make_design([1, 1, 1], ["a", "a", "b"], [1, 2, 1])
    found = survey.mean([1.0, 3.0, 8.0], design)
    assert (design.lonely_strata, found.degrees_of_freedom) == (1, 1)
    assert found.standard_error == pytest.approx(np.sqrt(4 / 9 + 16 / 9))


def test_one_psu_alone_has_no_standard_error() -> None:
    design = survey.make_design([1, 1], ["a", "a"], [7, 7])
    found = survey.mean([1.0, 3.0], design)
    assert (found.value, found.degrees_of_freedom) == (2.0, 0)
    assert np.isnan(found.standard_error) and np.isnan(survey.interval(found)).all()
    two = survey.make_design([1, 1, 1], ["a", "a", "a"], [7, 7, 8])
    assert np.isnan(survey.mean([1.0, 3.0, 5.0], two, [True, True, False]).standard_error)


def test_nobody_answers() -> None:
    design = survey.make_design([1, 1], ["a", "a"], [1, 2])
    found = survey.mean([np.nan, np.nan], design)
    assert found.n == 0 and np.isnan(found.value) and np.isnan(found.standard_error)
    assert np.isnan(survey.quantiles([np.nan, np.nan], [0.5], design)).all()
    assert np.isnan(survey.quantile_interval([np.nan, np.nan], 0.5, design)).all()


def test_a_weight_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        survey.make_design([1, 0], ["a", "a"], [1, 2])


VALUES = st.lists(st.floats(-1e3, 1e3), min_size=12, max_size=12)


@settings(max_examples=50, deadline=None)
@given(values=VALUES, shift=st.floats(-1e3, 1e3), factor=st.floats(0.01, 100))
def test_mean_and_error_follow_units(values: list[float], shift: float, factor: float) -> None:
    design = survey.make_design(np.linspace(1, 3, 12), np.repeat([0, 1], 6), np.tile(np.repeat([0, 1, 2], 2), 2))
    plain, changed = survey.mean(values, design), survey.mean(np.asarray(values) * factor + shift, design)
    assert changed.value == pytest.approx(plain.value * factor + shift, rel=1e-6, abs=1e-6)
    assert changed.standard_error == pytest.approx(plain.standard_error * factor, rel=1e-6, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(values=VALUES, seed=st.integers(0, 2**16), factor=st.floats(0.01, 100))
def test_order_of_rows_and_scale_of_weights_do_not_count(values: list[float], seed: int, factor: float) -> None:
    weights, strata, psus = np.linspace(1, 3, 12), np.repeat([0, 1], 6), np.tile(np.repeat([0, 1, 2], 2), 2)
    order = np.random.default_rng(seed).permutation(12)
    plain = survey.mean(values, survey.make_design(weights, strata, psus))
    design = survey.make_design((weights * factor)[order], strata[order], psus[order])
    mixed = survey.mean(np.asarray(values)[order], design)
    assert mixed.value == pytest.approx(plain.value, rel=1e-9, abs=1e-9)
    assert mixed.standard_error == pytest.approx(plain.standard_error, rel=1e-9, abs=1e-9)


def test_the_delete_one_psu_jackknife_agrees() -> None:
    """An independent estimate of the same variance: JKn over the 15 districts of apiclus1. R prints 26.3294 with the
    old centring for a mean of 644.17; the jackknife lies above the linearisation and within a fifth of it."""
    made, data = DESIGNS["clus1_w"]
    full = survey.mean(data["api00"], made).value
    left = [data["api00"][data["dnum"] != name].mean() for name in sorted(set(data["dnum"]))]
    jackknife = np.sqrt(14 / 15 * np.sum((np.asarray(left) - full) ** 2))
    assert 1.0 < jackknife / survey.mean(data["api00"], made).standard_error < 1.2


SCHOOL_TYPES = np.array([4421.0, 755.0, 1018.0])


def post_stratified() -> survey.Design:
    """R: postStratify(dclus1, ~stype, data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))). One margin
    raked is post-stratification."""
    _, label = np.unique(CLUS["stype"], return_inverse=True)
    design, converged = survey.raked(clus(True), [label], [SCHOOL_TYPES])
    assert converged
    return design


def test_a_post_stratified_cluster_sample_of_r() -> None:
    """Example of the help page of postStratify in the survey package: mean of api00 642.31, SE 23.921; total enrolment
    3680893, SE 406293. A total is a ratio to the known number of schools.
    Errors agree to 3e-5 of what is printed."""
    found = survey.mean(CLUS["api00"], post_stratified())
    assert (found.value, found.standard_error) == (pytest.approx(642.31, abs=5e-3), pytest.approx(23.921, rel=3e-5))
    enrolled = survey.mean(CLUS["enroll"], post_stratified())
    assert enrolled.value * 6194 == pytest.approx(3680893, abs=1)
    assert enrolled.standard_error * 6194 == pytest.approx(406293, rel=3e-5)


def raked_by_two_margins(corrected: bool) -> survey.Design:
    """R: rake(dclus1, list(~stype, ~sch.wide), …) with 4421, 755, 1018 schools by type and 1072, 5122 by sch.wide."""
    margins = [np.unique(CLUS[name], return_inverse=True)[1] for name in ("stype", "sch_wide")]
    design, converged = survey.raked(clus(corrected), list(margins), [SCHOOL_TYPES, np.array([1072.0, 5122.0])])
    assert converged
    return design


def test_the_raked_cluster_sample_of_r() -> None:
    """Example of the help page of rake, as R prints it: mean of api00 641.23, SE 23.704; total enrolment by
    calibrate(calfun = "raking"), which goes on until the margins are met as ours does, 3647280, SE 400603."""
    design = raked_by_two_margins(True)
    found = survey.mean(CLUS["api00"], design)
    assert (found.value, found.standard_error) == (pytest.approx(641.23, abs=5e-3), pytest.approx(23.704, abs=5e-4))
    enrolled = survey.mean(CLUS["enroll"], design)
    assert enrolled.value * 6194 == pytest.approx(3647280, abs=0.5)
    assert enrolled.standard_error * 6194 == pytest.approx(400603, abs=0.5)


@pytest.mark.parametrize(
    ("stype", "sch_wide", "weight"),
    [
        ("E", "No", 39.838509410554), ("E", "Yes", 29.8704638727345), ("H", "No", 67.1257826263303),
        ("H", "Yes", 50.3301527726748), ("M", "No", 49.0700673992951), ("M", "Yes", 36.7921816646831),
    ],
)  # fmt: skip
def test_the_raked_weights_of_r(stype: str, sch_wide: str, weight: float) -> None:
    """R stops where no cell changes by more than one school, so its weights are those of the margins to 4e-5."""
    inside = (CLUS["stype"] == stype) & (CLUS["sch_wide"] == sch_wide)
    assert raked_by_two_margins(False).weights[inside] == pytest.approx(weight, rel=4e-5)


def test_two_stages_with_replacement_of_r() -> None:
    """svydesign(id = ~dnum + snum, weights = ~pw, data = apiclus2): what varies within a district is in the variance of
    its total, so the first stage suffices. Mean of api00 670.81, SE 30.712. Total enrolment with na.rm, six schools
    without a number, 2639273, SE 820261: of 0 for them."""
    design = survey.make_design(TWO_STAGE["pw"], np.zeros(126), TWO_STAGE["dnum"])
    found = survey.mean(TWO_STAGE["api00"], design)
    assert (found.value, found.standard_error) == (pytest.approx(670.81, abs=5e-3), pytest.approx(30.712, abs=5e-4))
    assert found.degrees_of_freedom == 39
    answered = TWO_STAGE["pw"] * np.nan_to_num(TWO_STAGE["enroll"])
    assert np.isnan(TWO_STAGE["enroll"]).sum() == 6 and answered.sum() == pytest.approx(2639273, abs=0.5)
    assert np.sqrt(survey.linearised_covariance(answered, design)[0, 0]) == pytest.approx(820261, abs=0.5)


def test_post_stratification_without_correction_of_r() -> None:
    """postStratify of svydesign(id = ~dnum, weights = ~pw) by stype: mean and linearised SE to the last digit that
    Survey.jl's fixture (poststratify_results) holds."""
    _, label = np.unique(CLUS["stype"], return_inverse=True)
    design, converged = survey.raked(clus(False), [label], [SCHOOL_TYPES])
    found = survey.mean(CLUS["api00"], design)
    assert converged and found.value == pytest.approx(642.310788211584, rel=1e-12)
    assert found.standard_error == pytest.approx(24.1610605814973, rel=1e-12)


def test_a_lonely_psu_of_r() -> None:
    """options(survey.lonely.psu = "adjust") with districts as strata, of which 413 has one school: SE 5.8281."""
    n = len(CLUS["api00"])
    design = survey.make_design(np.full(n, CLUSTER_WEIGHT), CLUS["dnum"], np.arange(n))
    found = survey.mean(CLUS["api00"], design)
    assert design.lonely_strata == 1
    assert (found.value, found.standard_error) == (pytest.approx(644.17, abs=5e-3), pytest.approx(5.8281, abs=5e-5))


def test_a_share_of_the_margin_itself_has_no_error() -> None:
    found = survey.mean(CLUS["stype"] == "H", post_stratified())
    assert found.value == pytest.approx(755 / 6194) and found.standard_error == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_raking_hits_all_margins(seed: int) -> None:
    draw = np.random.default_rng(seed)
    one, two = draw.permutation(np.arange(60) % 3), draw.permutation(np.arange(60) % 4)
    first, second = draw.uniform(1, 5, 3), draw.uniform(1, 5, 4)
    totals = [first / first.sum() * 1000, second / second.sum() * 1000]
    design, converged = survey.raked(survey.make_design(np.ones(60), np.zeros(60), np.arange(60)), [one, two], totals)
    assert converged
    assert np.bincount(one, design.weights) == pytest.approx(totals[0], rel=1e-6)
    assert np.bincount(two, design.weights) == pytest.approx(totals[1], rel=1e-6)


def test_margins_that_contradict_each_other_do_not_converge_and_empty_ones_are_refused() -> None:
    design = survey.make_design(np.ones(4), np.zeros(4), np.arange(4))
    assert not survey.raked(design, [[0, 0, 1, 1], [0, 0, 1, 1]], [[3.0, 1.0], [1.0, 3.0]])[1]
    for label, total in (([0, 0, 0, 0], [1.0, 1.0]), ([0, 0, 1, 1], [1.0, 0.0])):
        with pytest.raises(ValueError, match="category"):
            survey.raked(design, [label], [total])


def test_trimming_keeps_the_sum_and_the_bound() -> None:
    cut = survey.trimmed([1.0, 2.0, 2.0, 2.0, 3.0, 16.0], 5.0)
    assert cut.sum() == pytest.approx(26.0) and cut[5] == pytest.approx(10.0) and cut[0] == pytest.approx(1.6)
    assert survey.trimmed([1.0, 1.0, 30.0], 5.0) == pytest.approx([32 / 3] * 3), "a bound that cannot hold"
    assert survey.trimmed([2.0, 3.0], 5.0) == pytest.approx([2.0, 3.0]) and survey.trimmed([], 5.0).size == 0


def test_logit_intervals_stay_within_bounds() -> None:
    low, high = survey.logit_interval(survey.Estimate(40, 0.05, 0.04, 20, 1.0))
    assert 0 < low < 0.05 < high < 1
    half = 2.0859634472658364 * 0.04 / (0.05 * 0.95)
    assert low == pytest.approx(1 / (1 + np.exp(-(np.log(0.05 / 0.95) - half))))
    assert np.isnan(survey.logit_interval(survey.Estimate(40, 1.0, 0.0, 20, 1.0))).all()


def test_the_difference_of_two_surveys_by_hand() -> None:
    """0.30 ± 0.03 with 12 and 0.36 ± 0.04 with 20 degrees of freedom: SE 0.05, Satterthwaite 31.97."""
    before, after = survey.Estimate(400, 0.30, 0.03, 12, 1.5), survey.Estimate(400, 0.36, 0.04, 20, 1.5)
    value, low, high, p_value = survey.difference(before, after)
    degrees = 0.05**4 / (0.03**4 / 12 + 0.04**4 / 20)
    assert degrees == pytest.approx(31.97, abs=0.01)
    assert (value, high - low) == (pytest.approx(0.06), pytest.approx(2 * 0.05 * 2.0369, rel=1e-4))
    assert 0.2 < p_value < 0.3 and low < 0 < high
    assert np.isnan(survey.difference(before, survey.Estimate(9, 0.4, np.nan, 0, 1.0))[1:]).all()
    back = survey.difference(after, before)
    assert (back[0], back[1], back[3]) == (pytest.approx(-value), pytest.approx(-high), pytest.approx(p_value))


def test_the_suites_of_lohr() -> None:
    """Lohr, Sampling: Design and Analysis (2nd ed. 2010), example 5.2: grade point averages of all four persons in five
    of 100 suites: mean 2.826, standard error 0.164."""
    points = [
        3.08, 2.60, 3.44, 3.04, 2.36, 3.04, 3.28, 2.68, 2.00, 2.56, 2.52, 1.88, 3.00, 2.88, 3.44, 3.64, 2.68, 1.92,
        3.28, 3.20,
    ]  # fmt: skip
    found = survey.mean(points, survey.make_design([20] * 20, [0] * 20, np.repeat(np.arange(5), 4), [100] * 20))
    assert (found.value, found.standard_error) == (pytest.approx(2.826), pytest.approx(0.164, abs=5e-4))


def test_a_design_that_cannot_be_is_refused() -> None:
    for weights, psus in (([1.0], [1, 2]), ([1.0, 1.0], [1]), ([[1.0, 1.0]], [1, 2])):
        with pytest.raises(ValueError, match="one weight, one stratum and one PSU"):
            survey.make_design(weights, [0, 0], psus)
    with pytest.raises(ValueError, match="fewer PSUs"):
        survey.make_design([1.0, 1.0, 1.0], [0, 0, 0], [1, 2, 3], [2, 2, 2])
    assert survey.make_design([1.0, 1.0], [0, 0], [1, 2], [np.nan, np.nan]).sampled_share_of_psu.tolist() == [0, 0]
