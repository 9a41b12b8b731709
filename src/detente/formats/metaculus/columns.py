"""What are the columns and types of Metaculus called, and which do we add?

The names are those of the data download of Metaculus (`question_data.csv`, `forecast_data.csv`) and of its interface
for programs, as of 2026. What we add stands behind their columns, or under `detente` in JSON, and other programs pass
over it.
"""

from typing import Final

QUESTION_ID: Final = "Question ID"
QUESTIONS: Final = (
    QUESTION_ID, "Question URL", "Question Title", "Post ID", "Post Curation Status", "Post Published Time",
    "Default Project", "Default Project ID", "Label", "Question Type", "MC Options", "Lower Bound", "Open Lower Bound",
    "Upper Bound", "Open Upper Bound", "Continuous Range", "Open Time", "CP Reveal Time", "Scheduled Close Time",
    "Actual Close Time", "Resolution", "Resolution Known Time", "Include Bots in Aggregates", "Question Weight",
)  # fmt: skip
OUR_QUESTIONS: Final = (
    "Slug", "Kind", "Resolution Criteria", "Sources", "Unit", "Cluster", "Topics", "Given Question", "Given Outcome",
    "Given Within Days", "About", "Asked By", "As Of", "State",
)  # fmt: skip
PERCENTILES: Final = (
    ("5th Percentile", 0.05), ("25th Percentile", 0.25), ("Median", 0.5), ("75th Percentile", 0.75),
    ("95th Percentile", 0.95),
)  # fmt: skip
FORECASTS: Final = (
    QUESTION_ID, "Forecaster ID", "Forecaster Username", "Start Time", "End Time", "Forecaster Count",
    "Probability Yes", "Probability Yes Per Category", "Continuous CDF", "Probability Below Lower Bound",
    "Probability Above Upper Bound", *(name for name, _ in PERCENTILES), "Probability of Resolution",
    "PDF at Resolution",
)  # fmt: skip
OUR_FORECASTS: Final = ("Slug", "As Of", "Lapses", "Analysis", "Quantiles", "Recorded Time", "Retrospective")
NEEDED_OF_QUESTIONS: Final = (QUESTION_ID, "Question Title", "Question Type", "Scheduled Close Time", "Resolution")
NEEDED_OF_FORECASTS: Final = (QUESTION_ID, "Start Time", "Probability Yes")
POINTS: Final = 201  # of a distribution function, both ends included

OURS: Final = "detente"
BINARY: Final = "binary"
CHOICE: Final = "multiple_choice"
NUMBERS: Final = ("numeric", "discrete")
NEITHER: Final = ("ambiguous", "annulled")
EDGES: Final = ("below_lower_bound", "above_upper_bound")
