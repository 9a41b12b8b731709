"""How far off would the models have been on decisions that were taken?"""

from detente.backtest.models import MODELS, Model, models
from detente.backtest.past import PastDecision
from detente.backtest.trials import SEED, Against, Backtest, Interval, Scored, Trial, backtest

__all__ = [
    "MODELS",
    "SEED",
    "Against",
    "Backtest",
    "Interval",
    "Model",
    "PastDecision",
    "Scored",
    "Trial",
    "backtest",
    "models",
]
