"""Ranges become draws, in chunks that any number of workers may do; what comes of them is merged in their order."""

from detente.ensemble.bodies import BINS, Spread, spread
from detente.ensemble.chunks import SIZE, Chunk, Drawing, chunks, gathered
from detente.ensemble.inputs import Share, draw_inputs, share, stream, triangular, uniform

__all__ = [
    "BINS",
    "SIZE",
    "Chunk",
    "Drawing",
    "Share",
    "Spread",
    "chunks",
    "draw_inputs",
    "gathered",
    "share",
    "spread",
    "stream",
    "triangular",
    "uniform",
]
