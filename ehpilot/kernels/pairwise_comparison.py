"""Weights from pairwise comparisons: the analytic hierarchy process (AHP).

Source: Saaty, The Analytic Hierarchy Process (1980), chapters 2 and 3; Saaty, "How to make a decision", European
Journal of Operational Research 48 (1990) 9-26. A judgement a_ij says how many times i matters as much as j. The weights
are the principal right eigenvector of the matrix, scaled to sum to 1; the consistency index is CI = (λmax - n)/(n - 1),
the consistency ratio CR = CI/RI with RI the mean CI of random reciprocal matrices of that size, an argument (seed
``ahp_random_index``). Several experts: the geometric mean of their judgements, element by element, the only mean that
keeps a matrix reciprocal and the group free of order (Aczél and Saaty, Journal of Mathematical Psychology 27, 1983,
93-102).

The pair named as worst is the one whose judgement is furthest from the ratio of the weights, the largest max(a_ij
w_j/w_i, a_ji w_i/w_j) (Saaty, "Decision-making with the AHP: why is the principal eigenvector necessary", European
Journal of Operational Research 145, 2003, 85-91).

A matrix that is not complete, not positive or not reciprocal is refused, never repaired: nobody knows which of the two
cells the expert meant. Judgements are numbers here; what text stands for them (1/3, 0.333) is the intake's.

``hierarchy_weights`` stands for itself, held by tests: the experts' matrices that land compare criteria of one level.

Does not belong here: weights from data (``indicator_weights``), the index itself, which file an expert handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# 1/3 is written 0.33 or 0.333 in files, 1/6 as 0.17: a_ij a_ji may be this far from 1 and the pair still be reciprocal;
# the last digits let 6 · 0.17 = 1.02, which is not exact in binary, count as within
RECIPROCAL_TOLERANCE = 0.02 + 1e-9

# λmax ≥ n holds for every positive reciprocal matrix, with equality for a consistent one (Saaty 1980, chapter 7): less
# than this share above n is rounding of the eigenvalues, and below n is what 0.33 for a third leaves
EIGENVALUE_ROUNDING = 1e-12


@dataclass(frozen=True)
class Priorities:
    """Weights (n,) that sum to 1, ``lambda_max``, consistency index and ratio (0 for n ≤ 2 and for a matrix consistent
    within rounding, never below; NaN where no random index of that size is known), and the two numbers of the pair that
    fits worst (-1, -1 where n < 3)."""

    weights: Floats
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    worst_pair: tuple[int, int]


def fault_of(matrix: ArrayLike) -> tuple[str, tuple[int, int]] | None:
    """Why a matrix (n, n) is no pairwise comparison, with the first pair at fault by row and column; None where it is
    one.

    ``AHP-INCOMPLETE`` a cell is unknown (NaN) or the matrix is not square, ``AHP-NOT-POSITIVE`` a judgement is 0 or
    below, ``AHP-NOT-RECIPROCAL`` a_ij a_ji is not 1 (the diagonal included) within ``RECIPROCAL_TOLERANCE``."""
    cells = np.asarray(matrix, dtype=np.float64)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or not cells.size:
        return "AHP-INCOMPLETE", (-1, -1)
    is_known = np.isfinite(cells)
    known = np.where(is_known, cells, 1.0)
    for code, bad in (
        ("AHP-INCOMPLETE", ~is_known),
        ("AHP-NOT-POSITIVE", known <= 0),
        ("AHP-NOT-RECIPROCAL", np.abs(known * known.T - 1.0) > RECIPROCAL_TOLERANCE),
    ):
        if bad.any():
            row, column = np.argwhere(bad)[0]
            return code, (int(row), int(column))
    return None


def priorities(matrix: ArrayLike, random_index: float) -> Priorities:
    """Weights and consistency of one reciprocal matrix (n, n) of positive judgements. ``random_index``: RI of size n (>
    0), NaN where unknown; not used for n ≤ 2, which cannot contradict itself. ``ValueError`` with the code of
    ``fault_of``, or where the random index is 0 or below."""
    cells = np.asarray(matrix, dtype=np.float64)
    fault = fault_of(cells)
    if fault is not None:
        raise ValueError(f"{fault[0]} at {fault[1]}")
    size = len(cells)
    values, vectors = np.linalg.eig(cells)
    place = int(np.argmax(values.real))
    weights = np.abs(vectors[:, place].real)
    weights = weights / weights.sum()
    lambda_max = float(values[place].real)
    if size < 3:
        return Priorities(weights, lambda_max, 0.0, 0.0, (-1, -1))
    if random_index <= 0:
        raise ValueError("the random index of three or more items is above 0")
    above = lambda_max - size
    index = above / (size - 1.0) if above > EIGENVALUE_ROUNDING * size else 0.0
    return Priorities(weights, lambda_max, index, index / random_index, worst_pair(cells, weights))


def worst_pair(matrix: ArrayLike, weights: ArrayLike) -> tuple[int, int]:
    """The pair (i, j), i < j, whose judgement is furthest from w_i/w_j, either way; of equals the first by row and
    column. ``matrix`` (n, n) positive, ``weights`` (n,) positive."""
    cells, weight = np.asarray(matrix, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    distance = np.abs(np.log(cells * weight[None, :] / weight[:, None]))
    # rounded: equal distances that differ in the last bits must not choose by the processor
    upper = np.where(np.triu(np.ones_like(distance), k=1) > 0, np.round(distance, 12), -1.0)
    row, column = np.unravel_index(int(np.argmax(upper)), upper.shape)
    return int(row), int(column)


def combined_judgements(matrices: ArrayLike) -> Floats:
    """One matrix (n, n) out of those of m experts (m, n, n): the geometric mean of each judgement. All must be
    reciprocal: who is inconsistent is left out before. ``ValueError`` without any expert."""
    stack = np.asarray(matrices, dtype=np.float64)
    if stack.ndim != 3 or not len(stack):
        raise ValueError("judgements of at least one expert are needed")
    return np.asarray(np.exp(np.log(stack).mean(axis=0)))


def hierarchy_weights(dimension_weights: ArrayLike, within: list[ArrayLike]) -> Floats:
    """Weights of all indicators in the order of ``within``: weight of the dimension (d,) times weight of the indicator
    in it (one array a dimension, each summing to 1). They sum to 1 (Saaty 1980, chapter 4, hierarchic composition)."""
    shares = np.asarray(dimension_weights, dtype=np.float64)
    return np.concatenate([share * np.asarray(part, float) for share, part in zip(shares, within, strict=True)])
