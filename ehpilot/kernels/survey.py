"""Estimates from a complex sample survey: weights, strata, primary sampling units (PSU).

Variances by Taylor linearisation with PSUs taken as drawn with replacement, or with a finite population correction
where the number of PSUs in the stratum is known (Wolter, Introduction to Variance Estimation, 2nd ed. 2007, chapter
6; Lumley, Complex Surveys, 2010, chapter 2; R package ``survey``). A domain is estimated by zero-out: units outside
of it stay in the design with the value 0 and are never filtered away, since that would lose PSUs and strata.

A stratum with one PSU ("lonely") has no variance of its own: its PSU total is centred at the mean of all PSU totals,
which errs to the safe side (R: ``survey.lonely.psu = "adjust"``).

``quantile_interval`` stands for itself, held by tests: no table prints the interval of a quantile.

Belongs here: design, raking and trimming of weights, linearised variance, means, ratios, quantiles, t intervals, design
effect, as pure array functions that any survey of the pilot can use. Does not belong here: which questions a survey
asks, tests of outliers (``outliers``), reading or writing anything."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Design:
    """A sample of n units: ``weights`` (n,) > 0; ``psu`` (n,) number of the unit's PSU, 0 … p-1, nested in strata;
    ``stratum_of_psu`` (p,) number of the PSU's stratum, 0 … h-1; ``sampled_share_of_psu`` (p,) share of the stratum's
    PSUs that were drawn, 0 where drawn with replacement or unknown; ``margins`` categories (n,) of each variable that
    the weights are raked to, from ``base_weights`` (n,), those before (empty where nothing is raked)."""

    weights: Floats
    psu: NDArray[np.int64]
    stratum_of_psu: NDArray[np.int64]
    sampled_share_of_psu: Floats
    margins: tuple[NDArray[np.int64], ...] = ()
    base_weights: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def psus_of_stratum(self) -> NDArray[np.int64]:
        """(h,) number of PSUs in each stratum."""
        return np.bincount(self.stratum_of_psu)

    @property
    def lonely_strata(self) -> int:
        """Number of strata with one PSU."""
        return int(np.count_nonzero(self.psus_of_stratum == 1))


@dataclass(frozen=True)
class Estimate:
    """One estimate: ``n`` units that answer in the domain, ``degrees_of_freedom`` (PSUs minus strata among the strata
    that the domain reaches), ``design_effect`` against simple random sampling with replacement of n units. NaN =
    unknown."""

    n: int
    value: float
    standard_error: float
    degrees_of_freedom: int
    design_effect: float


def make_design(
    weights: ArrayLike, strata: ArrayLike, psus: ArrayLike, population_psus: ArrayLike | None = None
) -> Design:
    """Design of n units from their weights, labels of stratum and PSU (equal labels in two strata are two PSUs) and,
    for a finite population correction, the number of PSUs in the unit's stratum (n,), NaN where unknown.

    A weight that is not a positive number is an error: who has none has no known chance of being drawn. So is a
    population smaller than the sample: it would make the error 0 (R: ``svydesign`` refuses it).
    """
    weight = np.asarray(weights, dtype=np.float64)
    if not weight.shape == np.shape(strata) == np.shape(psus) == (weight.size,):
        raise ValueError("every unit needs one weight, one stratum and one PSU")
    if weight.size and not (np.isfinite(weight) & (weight > 0)).all():
        raise ValueError("every weight must be a positive number")
    _, stratum = np.unique(np.asarray(strata), return_inverse=True)
    _, label = np.unique(np.asarray(psus), return_inverse=True)
    pairs, first, psu = np.unique(
        np.column_stack([stratum, label]).reshape(-1, 2), axis=0, return_index=True, return_inverse=True
    )
    stratum_of_psu = pairs[:, 0].astype(np.int64)
    share = np.zeros(len(pairs))
    if population_psus is not None and len(pairs):
        population = np.asarray(population_psus, dtype=np.float64)[first]
        drawn = np.bincount(stratum_of_psu)[stratum_of_psu]
        if (population < drawn).any():
            raise ValueError("a stratum has no fewer PSUs than were drawn from it")
        share = np.nan_to_num(drawn / population)
    return Design(weight, np.asarray(psu, dtype=np.int64).reshape(-1), stratum_of_psu, share)


def linearised_covariance(influence: ArrayLike, design: Design) -> Floats:
    """Covariance (k, k) of k estimates from the units' influence values (n, k), which already hold the weights:
    Σ_h (1-f_h) m_h/(m_h-1) Σ_i (z_hi - z̄_h)(z_hi - z̄_h)ᵀ, z_hi the PSU totals. A stratum with one PSU is centred at
    the mean of all PSU totals and has the factor 1."""
    values = np.asarray(influence, dtype=np.float64)
    values = _beyond_margins(values.reshape(len(values), -1), design)
    count = len(design.stratum_of_psu)
    totals = np.column_stack([np.bincount(design.psu, column, minlength=count) for column in values.T])
    sizes = design.psus_of_stratum[design.stratum_of_psu].astype(np.float64)
    strata = len(design.psus_of_stratum)
    sums = np.column_stack([np.bincount(design.stratum_of_psu, column, minlength=strata) for column in totals.T])
    means = sums[design.stratum_of_psu] / sizes[:, None]
    centre = np.where((sizes > 1)[:, None], means, totals.mean(axis=0))
    factor = (1.0 - design.sampled_share_of_psu) * np.where(sizes > 1, sizes / np.maximum(sizes - 1.0, 1.0), 1.0)
    deviation = (totals - centre) * np.sqrt(factor)[:, None]
    return np.asarray(np.einsum("pi,pj->ij", deviation, deviation))


def _beyond_margins(values: Floats, design: Design) -> Floats:
    """Influence values (n, k) less what the margins of a raked design foretell, w X (XᵀDX)⁻¹ XᵀD(z/w), D the weights
    before raking and w those after: the calibrated part does not vary from sample to sample (Deville and Särndal,
    Journal of the American Statistical Association 87, 1992, 376-382, section 4; R: ``calibrate``, ``rake``)."""
    if not design.margins or not len(values):
        return values
    columns = [np.asarray(label)[:, None] == np.unique(label)[None, :] for label in design.margins]
    dummies = np.concatenate(columns, axis=1).astype(np.float64)
    # einsum without a matrix product: the same bits with any number of threads
    before = design.base_weights
    gram = np.einsum("nk,nl,n->kl", dummies, dummies, before)
    slopes = np.linalg.pinv(gram) @ np.einsum("nk,nj->kj", dummies, values * (before / design.weights)[:, None])
    return np.asarray(values - design.weights[:, None] * np.einsum("nk,kj->nj", dummies, slopes))


def raked(
    design: Design, margins: list[ArrayLike], totals: list[ArrayLike], most_rounds: int = 200
) -> tuple[Design, bool]:
    """Design whose weights meet all margins, by iterative proportional fitting (Deming and Stephan, Annals of
    Mathematical Statistics 11, 1940, 427-444), and whether they do within 1e-7. ``margins``: for each variable the
    category (n,) 0 … c-1 of each unit; ``totals``: its population totals (c,) > 0, summing to the same population. Its
    variances are those of calibrated estimates. ``ValueError`` where a category has no unit or no people."""
    weight = design.weights.copy()
    labels = [np.asarray(label, dtype=np.int64) for label in margins]
    wanted = [np.asarray(total, dtype=np.float64) for total in totals]
    for label, total in zip(labels, wanted, strict=True):
        if not (total > 0).all() or (np.bincount(label, minlength=total.size)[: total.size] == 0).any():
            raise ValueError("every category needs people and at least one unit")
    converged = not labels
    for _ in range(most_rounds):
        for label, total in zip(labels, wanted, strict=True):
            weight *= (total / np.bincount(label, weight, minlength=total.size))[label]
        miss = [
            np.abs(np.bincount(one, weight, minlength=t.size) / t - 1.0).max()
            for one, t in zip(labels, wanted, strict=True)
        ]
        if max(miss, default=0.0) < 1e-7:
            converged = True
            break
    return replace(design, weights=weight, margins=tuple(labels), base_weights=design.weights), converged


def trimmed(weights: ArrayLike, most_times_median: float) -> Floats:
    """Weights (n,) no larger than ``most_times_median`` times their median; what is cut off goes to the others in
    proportion, so that the sum stays (Potter, Proceedings of the Survey Research Methods Section, ASA, 1990,
    225-230)."""
    weight = np.asarray(weights, dtype=np.float64).copy()
    if not weight.size:
        return weight
    total, most = weight.sum(), most_times_median * np.median(weight)
    if most * weight.size <= total:  # the bound cannot hold with this sum: the evenest weights come nearest
        return np.full(weight.size, total / weight.size)
    over = np.zeros(weight.size, dtype=bool)
    while (weight[~over] > most * (1 + 1e-12)).any():
        over |= weight > most
        weight[over] = most
        weight[~over] *= (total - most * over.sum()) / weight[~over].sum()
    return weight


def logit_interval(estimate: Estimate, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Interval of a proportion on the logit scale with t, within 0-1 (R: ``svyciprop(method = "logit")``); NaN where
    the proportion is 0 or 1 or the error unknown."""
    p = estimate.value
    half = _critical(confidence, estimate.degrees_of_freedom) * estimate.standard_error
    if not 0.0 < p < 1.0 or np.isnan(half):
        return np.nan, np.nan
    low, high = (np.log(p / (1.0 - p)) + side * half / (p * (1.0 - p)) for side in (-1.0, 1.0))
    return float(1.0 / (1.0 + np.exp(-low))), float(1.0 / (1.0 + np.exp(-high)))


