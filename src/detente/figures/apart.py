"""Where do labels along one line stand so that none covers another and each is as near as can be to what it names?"""

from collections.abc import Sequence


def apart(wanted: Sequence[float], sizes: Sequence[float], *, ends: tuple[float, float]) -> list[float]:
    """Return the middles of labels of these sizes, in the order of what they name, with the least moving of all.

    Labels that would touch are pushed apart as a block around the mean of their wanted places; the whole is then kept
    between `ends` as far as it fits, and runs over the far end where it does not.

    >>> apart([10, 11, 50], [8, 8, 8], ends=(0, 60))
    [6.5, 14.5, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda k: (wanted[k], k))
    offsets, filled = [], 0.0
    for k in order:
        offsets.append(filled + sizes[k] / 2)
        filled += sizes[k]
    blocks: list[tuple[float, int]] = []  # the mean of what is wanted less the offset, and of how many labels
    for k, offset in zip(order, offsets, strict=True):
        mean, many = wanted[k] - offset, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, many = (mean * many + before * count) / (many + count), many + count
        blocks.append((mean, many))
    shifts = [mean for mean, many in blocks for _ in range(many)]
    last = max(ends[1] - filled, ends[0])
    places = [0.0] * len(wanted)
    for k, offset, shift in zip(order, offsets, shifts, strict=True):
        places[k] = min(max(shift, ends[0]), last) + offset
    return places
