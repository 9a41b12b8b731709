"""How good were the forecasts of each forecaster, how sure is that, and how do they stand beside the others?

    brier     half the sum over answers of (chance - outcome)^2, which is (p - y)^2 for yes or no; less is better
    log       - ln of the chance of what happened, moved into `clip` to 1 - `clip`; less is better
    baseline  100 ln (chance x answers) / ln answers, of a value 50 ln (density x scale); 0 for knowing nothing
    peer      100 x how much more ln chance than the others of the same question on average; 0 as good as they
    rps       ranked probability score of ordered answers, 0 to 1; less is better
    crps      continuous ranked probability score, as a share of the scale; less is better
    interval  score of the widest central interval of each forecast, as a share of the scale; less is better

Every mean is one over questions, weighted over time by how long a forecaster stood by something. Its interval is from
draws of whole clusters: of one cluster alone it has no width and says nothing, of fewer than some thirty it is too
narrow. Differences and skills are on the questions of both. Over time a chance that is looked at (calibration,
discrimination, sharpness, the Murphy decomposition) is the mean of those said of a question.
"""

from detente.ledger.scoring.cases import LESS_IS_BETTER, SCORES, Score
from detente.ledger.scoring.result import Difference, Measured, Part, Scored, Track
from detente.ledger.scoring.score import score

__all__ = [
    "LESS_IS_BETTER",
    "SCORES",
    "Difference",
    "Measured",
    "Part",
    "Score",
    "Scored",
    "Track",
    "score",
]
