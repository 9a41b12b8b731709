r"""What do scores come to over all cases, if each case counts so many times?

With e_i the score of case i and m_i how often it counts,

    mean = sum_i m_i e_i / sum_i m_i,     root mean square = sqrt(sum_i m_i e_i^2 / sum_i m_i)                     (1)

and the median is the middle of the scores, each written down m_i times: of an even number the mean of the two in the
middle. These are what `estimate` takes as its statistic. Source of counting cases
so: Efron and Tibshirani (1993), An Introduction to the Bootstrap.

>>> scores, often = np.array([1.0, 2.0, 9.0]), np.array([[1, 1, 1], [0, 2, 2]])
>>> mean(scores, often), median(scores, often)
(array([4. , 5.5]), array([2. , 5.5]))
>>> root_mean_square(np.array([3.0, 5.0]), np.array([[1, 0]]))
array([3.])
"""

import numpy as np
from jaxtyping import Float, Int


def mean(score: Float[np.ndarray, "case"], times: Int[np.ndarray, "draw case"]) -> Float[np.ndarray, "draw"]:
    """Return the mean in every draw, equation (1)."""
    # No matrix product: how those are summed depends on the library beneath, and with it the last digit.
    return np.asarray(np.einsum("dc,c->d", times, score) / times.sum(axis=-1))


def root_mean_square(
    score: Float[np.ndarray, "case"], times: Int[np.ndarray, "draw case"]
) -> Float[np.ndarray, "draw"]:
    """Return the root of the mean of the squares in every draw, equation (1)."""
    return np.asarray(np.sqrt(mean(score**2, times)))


def median(score: Float[np.ndarray, "case"], times: Int[np.ndarray, "draw case"]) -> Float[np.ndarray, "draw"]:
    """Return the median in every draw."""
    order = np.argsort(score, kind="stable")
    ascending, upto = score[order], np.cumsum(times[:, order], axis=-1)
    total = upto[:, -1:]
    lower = (upto * 2 >= total).argmax(axis=-1)
    upper = (upto * 2 > total).argmax(axis=-1)
    return np.asarray((ascending[lower] + ascending[upper]) / 2)
