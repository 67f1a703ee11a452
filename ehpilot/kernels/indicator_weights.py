"""Weights that data give to indicators: entropy, CRITIC, and how they are joined with experts' weights.

Entropy (Shannon 1948; as weights: Zeleny, Multiple Criteria Decision Making, 1982; Hwang and Yoon, Multiple Attribute
Decision Making, 1981, 3.2.2): p_ij = x_ij/Σ_i x_ij, e_j = -Σ_i p_ij ln p_ij / ln m with 0·ln 0 = 0, w_j ∝ 1 - e_j.

CRITIC (Diakoulaki, Mavrotas and Papayannakis, Computers and Operations Research 22, 1995, 763-770): values scaled to
0-1 between the worst and the best, information C_j = σ_j Σ_k (1 - r_jk), w_j ∝ C_j.

Both read differences among m units out of m rows. They have **no base** and are refused, with the reason, where there
are fewer units than asked for (one zone and two years say nothing), where a value is unknown, where an indicator is
negative (entropy) or where no indicator differs at all. An indicator that alone is constant has no information: entropy
gives it the weight 0, CRITIC too (its correlations are taken as 1: it conflicts with nobody).

Combination: w ∝ √(w_subjective · w_objective), dimensionless, sums to 1.

Does not belong here: experts' judgements (``pairwise_comparison``), which units are compared, how values are normalised
for the index (``composite_index``)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ObjectiveWeights:
    """Weights (n,) that sum to 1; where there is no base for them all are NaN and ``refusal`` is a reason code:
    ``FEW-UNITS``, ``UNKNOWN-VALUE``, ``NEGATIVE-VALUE``, ``NO-DIFFERENCE``; '' otherwise."""

    weights: Floats
    refusal: str


def _refusal(values: Floats, minimum_units: int, non_negative: bool) -> str:
    if values.ndim != 2:
        raise ValueError("values are units x indicators")
    if len(values) < max(minimum_units, 2):
        return "FEW-UNITS"
    if not np.isfinite(values).all():
        return "UNKNOWN-VALUE"
    if non_negative and (values < 0).any():
        return "NEGATIVE-VALUE"
    return "NO-DIFFERENCE" if not (np.ptp(values, axis=0) > 0).any() else ""


def entropy_weights(values: ArrayLike, minimum_units: int = 2) -> ObjectiveWeights:
    """Entropy weights of n indicators from m units: ``values`` (m, n) ≥ 0, in any unit, larger is better (normalised
    scores: the method is not free of a shift)."""
    table = np.asarray(values, dtype=np.float64)
    refusal = _refusal(table, minimum_units, non_negative=True)
    if refusal:
        return ObjectiveWeights(np.full(table.shape[1], np.nan), refusal)
    total = table.sum(axis=0)
    # all values 0: nothing differs, the entropy is the largest there is
    share = np.divide(table, total, out=np.full_like(table, 1.0 / len(table)), where=total > 0)
    logarithm = np.log(share, out=np.zeros_like(share), where=share > 0)
    information = 1.0 + (share * logarithm).sum(axis=0) / np.log(len(table))
    information = np.where(np.ptp(table, axis=0) > 0, np.maximum(information, 0.0), 0.0)
    return ObjectiveWeights(information / information.sum(), "")


def critic_weights(values: ArrayLike, minimum_units: int = 3) -> ObjectiveWeights:
    """CRITIC weights of n indicators from m units: ``values`` (m, n), larger is better, in any unit. With two units
    every correlation is 1 or -1, so three are the least."""
    table = np.asarray(values, dtype=np.float64)
    refusal = _refusal(table, max(minimum_units, 3), non_negative=False)
    if refusal:
        return ObjectiveWeights(np.full(table.shape[1], np.nan), refusal)
    low, width = table.min(axis=0), np.ptp(table, axis=0)
    scaled = np.divide(table - low, width, out=np.zeros_like(table), where=width > 0)
    deviation = scaled.std(axis=0, ddof=1)
    # a constant column tells nothing that another does not: its correlations are taken as 1
    information = deviation * (1.0 - np.nan_to_num(correlations(scaled), nan=1.0)).sum(axis=1)
    total = information.sum()
    if not total > 1e-12:  # all differ alike: nothing tells them apart
        return ObjectiveWeights(np.full(table.shape[1], np.nan), "NO-DIFFERENCE")
    return ObjectiveWeights(np.maximum(information, 0.0) / total, "")


def correlations(values: ArrayLike) -> Floats:
    """Pearson correlations (n, n) of n columns of m rows without unknowns; NaN with and of a constant column."""
    table = np.asarray(values, dtype=np.float64)
    centred = table - table.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    differs = np.ptp(table, axis=0) > 0
    unit = np.divide(centred, length, out=np.zeros_like(centred), where=differs)
    # sums of rows in order, not a matrix product: the same bits with any number of threads
    product = (unit[:, :, None] * unit[:, None, :]).sum(axis=0)
    return np.where(differs[:, None] & differs[None, :], np.clip(product, -1.0, 1.0), np.nan)


def combined_weights(subjective: ArrayLike, objective: ArrayLike) -> Floats:
    """Weights ∝ √(subjective · objective), (n,), sum 1. ``ValueError`` where the two have nothing in common: then all
    products are 0; and on a weight that is negative or unknown."""
    one, other = np.asarray(subjective, dtype=np.float64), np.asarray(objective, dtype=np.float64)
    if not (np.isfinite(one) & (one >= 0)).all() or not (np.isfinite(other) & (other >= 0)).all():
        raise ValueError("a weight is a number and not negative")
    product = np.sqrt(one * other)
    if not product.sum() > 0:
        raise ValueError("no indicator has both weights")
    return product / product.sum()
