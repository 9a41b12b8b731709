"""How often did it come about in cases of the kind: reference classes with k, n, interval and definition?"""

from detente.outlook.classes.chosen import EVENTS, PERIODS, Chain, Classes, Deciding, EventName, classes_for
from detente.outlook.classes.features import (
    REASONS,
    VALUES,
    Feature,
    Features,
    Suggestion,
    features_of,
    proposed,
)
from detente.outlook.classes.intervals import Bounds, beta_bounds, wilson
from detente.outlook.classes.nested import PRIOR_CASES, Nested, nested, shrunk
from detente.outlook.classes.pooling import EARNED, MOST_SHIFT, Pooled, log_pool, pooled
from detente.outlook.classes.table import (
    DAYS,
    ENDS,
    Condition,
    Event,
    Incidence,
    ReferenceClass,
    Source,
    incidence,
    incidences,
    rate,
    rates,
)

__all__ = [
    "DAYS",
    "EARNED",
    "ENDS",
    "EVENTS",
    "MOST_SHIFT",
    "PERIODS",
    "PRIOR_CASES",
    "REASONS",
    "VALUES",
    "Bounds",
    "Chain",
    "Classes",
    "Condition",
    "Deciding",
    "Event",
    "EventName",
    "Feature",
    "Features",
    "Incidence",
    "Nested",
    "Pooled",
    "ReferenceClass",
    "Source",
    "Suggestion",
    "beta_bounds",
    "classes_for",
    "features_of",
    "incidence",
    "incidences",
    "log_pool",
    "nested",
    "pooled",
    "proposed",
    "rate",
    "rates",
    "shrunk",
    "wilson",
]
