"""How does every input fill its range evenly, while none of them knows of the others?

Each path has a sequence of its own. With i the number of a draw among all, counted from 0, rev the reversal of its 32
bits, and L_k a permutation of 32-bit words under key k in which a bit depends on lower bits only,

    u(i) = (rev(L_b(rev(L_a(rev(i))))) + 1/2) / 2^32                                                               (1)

rev(i) is the first dimension of the Sobol sequence; L_a shuffles the draws, nested, so that two paths are out of step;
L_b between two reversals scrambles the numbers as Owen does. The keys are the first 64 bits of the SHA-256 of seed and
path: editing, adding or removing an input leaves every other column as it is. Of every 2^k draws that begin at a
multiple of 2^k exactly one lies in each interval of length 2^-k. What an answer owes to single inputs is averaged
nearly without noise; what it owes to two of them together is a little noisier than with independent numbers (the
correlation of two columns of n draws has a standard deviation of about 1.26 / sqrt(n), not 1 / sqrt(n)).

Sources: Owen (1995), in Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing; of (1), Burley (2020),
Practical Hash-based Owen Scrambling, Journal of Computer Graphics Techniques 9(4), after Laine and Karras (2011); of
the constants of L, Vegdahl (2021), Building a Better LK Hash.
"""

import hashlib

import numpy as np
from jaxtyping import Float, UInt32

from detente.errors import UsageError

MOST = 2**32  # draws that one sequence has
_KEY = 2**32
_SWAPS = (
    (np.uint32(1), np.uint32(0x55555555)),
    (np.uint32(2), np.uint32(0x33333333)),
    (np.uint32(4), np.uint32(0x0F0F0F0F)),
)
_HALF = np.uint32(16)
_ONE = np.uint32(1)
_BEFORE = np.uint32(0x3D20ADEA)
_AFTER = (np.uint32(0x05526C56), np.uint32(0x53A22864))


def stratified(path: str, draws: int, *, seed: int, first: int = 0) -> Float[np.ndarray, "draw"]:
    """Return the numbers of equation (1) for one path, strictly between 0 and 1, from draw `first` on.

    Raises UsageError where a draw beyond the first 2^32 is asked for.

    >>> np.sort(np.floor(stratified("a.b", 8, seed=1) * 8)).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    """
    if first + draws > MOST:
        raise UsageError(
            f"Draw {first + draws - 1} was asked for: a Sobol sequence has {MOST:,} draws, counted from 0. "
            "Ask for fewer draws, or for the sampler 'independent'."
        )
    digest = hashlib.sha256(f"sobol\n{seed}\n{path}".encode()).digest()
    shuffle, scramble = (np.uint32(int.from_bytes(digest[at : at + 4], "little")) for at in (0, 4))
    number = _reversed(np.arange(first, first + draws, dtype=np.uint32))
    place = _reversed(_permuted(_reversed(_permuted(number, shuffle)), scramble))
    return np.asarray((place + 0.5) / _KEY)


def _reversed(word: UInt32[np.ndarray, "draw"]) -> UInt32[np.ndarray, "draw"]:
    for step, mask in _SWAPS:
        word = ((word >> step) & mask) | ((word & mask) << step)
    return np.asarray(word.byteswap())


def _permuted(word: UInt32[np.ndarray, "draw"], key: np.uint32) -> UInt32[np.ndarray, "draw"]:
    """Permute words; as every constant that a word is multiplied with before ^ is even, bits look downwards only."""
    word = word ^ (word * _BEFORE)
    word = (word + key) * ((key >> _HALF) | _ONE)
    for constant in _AFTER:
        word = word ^ (word * constant)
    return word
