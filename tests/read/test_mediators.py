"""Who stands between the sides, where they meet, who is one side in a civil war, and what "the agreement" is."""

from collections.abc import Callable

import pytest

from detente.read.items import Reading

Read = Callable[[str], Reading]


def mediators(reading: Reading) -> set[str | None]:
    return {p.party for p in reading.places if p.role == "mediator"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Norway, acting as intermediary, carried a letter to the rebels.", "norway"),
        ("Kuwait acted as a go-between.", "kuwait"),
        ("Peru and Ecuador met under the auspices of Brazil.", "brazil"),
        ("Chad and Libya held talks with the help of Niger.", "niger"),
        ("Talks between Armenia and Azerbaijan through Georgia went on.", "georgia"),
        ("India and Pakistan exchanged messages via Oman.", "oman"),
        ("Chad and Libya went on. Niger passed messages between Chad and Libya.", "niger"),
        ("Uganda sent an envoy back and forth between Kenya and Somalia.", "uganda"),
        ("Peru and Ecuador resumed talks chaired by Brazil.", "brazil"),
        ("Kenya and Somalia returned to the Ugandan-led talks.", "uganda"),
        ("Kosovo accused Serbia of delay. Serbia and Kosovo ended talks with Austria.", "austria"),
    ],
)
def test_who_goes_between_mediates(reader: Read, text: str, who: str) -> None:
    assert who in mediators(reader(text))


@pytest.mark.parametrize(
    "text",
    [
        "France and Germany met Polish officials over trade.",
        "Gas flows through Ukraine, and Russia and Slovakia held talks.",
        "Turkey offered to mediate between Chad and Libya.",
        "Chad sent a letter to Libya.",
        "Kenya and Somalia held talks. The UN did not pass messages between Kenya and Somalia.",
    ],
)
def test_who_only_meets_offers_or_writes_does_not_mediate(reader: Read, text: str) -> None:
    assert not mediators(reader(text))


def test_a_body_is_no_venue(reader: Read) -> None:
    found = reader("Chad and Libya will meet in the Joint Border Commission.")
    assert not [p for p in found.places if p.role == "venue"]


def test_a_seat_of_power_where_talks_are_is_a_venue(reader: Read) -> None:
    found = reader("Kosovo, Serbia talks in Brussels end without result.")
    assert [p.name for p in found.places if p.role == "venue"] == ["Brussels"]


def test_the_country_and_its_army_are_one_side_of_a_civil_war(reader: Read) -> None:
    text = (
        "Sudan's army and the Rapid Support Forces agreed to a truce brokered by Kenya. The army accused the Rapid "
        "Support Forces of looting. Khartoum rejected a plan for peacekeepers. The government demanded that the Rapid "
        "Support Forces leave."
    )
    found = reader(text)
    said = [{a.party for a in i.actors} for i in found.items if i.act in ("ACCUSE", "REJECT", "REQUEST")]
    assert said == [{"sudanese-armed-forces"}] * 3
    assert "sudan" not in {p.party for p in found.parties}
    assert {a.party for i in found.items if i.act == "AGREE" for a in i.recipients} == set()


def test_a_country_at_peace_with_its_army_keeps_its_name(reader: Read) -> None:
    found = reader("Sudan and Egypt signed a water treaty. Sudan's army held a parade. Sudan thanked Egypt.")
    assert "sudan" in {p.party for p in found.parties}


@pytest.mark.parametrize("text", ["Dozens of students were arrested in Dhaka.", "Journalists were jailed in Dhaka."])
def test_who_is_coerced_is_told_though_nobody_is_named(reader: Read, text: str) -> None:
    (item,) = [i for i in reader(text).items if i.act == "COERCE"]
    assert item.actors == ()
    assert [(a.party, a.country) for a in item.recipients] == [(None, "bangladesh")]
    assert item.recipients[0].mention.quote in item.clause().quote


@pytest.mark.parametrize("text", ["Students were not arrested in Dhaka.", "Students could be arrested in Dhaka."])
def test_what_did_not_happen_to_anybody_is_no_coercion(reader: Read, text: str) -> None:
    assert not [i for i in reader(text).items if i.act == "COERCE"]


def test_a_bare_noun_takes_up_the_matter_named_before(reader: Read) -> None:
    text = "Chad and Libya discussed an agreement on prisoners. Chad rejected the deal. Libya rejected the agreement."
    refused = {(a.party, s.issue) for i in reader(text).items for a in i.actors for s in i.issues if s.move == "refuse"}
    assert refused == {("chad", "prisoners"), ("libya", "prisoners")}


def test_a_noun_that_says_what_it_is_about_takes_up_nothing(reader: Read) -> None:
    text = "Chad and Libya discussed an agreement on prisoners. Chad rejected the agreement with Niger."
    refused = {s.issue for i in reader(text).items for s in i.issues if s.move == "refuse"}
    assert "prisoners" not in refused


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Israel withdrew from southern Lebanon.", "RETREAT"),
        ("Russia withdrew from the city.", "RETREAT"),
        ("Iran withdrew from the treaty.", "SANCTION"),
        ("Britain withdrew from the EU.", "SANCTION"),
    ],
)
def test_leaving_ground_is_a_retreat_and_leaving_a_treaty_a_sanction(reader: Read, text: str, act: str) -> None:
    assert {i.act for i in reader(text).items} == {act}


def test_a_party_in_a_country_is_not_its_government(reader: Read) -> None:
    found = reader("The Bangladesh Nationalist Party rejected the date. Bangladesh held a vote.")
    assert not [i for i in found.items if i.act == "REJECT" and any(a.party for a in i.actors)]


def test_who_signs_nothing_agrees_to_nothing(reader: Read) -> None:
    assert not [i for i in reader("Serbia signed nothing.").items if i.act == "AGREE" and not i.negated]
