"""Candidate pairs of entries without comparing each with each.

Belongs here: keys by which two entries of different registers come to be compared (code, name, rare pieces of a name,
beginning of a name, address, place cell). Does not belong here: how alike two entries are (``matching``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
LARGEST_BLOCK = 120  # entries of one key beyond which the key says nothing
RARE_GRAMS = 3  # pieces of a name that are used: its rarest
PREFIX_SIGNS = 4
CELL_DEGREES = 0.005  # 500 m or more in latitude; with the cells beside it, every pair up to 500 m apart meets


def candidate_pairs(
    cores: Sequence[str],
    grams: Sequence[tuple[str, ...]],
    row_entity: IntArray,
    longitude: FloatArray,
    latitude: FloatArray,
    addresses: Sequence[str],
    codes: Sequence[str],
    sources: IntArray,
) -> tuple[IntArray, IntArray]:
    """Pairs ``(one < other)`` of entities that share a key and no register, each once, in order.

    Args:
        cores, grams: name in one form and its pieces, one a name row; ``row_entity`` is the entity of each row.
        longitude, latitude, addresses, codes, sources: one an entity; ``sources`` are bits of registers.
    """
    count = len(sources)
    found = [
        _pairs(_numbers(codes), np.arange(count)),
        _pairs(_numbers([code[8:17] if len(code) == 18 else code for code in codes]), np.arange(count)),
        _pairs(_numbers(cores), row_entity),
        _pairs(_numbers([core[:PREFIX_SIGNS] for core in cores]), row_entity),
        _pairs(_numbers(addresses), np.arange(count)),
        _gram_pairs(grams, row_entity),
        _cell_pairs(longitude, latitude),
    ]
    packed = np.unique(np.concatenate([_packed(one, other, sources) for one, other in found]))
    return packed // max(count, 1), packed % max(count, 1)


def _packed(one: IntArray, other: IntArray, sources: IntArray) -> IntArray:
    low, high = np.minimum(one, other), np.maximum(one, other)
    wanted = (low != high) & ((sources[low] & sources[high]) == 0)
    return np.unique(low[wanted] * len(sources) + high[wanted])


def _numbers(texts: Sequence[str]) -> IntArray:
    """A number for each distinct text, -1 for the empty one."""
    known: dict[str, int] = {"": -1}
    return np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int64, len(texts))


def _pairs(keys: IntArray, entity: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of one key; keys of more than ``LARGEST_BLOCK`` rows are left out."""
    order = np.argsort(keys, kind="stable")
    keys, entity = keys[order], entity[order]
    size = np.bincount(keys - keys.min(initial=0))[keys - keys.min(initial=0)] if len(keys) else keys
    used = (keys >= 0) & (size > 1) & (size <= LARGEST_BLOCK)
    keys, entity = keys[used], entity[used]
    one: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    other: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    for step in range(1, min(LARGEST_BLOCK, len(keys))):
        same = np.flatnonzero(keys[:-step] == keys[step:])
        if len(same) == 0:
            break
        one.append(entity[same])
        other.append(entity[same + step])
    return np.concatenate(one), np.concatenate(other)


def _gram_pairs(grams: Sequence[tuple[str, ...]], row_entity: IntArray) -> tuple[IntArray, IntArray]:
    known: dict[str, int] = {"": -1}
    sizes = np.fromiter((len(pieces) for pieces in grams), np.int64, len(grams))
    keys = np.fromiter(
        (known.setdefault(piece, len(known)) for pieces in grams for piece in pieces), np.int64, int(sizes.sum())
    )
    row = np.repeat(np.arange(len(grams)), sizes)
    frequency = np.bincount(np.maximum(keys, 0))[np.maximum(keys, 0)] if len(keys) else keys
    useful = (keys >= 0) & (frequency > 1)
    keys, row, frequency = keys[useful], row[useful], frequency[useful]
    order = np.lexsort((keys, frequency, row))
    keys, row = keys[order], row[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    rare = place < RARE_GRAMS
    return _pairs(keys[rare], row_entity[row[rare]])


def _cell_pairs(longitude: FloatArray, latitude: FloatArray) -> tuple[IntArray, IntArray]:
    placed = np.flatnonzero(~np.isnan(longitude) & ~np.isnan(latitude))
    # a degree of longitude is shorter towards the poles: cells are widened so that they stay 500 m or more
    width = CELL_DEGREES / np.cos(np.radians(np.minimum(np.abs(latitude[placed]).max(initial=0.0), 85.0)))
    east = np.floor(longitude[placed] / width).astype(np.int64)
    north = np.floor(latitude[placed] / CELL_DEGREES).astype(np.int64)
    one: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    other: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    # an entry meets those of its own cell and of four of the eight beside it; the other four meet it from their side
    for east_step, north_step in ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)):
        keys = np.concatenate([_cell(east, north), _cell(east + east_step, north + north_step)])
        side = np.repeat([0, 1], len(placed))
        numbers = np.unique(keys, return_inverse=True)[1]
        index = np.concatenate([placed, placed]) * 2 + side
        left, right = _pairs(numbers, index)
        crossed = (left & 1) != (right & 1)
        one.append(left[crossed] >> 1)
        other.append(right[crossed] >> 1)
    return np.concatenate(one), np.concatenate(other)


def _cell(east: IntArray, north: IntArray) -> IntArray:
    return (east + 200_000) * 1_000_000 + north + 100_000
