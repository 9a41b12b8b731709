"""How does numpy add rows to rows without copying them first?"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

USUAL = 8192  # numbers in numpy's buffer, unless somebody set another


@contextmanager
def short_rows(length: int) -> Iterator[None]:
    """Make numpy's buffer too small for two rows of this length while broadcasting goes on.

    Where several rows fit into its buffer, numpy copies broadcast operands there, which takes longer than the sum.
    """
    before = np.setbufsize(min(USUAL, max(16, length // 16 * 16)))
    try:
        yield
    finally:
        np.setbufsize(before)
