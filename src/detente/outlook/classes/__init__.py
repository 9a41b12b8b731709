"""How often did it come about in cases of the kind: reference classes with k, n, interval and definition?"""

from detente.outlook.classes.chosen import EVENTS, PERIODS, Chain, Classes, Deciding, EventName, classes_for
from detente.outlook.classes.dated import DATED, DATED_RULES, Dated, DatedClass, DatedEvent, by_day
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
from detente.outlook.classes.responses import ANSWER_DAYS, Response, responses
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
    "ANSWER_DAYS",
    "DATED",
    "DATED_RULES",
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
    "Dated",
    "DatedClass",
    "DatedEvent",
    "Deciding",
    "Event",
    "EventName",
    "Feature",
    "Features",
    "Incidence",
    "Nested",
    "Pooled",
    "ReferenceClass",
    "Response",
    "Source",
    "Suggestion",
    "beta_bounds",
    "by_day",
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
    "responses",
    "shrunk",
    "wilson",
]
