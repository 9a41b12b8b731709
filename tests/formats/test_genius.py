"""GENIUS domains: evaluations are divided by the greatest of their issue, as GENIUS does; nothing hostile is read."""

import itertools
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from tests.analyses.published.tables import reference
from tests.formats.tables import Parts, built, tables, totals

from detente.analyses.packages import packages
from detente.boards import agenda_modes, deals, with_modes
from detente.errors import FormatError
from detente.formats import ScoreTable, Source, genius, situation_of

PROFILE = """<utility_space>
<objective index="0" name="Fund" type="objective" etype="objective">
<issue index="1" name="Size" vtype="discrete"><item index="1" value="small" evaluation="{small}"/>
<item index="2" value="large" evaluation="{large}"/></issue>
<issue index="2" name="Years" vtype="integer" lowerbound="1" upperbound="3">
<evaluator ftype="linear" offset="{offset}" slope="{slope}"/></issue>
<weight index="1" value="{first}"/><weight index="2" value="{second}"/>
</objective>
<discount_factor value="{discount}"/><reservation value="{reservation}"/>
</utility_space>"""
PLAIN = {
    "small": 1, "large": 4, "offset": 0.0, "slope": 0.5, "first": 3, "second": 1, "discount": 1.0, "reservation": 0.25
}  # fmt: skip


def profile(name: str, **changed: object) -> Source:
    return Source(f"{name}.xml", PROFILE.format(**{**PLAIN, **changed}).encode())


def read(*sources: Source, **options: object) -> ScoreTable:
    return genius.read(sources or (profile("North"), profile("South")), **options)  # type: ignore[arg-type]


def spoiled(old: str, new: str) -> str:
    """What is said of a profile in which one thing was changed."""
    whole = PROFILE.format(**PLAIN)
    assert old in whole
    with pytest.raises(FormatError) as caught:
        read(Source("North.xml", whole.replace(old, new).encode()), profile("South"))
    return str(caught.value)


def test_an_evaluation_is_divided_by_the_greatest_of_its_issue_and_weights_add_up_to_1() -> None:
    size, years = read().matters
    assert size.worth == ((18.75, 18.75), (75, 75))
    assert (years.options, [row[0] for row in years.worth]) == (("1", "2", "3"), [0, 12.5, 25])
    assert read().threshold == (25, 25)


def test_a_line_is_cut_off_at_0_and_1() -> None:
    years = read(profile("North", offset=0.75, slope=0.5), profile("South", offset=0.25, slope=-0.5)).matters[1]
    assert years.worth == ((18.75, 6.25), (25, 0), (25, 0))


def test_a_real_issue_gets_eleven_levels_and_says_so() -> None:
    real = '<issue index="1" name="Tax" vtype="real"><range lowerbound="2" upperbound="4"/>'
    real += '<evaluator ftype="linear" parameter0="-1" parameter1="0.5"/></issue><weight index="1" value="1"/>'
    text = f"<utility_space><objective>{real}</objective></utility_space>".encode()
    (tax,) = read(Source("a.xml", text), Source("b.xml", text)).matters
    assert tax.options[:3] == ("2", "2.2", "2.4")
    np.testing.assert_allclose([row[0] for row in tax.worth], np.linspace(0, 100, 11), atol=1e-9)
    assert tax.note == "A real issue: 11 evenly spaced levels stand for it."


def test_a_party_is_called_like_its_file_and_the_order_is_that_of_the_domain_file() -> None:
    domain = """<negotiation_template><utility_space><objective name="Aid">
    <issue index="1" name="Years" vtype="integer" lowerbound="1" upperbound="3"/>
    <issue index="2" name="Size" vtype="discrete"><item value="large"/><item value="small"/></issue>
    </objective></utility_space></negotiation_template>"""
    table = read(profile("North"), Source("domain.xml", domain.encode()), profile("South"))
    assert table.parties == ("North", "South")
    assert [(m.name, m.options) for m in table.matters] == [("Years", ("1", "2", "3")), ("Size", ("large", "small"))]


def test_discounting_is_named_and_not_used() -> None:
    table = read(profile("North", discount=0.8), profile("South"))
    assert table.remarks == ("'North.xml' discounts by 0.8; nothing here loses worth with time.",)
    assert situation_of(table).note == table.remarks[0]


def test_a_value_for_no_agreement_stands_today_and_is_a_party_s_least() -> None:
    table = read(profile("North"), profile("South", reservation=0.125), no_agreement=["small"])
    assert [m.today for m in table.matters] == [0, None]
    assert table.threshold == (25, 18.75)  # South has no less than the value for no agreement
    made = situation_of(table)
    assert [n.value.best for n in made.table("table").no_deal] == [6.25, 0]


