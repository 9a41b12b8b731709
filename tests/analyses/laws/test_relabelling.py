"""Renaming and reordering the parties renames and reorders the answer, and changes nothing else."""

import json

from hypothesis import given
from tests.analyses.laws.claimed import claiming, tried
from tests.analyses.ways import dispute, said
from tests.boards.worlds import SEEDS

from detente.analyses import Record
from detente.situation.nouns import Situation


@tried
@claiming("relabelling")
@given(seed=SEEDS)
def test_the_order_of_the_parties_changes_nothing(record: Record, seed: int) -> None:
    situation = dispute(seed)
    table = situation.tables[0].model_copy(update={"consent": situation.tables[0].consent[::-1]})
    turned = situation.model_copy(update={"parties": situation.parties[::-1], "tables": (table,)})
    assert said(record, turned) == said(record, situation)


@claiming("relabelling")
def test_the_names_of_the_parties_change_nothing_but_names(record: Record) -> None:
    situation = dispute(8)
    text = situation.model_dump_json().replace('"p0"', '"p0x"')
    renamed = json.dumps(said(record, Situation.model_validate_json(text)))
    assert renamed.replace("p0x", "p0") == json.dumps(said(record, situation))
