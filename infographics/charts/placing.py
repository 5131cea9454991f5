"""Finds places for labels that want to stand at the same height."""

from collections.abc import Sequence
from itertools import pairwise


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Middles of labels without overlaps, each as near as possible to where it is wanted, between top and bottom.

    Labels that collide are moved as one block, whose middle stays where the middle of its wishes is.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    offsets = [0.0]
    for before, after in pairwise(order):
        offsets.append(offsets[-1] + (heights[before] + heights[after]) / 2)
    blocks: list[tuple[float, int]] = []  # mean of the wishes less the offsets, and how many labels
    for index, offset in zip(order, offsets, strict=True):
        mean, count = wanted[index] - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        blocks.append((mean, count))
    lowest = bottom - heights[order[-1]] / 2 - offsets[-1]
    highest = top + heights[order[0]] / 2
    starts = [max(highest, min(lowest, mean)) for mean, count in blocks for _label in range(count)]
    places = dict(zip(order, (start + offset for start, offset in zip(starts, offsets, strict=True)), strict=True))
    return [places[index] for index in range(len(wanted))]
