"""Ranges become draws, in chunks that any number of workers may do; what comes of them is merged in their order."""

from detente.ensemble.bodies import BINS, Spread, spread
from detente.ensemble.chunks import Chunk, Drawing, Keeper, Part, Progress, chunks, gathered
from detente.ensemble.copula import correlated
from detente.ensemble.executors import Workers, executor
from detente.ensemble.inputs import Share, draw_inputs, drawn, share, stream, triangular, uniform
from detente.ensemble.kept import Kept, request_key
from detente.ensemble.packed import digest
from detente.ensemble.reducers import CoMoments, Count, Histogram, Moments, Reservoir
from detente.ensemble.sampling import SIZE, Correlation, Sampler, Sampling, Shape

__all__ = [
    "BINS",
    "SIZE",
    "Chunk",
    "CoMoments",
    "Correlation",
    "Count",
    "Drawing",
    "Histogram",
    "Keeper",
    "Kept",
    "Moments",
    "Part",
    "Progress",
    "Reservoir",
    "Sampler",
    "Sampling",
    "Shape",
    "Share",
    "Spread",
    "Workers",
    "chunks",
    "correlated",
    "digest",
    "draw_inputs",
    "drawn",
    "executor",
    "gathered",
    "request_key",
    "share",
    "spread",
    "stream",
    "triangular",
    "uniform",
]
