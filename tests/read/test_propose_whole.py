"""Is every draft sound, of any part of a reading and of whole articles?"""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.read.stories import LEXICON, rich, rule_of

from detente.read.documents import load
from detente.read.extract import read
from detente.read.frames import load_frames
from detente.read.items import (
    Reading,
)
from detente.read.language import load_pipeline
from detente.read.parties import load_lexicon
from detente.read.propose import propose
from detente.read.propose.rules import STANCE_RULES
from detente.situation.check import check
from detente.situation.nouns import Situation, Stance
from detente.situation.rules import DRAFT_RULES
from detente.situation.values import Basis
from detente.situation.views import gaining, text_only


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_part_of_a_reading_in_any_order_gives_a_sound_draft(data: st.DataObject) -> None:
    whole = rich().reading()
    items = data.draw(st.permutations(whole.items))
    kept = tuple(items[: data.draw(st.integers(0, len(items)))])
    update = {
        "items": kept,
        "parties": whole.parties if data.draw(st.booleans()) else (),
        "places": whole.places if data.draw(st.booleans()) else (),
        "issues": whole.issues if data.draw(st.booleans()) else (),
        "sentences": whole.sentences if data.draw(st.booleans()) else (),
    }
    part = whole.model_copy(update=update)
    draft = propose((part,), lexicon=LEXICON)
    assert sound(draft)
    in_order = whole.model_copy(update={**update, "items": tuple(i for i in whole.items if i in kept)})
    assert propose((in_order,), lexicon=LEXICON) == draft


def test_any_one_item_alone_gives_a_sound_draft() -> None:
    """One of them speaks of talks with a party that nothing else in it names."""
    whole = rich().reading()
    for item in whole.items:
        alone = {"items": (item,), "parties": (), "places": (), "issues": (), "sentences": ()}
        assert sound(propose((whole.model_copy(update=alone),), lexicon=LEXICON)), item.clause().quote


def sound(draft: Situation) -> bool:
    """No faults, nothing supplied in the text alone, one evidence a quote, in order."""
    assert [str(p) for p in check(draft) if p.severity == "fault"] == []
    alone = text_only(draft)
    assert [str(p) for p in check(alone) if p.severity == "fault"] == []
    assert '"kind":"supplied"' not in alone.model_dump_json()
    named = set(re.findall(r'"rule":"([^"]+)"', draft.model_dump_json())) - {"unanimity"}
    assert named <= {r.name for r in STANCE_RULES} | set(DRAFT_RULES)
    places = [(e.document, e.start, e.end) for e in draft.evidence]
    documents = [d.id for d in draft.documents]
    assert sorted(places, key=lambda p: (documents.index(p[0]), *p[1:])) == places
    assert len(set(places)) == len(places)
    return True


@pytest.fixture(scope="module")
def readings(request: pytest.FixtureRequest) -> dict[str, Reading]:
    folder = request.getfixturevalue("shared_dir") / "articles"
    pipeline, lexicon, frames = load_pipeline(), load_lexicon(), load_frames()
    found = {}
    for path in [folder / "founding.txt", *sorted((folder / "dev").glob("*.txt"))]:
        document = load(path)
        found[path.stem] = read(document, pipeline.sentences(document), lexicon=lexicon, frames=frames)
    return found


@pytest.fixture(scope="module")
def founding_draft(readings: dict[str, Reading]) -> Situation:
    return propose((readings["founding"],))


class TestArticles:
    def test_every_draft_is_sound(self, readings: dict[str, Reading]) -> None:
        lexicon = load_lexicon()
        assert len(readings) > 10
        for reading in readings.values():
            assert sound(propose((reading,), lexicon=lexicon))

    def test_all_articles_together_give_a_sound_draft(self, readings: dict[str, Reading]) -> None:
        assert sound(propose(tuple(readings.values())))

    @settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_part_of_an_article_gives_a_sound_draft(
        self, readings: dict[str, Reading], data: st.DataObject
    ) -> None:
        whole = readings[data.draw(st.sampled_from(sorted(readings)))]
        kept = tuple(i for i in whole.items if data.draw(st.booleans()))
        assert sound(propose((whole.model_copy(update={"items": kept}),), lexicon=LEXICON))


class TestFounding:
    def test_only_the_two_who_talk_consent(self, founding_draft: Situation) -> None:
        first = founding_draft.tables[0]
        assert first.consent == ("iran", "united-states")
        assert (first.host, first.mediator) == ("oman", None)

    def test_israel_consults_and_is_an_ally_whose_weight_is_open(self, founding_draft: Situation) -> None:
        assert [(t.consent, [k.kind for k in t.links]) for t in founding_draft.tables[1:]] == [
            (("israel", "united-states"), ["consultation"])
        ]
        assert ("ally", "israel", "united-states") in [(t.kind, t.source, t.target) for t in founding_draft.ties]

    def test_the_broader_deal_is_what_the_united_states_is_read_as_seeking(self, founding_draft: Situation) -> None:
        for issue in ("missiles", "proxies"):
            assert rule_of(founding_draft, "united-states", issue) == "broader-agenda"
            assert rule_of(founding_draft, "iran", issue) == "refusal"
            assert rule_of(founding_draft, "israel", issue) == "demand-firm"

    def test_from_the_text_alone_nothing_benefits_iran(self, founding_draft: Situation) -> None:
        alone = text_only(founding_draft)
        assert gaining(alone, alone.tables[0].id, "iran") == ()
        gained = gaining(founding_draft, founding_draft.tables[0].id, "iran")
        assert [s.issue for s in gained] == ["relief-for-iran"]

    def test_relief_is_supplied_because_of_the_pressure_that_is_reported(self, founding_draft: Situation) -> None:
        relief = founding_draft.issue("relief-for-iran").basis
        quotes = [e.quote for e in founding_draft.evidence if e.id in relief.evidence]
        assert relief.kind == "supplied"
        assert any("pressure" in q for q in quotes)

    def test_nobody_is_said_to_have_stopped_the_drones_and_nobody_threatened_a_strike(
        self, founding_draft: Situation
    ) -> None:
        assert [i.actor for i in founding_draft.incidents if i.act == "assault"] == [None]
        assert [(t.by, t.against) for t in founding_draft.threats] == [("iran", "united-states")]
        assert not [m for m in founding_draft.moves if m.by == "israel"]

    def test_the_groups_it_names_have_their_patron(self, founding_draft: Situation) -> None:
        proxies = {(t.source, t.target) for t in founding_draft.ties if t.kind == "patron_proxy"}
        assert proxies == {("iran", "hezbollah"), ("iran", "hamas")}


def test_stances_rest_on_one_basis(founding_draft: Situation) -> None:
    def same(stance: Stance) -> bool:
        bases: tuple[Basis, ...] = (stance.basis, stance.position.basis)
        return len(set(bases)) == 1

    assert all(same(s) for s in founding_draft.stances)
