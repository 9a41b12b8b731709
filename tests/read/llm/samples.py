"""What the tests ask a model about: an invented report, and items as a model would return them."""

REPORT = """Zambia and Malawi talk about the lake

Zambia demanded on Monday that Malawi open its border. Malawi refused to discuss the border, a Malawian spokesman said.
Zambia warned that it would close the bridge unless Malawi withdrew its troops from the valley. Malawi denied
that it had moved any troops.

The “mooring   rights” of the lake were not on the list, and the elders of Chipara boycotted the talks.
"""
# s1 headline; s2 demand; s3 refusal; s4 warning; s5 denial; s6 mooring rights

DEMAND = {
    "sentences": ["S2"],
    "quote": "Zambia demanded on Monday that Malawi open its border",
    "trigger": "demanded",
    "kind": "position",
    "act": "REQUEST",
    "actors": [{"quote": "Zambia", "name": "Zambia"}],
    "recipients": [{"quote": "Malawi", "name": "Malawi"}],
    "issues": [{"quote": "border", "issue": "borders", "stance": "for", "move": "demand", "on": "substance"}],
    "red_line": False,
    "negated": False,
    "modality": "actual",
    "condition": None,
    "speaker": None,
}
WARNING = {
    "sentences": ["S4"],
    "quote": "Zambia warned that it would close the bridge unless Malawi withdrew its troops from the valley",
    "trigger": "warned",
    "kind": "statement",
    "act": "THREATEN",
    "actors": [{"quote": "Zambia", "name": "Zambia"}],
    "recipients": [{"quote": "Malawi", "name": "Malawi"}],
    "issues": [],
    "red_line": False,
    "negated": False,
    "modality": "hypothetical",
    "condition": {"type": "unless", "quote": "unless Malawi withdrew its troops from the valley"},
    "speaker": {"quote": "Zambia", "name": "Zambia"},
}
BOYCOTT = {
    "sentences": ["S6"],
    "quote": "the elders of Chipara boycotted the talks",
    "trigger": "boycotted",
    "kind": "action",
    "act": "REJECT",
    "actors": [{"quote": "the elders of Chipara", "name": "Chipara"}],
    "recipients": [],
    "issues": [],
    "red_line": False,
    "negated": False,
    "modality": "actual",
    "condition": None,
    "speaker": None,
}
RIGHTS = {
    **BOYCOTT,
    "quote": 'The "mooring rights" of the lake were not on the list',
    "trigger": "not on the list",
    "actors": [],
    "issues": [{"quote": "mooring rights", "issue": "other", "stance": "unclear", "move": "none", "on": "inclusion"}],
}
EXAMPLE = {
    **BOYCOTT,
    "sentences": ["S2"],
    "quote": "Quendoria will not discuss its salt mines",
    "trigger": "will not discuss",
    "actors": [{"quote": "Quendoria", "name": "Quendoria"}],
}