def ratio(numerator: ArrayLike, denominator: ArrayLike, design: Design, domain: ArrayLike | None = None) -> Estimate:
    """Ratio of two totals, Σwy/Σwx, over a domain (n,) of marks. A unit whose y or x is NaN does not answer and
    counts as outside of the domain. Influence of a unit: w (y - R x)/Σwx. A domain within one PSU has no standard
    error: its influences sum to 0, which is no precision."""
    y, x = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    inside = _answering(y + x, domain)
    y, x = np.where(inside, y, 0.0), np.where(inside, x, 0.0)
    n, base = int(inside.sum()), float(np.sum(design.weights * x))
    if not n or base == 0.0:
        return Estimate(n, np.nan, np.nan, degrees_of_freedom(design, inside), np.nan)
    value = float(np.sum(design.weights * y)) / base
    influence = design.weights * (y - value * x) / base
    variance = float(linearised_covariance(influence, design)[0, 0])
    degrees = degrees_of_freedom(design, inside)
    error = np.sqrt(variance) if np.unique(design.psu[inside]).size > 1 else np.nan
    return Estimate(n, value, float(error), degrees, _design_effect(variance, y - value * x, base, inside, design))


def mean(values: ArrayLike, design: Design, domain: ArrayLike | None = None) -> Estimate:
    """Weighted mean Σwy/Σw over a domain (n,) of marks, values (n,) in any unit, NaN = no answer; a proportion is the
    mean of 0 and 1."""
    return ratio(values, np.ones(len(design.weights)), design, domain)


