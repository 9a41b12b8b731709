"""How is a likelihood said, and apart from it a confidence: the words, the numbers, the sentence and the checklist?

Likelihood is about the event: how often it comes about in which cases. Confidence is about the judgement: what it rests
on. The two never stand in one sentence (ICD 203, Analytic Standards, Office of the Director of National Intelligence).
"""

from detente.brief.estimative.confidence import (
    Checklist,
    Level,
    Line,
    Suggested,
    checklist,
    confidence,
    require_signed,
    signature,
)
from detente.brief.estimative.rates import ClassRate, class_rate, dated_rate, likelihood
from detente.brief.estimative.scales import (
    ICD203,
    IPCC,
    PHIA,
    SCALES,
    STEP,
    Band,
    Scale,
    ScaleName,
    Term,
    band_of,
    five_point,
    in_words,
    odds,
    stepped,
    stepped_interval,
)

__all__ = [
    "ICD203",
    "IPCC",
    "PHIA",
    "SCALES",
    "STEP",
    "Band",
    "Checklist",
    "ClassRate",
    "Level",
    "Line",
    "Scale",
    "ScaleName",
    "Suggested",
    "Term",
    "band_of",
    "checklist",
    "class_rate",
    "confidence",
    "dated_rate",
    "five_point",
    "in_words",
    "likelihood",
    "odds",
    "require_signed",
    "signature",
    "stepped",
    "stepped_interval",
]
