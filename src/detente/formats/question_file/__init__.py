r"""How are questions, what was said of them and how they came out written down by hand, to go into a ledger at once?

    by: A. Analyst
    as_of: 2026-02-08
    questions:
      - id: further-round
        text: Will a further round be held by 28 February 2026?
        criteria: Yes if either side or the mediator says that one was held.
        closes: 2026-02-28
        forecasts:
          - {probability: 0.8, comparisons: [{name: crowd, probability: 0.7}]}
        resolution: {outcome: yes, on: 2026-02-17}

`forecasts` and `resolutions` may also stand at the top, each with the `question` that it speaks of. As JSON lines every
line is one question, one forecast or one resolution. `by` and `as_of` at the top hold wherever nothing else is said.

>>> from detente.formats.score_table import Source
>>> text = b"by: A\nas_of: 2026-02-08\nquestions: [{id: round, text: A round?, closes: 2026-02-28}]\n"
>>> [entry.kind for entry in read(Source("questions.yaml", text), version="1")]
['question']
"""

from detente.formats.question_file.reading import is_question_file, read
from detente.formats.question_file.writing import written

__all__ = ["is_question_file", "read", "written"]