def quantiles(values: ArrayLike, shares: ArrayLike, design: Design, domain: ArrayLike | None = None) -> Floats:
    """Quantiles (k,) at ``shares`` (k,) of the weighted distribution over a domain, NaN where nobody answers.

    The weighted distribution function is taken at the distinct values and interpolated linearly between them; below its
    first step the smallest value stands (Hyndman and Fan 1996, type 4; R ``survey``: ``qrule = "hf4"``).
    """
    y = np.asarray(values, dtype=np.float64)
    wanted = np.asarray(shares, dtype=np.float64)
    inside = _answering(y, domain)
    if not inside.any():
        return np.full(wanted.shape, np.nan)
    distinct, place = np.unique(y[inside], return_inverse=True)
    weight = np.bincount(place.reshape(-1), design.weights[inside])
    reached = np.cumsum(weight) / weight.sum()
    return np.interp(wanted, reached, distinct)


def quantile_interval(
    values: ArrayLike, share: float, design: Design, domain: ArrayLike | None = None, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Interval of a quantile by Woodruff (1952): the t interval of the share of units at or below the quantile, taken
    back through the distribution function."""
    y = np.asarray(values, dtype=np.float64)
    inside = _answering(y, domain)
    centre = float(quantiles(y, [share], design, inside)[0])
    below = mean(np.where(inside, (y <= centre).astype(np.float64), np.nan), design, inside)
    half = _critical(confidence, below.degrees_of_freedom) * below.standard_error
    if np.isnan(half):
        return np.nan, np.nan
    low, high = quantiles(y, np.clip([share - half, share + half], 0.0, 1.0), design, inside)
    return float(low), float(high)


def interval(estimate: Estimate, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Symmetric t interval of an estimate with the degrees of freedom of its design; NaN without any."""
    half = _critical(confidence, estimate.degrees_of_freedom) * estimate.standard_error
    return estimate.value - half, estimate.value + half


def difference(one: Estimate, other: Estimate, confidence: float = CONFIDENCE) -> tuple[float, float, float, float]:
    """``other`` less ``one`` of two independent surveys: value, low and high end of its t interval, two-sided p.
    Degrees of freedom by Satterthwaite (Biometrics Bulletin 2, 1946, 110-114). NaN where no error is known."""
    value = other.value - one.value
    variances = one.standard_error**2, other.standard_error**2
    error = np.sqrt(sum(variances))
    if not error > 0 or min(one.degrees_of_freedom, other.degrees_of_freedom) < 1:
        return value, np.nan, np.nan, np.nan
    shares = variances[0] ** 2 / one.degrees_of_freedom + variances[1] ** 2 / other.degrees_of_freedom
    degrees = error**4 / shares
    half = float(stats.t.ppf(0.5 + confidence / 2.0, degrees)) * error
    return value, value - half, value + half, float(2.0 * stats.t.sf(abs(value) / error, degrees))


def degrees_of_freedom(design: Design, domain: ArrayLike | None = None) -> int:
    """PSUs minus strata, over the strata that the domain (n,) reaches, with all of their PSUs; 0 for an empty
    domain."""
    reached = np.unique(design.stratum_of_psu[design.psu[_answering(np.zeros(len(design.psu)), domain)]])
    return int(design.psus_of_stratum[reached].sum() - reached.size)


def _answering(values: Floats, domain: ArrayLike | None) -> NDArray[np.bool_]:
    inside = np.ones(len(values), dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    return inside & ~np.isnan(values)


def _critical(confidence: float, degrees: int) -> float:
    return float(stats.t.ppf(0.5 + confidence / 2.0, degrees)) if degrees > 0 else np.nan


def _design_effect(variance: float, residuals: Floats, base: float, inside: NDArray[np.bool_], design: Design) -> float:
    """Variance against that of a simple random sample of the same n: s²_w n /(Σwx)² × (Σw)²/n² with
    s²_w = n/(n-1) Σ w e²/Σw; for a mean this is s²_w/n (Kish, Survey Sampling, 1965, 8.2)."""
    n = int(inside.sum())
    weight = float(design.weights[inside].sum())
    if n < 2:
        return np.nan
    spread = n / (n - 1.0) * float(np.sum(design.weights * residuals**2)) / weight
    simple = spread / n * (weight / base) ** 2
    return variance / simple if simple > 0 else np.nan
