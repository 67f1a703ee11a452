"""Candidate pairs of entries without comparing each with each.

Belongs here: keys by which two entries of different registers come to be compared (code, name, rare pieces of a name,
beginning of a name with and without one sign, address, place cell), and which entries a crowded key leaves out. Does
not belong here: how alike two entries are (``matching``).
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
CROWDED_CELL_DEGREES = 0.001  # in a crowded cell every pair up to 100 m apart still meets


def candidate_pairs(
    cores: Sequence[str],
    grams: Sequence[tuple[str, ...]],
    row_entity: IntArray,
    longitude: FloatArray,
    latitude: FloatArray,
    addresses: Sequence[str],
    codes: Sequence[str],
    sources: IntArray,
) -> tuple[IntArray, IntArray, dict[str, NDArray[np.bool_]]]:
    """Pairs ``(one < other)`` of entities that share a key and no register, each once, in order, and kind of key
    (``name``, ``address``, ``place``) → entities whose key more than ``LARGEST_BLOCK`` share, so that it made no pairs
    (of place: none over 100 m, or none at all).

    Args:
        cores, grams: name in one form and its pieces, one a name row; ``row_entity`` is the entity of each row.
        longitude, latitude, addresses, codes, sources: one an entity; ``sources`` are bits of registers.
    """
    count = len(sources)
    name, address = _numbers(cores), _numbers(addresses)
    cell_pairs, in_crowded_cell = _cell_pairs(longitude, latitude)
    found = [
        _pairs(_numbers(codes), np.arange(count)),
        _pairs(_numbers([code[8:17] if len(code) == 18 else code for code in codes]), np.arange(count)),
        _pairs(name, row_entity),
        _pairs(*_beginnings(cores, row_entity)),
        _pairs(address, np.arange(count)),
        _gram_pairs(grams, row_entity),
        cell_pairs,
    ]
    packed = np.unique(np.concatenate([_packed(one, other, sources) for one, other in found]))
    cut = {
        "name": np.isin(np.arange(count), row_entity[_block_sizes(name) > LARGEST_BLOCK]),
        "address": _block_sizes(address) > LARGEST_BLOCK,
        "place": in_crowded_cell,
    }
    return packed // max(count, 1), packed % max(count, 1), cut


def _beginnings(cores: Sequence[str], row_entity: IntArray) -> tuple[IntArray, IntArray]:
    """Keys of the first signs of each name, and of a Chinese one of what stays of its first five without each of them:
    two names that differ by one slip there (a sign swapped, dropped or another) share one.
    """
    known: dict[str, int] = {"": -1}
    keys: list[int] = []
    counts = np.zeros(len(cores), dtype=np.int64)
    for row, core in enumerate(cores):
        texts = [core[:PREFIX_SIGNS]]
        if not core.isascii():
            head = core[: PREFIX_SIGNS + 1]
            texts = list(dict.fromkeys(texts + [head[:i] + head[i + 1 :] for i in range(len(head))]))
        keys.extend(known.setdefault(text, len(known)) for text in texts)
        counts[row] = len(texts)
    return np.array(keys, dtype=np.int64), np.repeat(row_entity, counts)


def _packed(one: IntArray, other: IntArray, sources: IntArray) -> IntArray:
    low, high = np.minimum(one, other), np.maximum(one, other)
    wanted = (low != high) & ((sources[low] & sources[high]) == 0)
    return np.unique(low[wanted] * len(sources) + high[wanted])


def _numbers(texts: Sequence[str]) -> IntArray:
    """A number for each distinct text, -1 for the empty one."""
    known: dict[str, int] = {"": -1}
    return np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int64, len(texts))


def _block_sizes(keys: IntArray) -> IntArray:
    """How many rows share each row's key; 0 for a row without one."""
    if len(keys) == 0:
        return np.zeros(0, dtype=np.int64)
    return np.where(keys >= 0, np.bincount(np.maximum(keys, 0))[np.maximum(keys, 0)], 0)


def _pairs(keys: IntArray, entity: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of one key; keys of more than ``LARGEST_BLOCK`` rows are left out."""
    order = np.argsort(keys, kind="stable")
    keys, entity = keys[order], entity[order]
    size = _block_sizes(keys)
    used = (size > 1) & (size <= LARGEST_BLOCK)
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


def _cell_pairs(longitude: FloatArray, latitude: FloatArray) -> tuple[tuple[IntArray, IntArray], NDArray[np.bool_]]:
    """Pairs of neighbours, and which entities stand in a crowded cell: they meet those up to 100 m away only, or none
    where that is crowded too.
    """
    placed = np.flatnonzero(~np.isnan(longitude) & ~np.isnan(latitude))
    wide, is_crowded = _neighbours(placed, longitude, latitude, CELL_DEGREES)
    close, _ = _neighbours(np.flatnonzero(is_crowded), longitude, latitude, CROWDED_CELL_DEGREES)
    return (np.concatenate([wide[0], close[0]]), np.concatenate([wide[1], close[1]])), is_crowded


def _neighbours(
    placed: IntArray, longitude: FloatArray, latitude: FloatArray, cell_degrees: float
) -> tuple[tuple[IntArray, IntArray], NDArray[np.bool_]]:
    # a degree of longitude is shorter towards the poles: cells are widened so that they keep their size in metres
    width = cell_degrees / np.cos(np.radians(np.minimum(np.abs(latitude[placed]).max(initial=0.0), 85.0)))
    east = np.floor(longitude[placed] / width).astype(np.int64)
    north = np.floor(latitude[placed] / cell_degrees).astype(np.int64)
    one: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    other: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    is_crowded = np.zeros(len(longitude), dtype=bool)
    # an entry meets those of its own cell and of four of the eight beside it; the other four meet it from their side
    for east_step, north_step in ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)):
        keys = np.concatenate([_cell(east, north), _cell(east + east_step, north + north_step)])
        side = np.repeat([0, 1], len(placed))
        numbers = np.unique(keys, return_inverse=True)[1]
        index = np.concatenate([placed, placed]) * 2 + side
        is_crowded[index[_block_sizes(numbers) > LARGEST_BLOCK] >> 1] = True
        left, right = _pairs(numbers, index)
        crossed = (left & 1) != (right & 1)
        one.append(left[crossed] >> 1)
        other.append(right[crossed] >> 1)
    return (np.concatenate(one), np.concatenate(other)), is_crowded


def _cell(east: IntArray, north: IntArray) -> IntArray:
    return (east + 500_000) * 2_000_000 + north + 500_000