def test_points_say_what_utility_1_is_worth() -> None:
    assert read(points=10_000).matters[0].worth[0] == (1875, 1875)


@settings(deadline=None, max_examples=40)
@given(tables(ruled=False))
def test_written_and_read_again_every_package_is_worth_the_same_up_to_a_party_s_unit(parts: Parts) -> None:
    table = built(parts)
    files, _ = genius.write(table)
    back = genius.read(files, points=10_000)
    assert [(m.name, m.options) for m in back.matters] == [(m.name, m.options) for m in table.matters]
    for k in range(len(table.parties)):
        before, after = (np.array([gain[k] for gain in totals(t)]) for t in (table, back))
        spread = np.ptp(before)
        if spread > 0:  # a party to whom all packages are the same has no unit
            unit = np.ptp(after) / spread
            assert unit > 0
            np.testing.assert_allclose(after, before * unit, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(tables(ruled=False))
def test_what_is_written_is_what_genius_asks_for(parts: Parts) -> None:
    files, _ = genius.write(built(parts))
    assert len({f.name.casefold() for f in files}) == len(files)
    for file in files[1:]:
        root = ET.fromstring(file.content)
        weights = [float(w.get("value", "")) for w in root.iter("weight")]
        assert sum(weights) == pytest.approx(1)
        assert min(float(i.get("evaluation", "")) for i in root.iter("item")) >= 0
        assert float(next(root.iter("reservation")).get("value", "")) >= 0


def test_a_rule_and_what_stands_today_cannot_be_written_and_are_named() -> None:
    table = read(no_agreement=["small"])
    assert genius.write(table)[1] == ("Nothing there says which value stands today: 'small' (Size).",)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('evaluation="4"', "", "value 'large' of issue 'Size' has no evaluation. Give a number"),
        ('evaluation="4"', 'evaluation="four"', "value 'large' of issue 'Size' has 'four'"),
        ('evaluation="4"', 'evaluation="-4"', "value 'large' of issue 'Size' has '-4'"),
        ('evaluation="4"', 'evaluation="NaN"', "has 'NaN'"),
        ('evaluation="4"', 'evaluation="1e999"', "has '1e999'"),
        ('value="large"', 'value="small"', "issue 'Size' has the value 'small' twice. Keep one"),
        ('value="large"', 'value=" "', "a value without a name"),
        ('name="Years"', 'name="Size"', "issue 'Size' stands there twice"),
        ('name="Years"', "", "an issue has no name"),
        ('<weight index="2" value="1"/>', "", "issue 'Years' has no weight"),
        ('<weight index="1" value="3"/><weight index="2" value="1"/>', '<weight index="1" value="0"/>'
         '<weight index="2" value="0"/>', "all weights are 0"),
        ('value="0.25"', 'value="much"', "the reservation 'much' is not a number"),
        ('upperbound="3"', 'upperbound="99999"', "is not of at most 1,000 whole numbers. List its levels as items"),
        ('upperbound="3"', 'upperbound="1"', "has no range. Give a lowerbound below an upperbound"),
        ('slope="0.5"', "", "has no linear evaluator"),
        ('vtype="integer"', 'vtype="price"', "is of the kind 'price'"),
        ("<utility_space>", '<utility_space type="nonlinear">', "is a nonlinear utility space"),
        ("<discount_factor", '<objective name="other"/><discount_factor', "objectives within objectives"),
        ("utility_space", "preferences", "holds no utility_space"),
        ("</utility_space>", "", "is not XML at line"),
        ("<utility_space>", "<!DOCTYPE u [<!ENTITY e 'x'>]><utility_space>", "declares a document type or an entity"),
        ("<utility_space>", "<!DOCTYPE u SYSTEM 'secret.txt'><utility_space>", "declares a document type"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_profile_is_said_with_its_cure(old: str, new: str, what: str) -> None:
    said = spoiled(old, new)
    assert what in said
    assert "North.xml" in said


def test_several_faults_come_together() -> None:
    with pytest.raises(FormatError, match="has 2 faults:") as caught:
        read(profile("North", large="four", reservation="much"), profile("South"))
    assert len(str(caught.value).splitlines()) == 3


def test_a_nest_of_elements_is_refused_before_it_is_built() -> None:
    with pytest.raises(FormatError, match="nested deeper than 50 levels"):
        read(Source("deep.xml", b"<a>" * 100_000))
    with pytest.raises(FormatError, match="more than 300,000 elements"):
        read(Source("wide.xml", b"<a>" + b"<b/>" * 400_000 + b"</a>"))
    with pytest.raises(FormatError, match="larger than 10 MB"):
        read(Source("large.xml", b" " * 10_000_001))
    with pytest.raises(FormatError, match="is empty"):
        read(Source("empty.xml", b""))


def test_profiles_of_different_domains_are_refused_by_name() -> None:
    other = Source("South.xml", PROFILE.format(**PLAIN).replace('value="large"', 'value="huge"').encode())
    with pytest.raises(
        FormatError, match=r"'South\.xml' and 'North\.xml' differ in the values of 'Size': 'huge', 'large'"
    ):
        read(profile("North"), other)
    other = Source("South.xml", PROFILE.format(**PLAIN).replace('name="Size"', 'name="Sum"').encode())
    with pytest.raises(FormatError) as caught:
        read(profile("North"), other)
    assert "says nothing of 'Size', which 'North.xml' has" in str(caught.value)
    assert "has 'Sum', which 'North.xml' has not" in str(caught.value)


def test_one_profile_is_no_negotiation() -> None:
    with pytest.raises(FormatError, match="needs the profiles of 2 to 64 parties; here is 1: 'North'"):
        read(profile("North"))
    with pytest.raises(FormatError, match="are both 'north'"):
        read(profile("North"), profile("north"))
    with pytest.raises(FormatError, match="no issue has the value 'none'"):
        read(no_agreement=["none"])


def domain_files(model: dict[str, object]) -> list[Source]:
    """The profiles as GENIUS keeps them: evaluations in their own units, which GENIUS divides by their greatest."""
    parties, issues, values = model["parties"], model["issues"], model["values"]
    assert isinstance(parties, list)
    assert isinstance(issues, list)
    assert isinstance(values, list)
    files = []
    for party in parties:
        space = ET.Element("utility_space")
        objective = ET.SubElement(space, "objective", name="conflict")
        for k, (name, options) in enumerate(zip(issues, values, strict=True)):
            issue = ET.SubElement(objective, "issue", index=str(k + 1), name=name, vtype="discrete")
            for o, option in enumerate(options):
                evaluation = (7 + k) * party["scores"][k][o] / party["weights"][k]
                ET.SubElement(issue, "item", value=option, evaluation=repr(evaluation))
        for k, weight in enumerate(party["weights"]):
            ET.SubElement(objective, "weight", index=str(k + 1), value=repr(3 * weight))
        ET.SubElement(space, "reservation", value=repr(party["reservation"]))
        files.append(Source(party["file"], ET.tostring(space)))
    return files


def test_england_and_zimbabwe_come_in_with_their_published_nash_deal_and_opposition(shared_dir: Path) -> None:
    table = genius.read(domain_files(reference(shared_dir, "genius_anac", "anac__y2010__EnglandZimbabwe.json")))
    made = situation_of(table)
    found = packages(with_modes(deals(made, "table"), agenda_modes(made, "table")))
    assert found.packages == 576
    assert found.acceptable == 576
    # Level 0 of each issue is the state in which nothing is settled.
    chosen = [o - 1 for o in found.solution("nash").package]
    utility = [sum(m.worth[o][k] for m, o in zip(table.matters, chosen, strict=True)) / 100 for k in range(2)]
    np.testing.assert_allclose(utility, (0.9109162864, 0.7332182801), atol=1e-10)
    np.testing.assert_allclose(found.solution("nash").gains, (9109, 7332), atol=1.1)
    every = np.array([np.sum(c, axis=0) for c in itertools.product(*(m.worth for m in table.matters))]) / 100
    assert np.linalg.norm(1 - every, axis=1).min() == pytest.approx(0.272116956003, abs=1e-10)


def test_the_agenda_of_all_five_issues_comes_back_with_its_values_for_no_agreement(shared_dir: Path) -> None:
    files = domain_files(reference(shared_dir, "genius_anac", "anac__y2010__EnglandZimbabwe.json"))
    scopes = reference(shared_dir, "england_zimbabwe_agenda_scopes.json")["scopes"]
    assert isinstance(scopes, list)
    made = situation_of(genius.read(files, points=10_000, no_agreement=["No agreement", "No"]))
    found = packages(with_modes(deals(made, "table"), agenda_modes(made, "table")))
    assert found.packages == scopes[-1]["packages"] - 1
    assert found.acceptable == scopes[-1]["zopa_weak"]
    np.testing.assert_allclose(found.gains / 1e6, scopes[-1]["nash_gains"], atol=5e-6)
