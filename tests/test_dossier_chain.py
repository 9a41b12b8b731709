"""Whatever is done to the rows of a ledger is found and named, and nothing is found where nothing was done."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.dossier import ZERO, Row, canonical, faults, hash_of, head, is_time, sealed

TIMES = [f"2026-02-08T09:00:00.{n:06}+00:00" for n in range(100)]


def ledger(count: int, *, word: str = "row") -> list[Row]:
    rows: list[Row] = []
    for n in range(1, count + 1):
        body = canonical(json.dumps({"kind": "withdrawn", "note": f"{word} {n}, déjà vu"}))
        previous = rows[-1].hash if rows else ZERO
        rows.append(Row(n, TIMES[n], body, previous, hash_of(n, TIMES[n], body, previous)))
    return rows


def said(rows: list[Row], *, head: str | None = None) -> list[str]:
    return [fault.what for fault in faults(rows, head=head)]


def renumbered(rows: list[Row]) -> list[Row]:
    return [replace(row, number=at) for at, row in enumerate(rows, start=1)]


def anew(rows: list[Row]) -> list[Row]:
    """Seal rows as if they had always been like this."""
    made: list[Row] = []
    for n, row in enumerate(rows, start=1):
        previous = made[-1].hash if made else ZERO
        made.append(Row(n, row.recorded, row.body, previous, hash_of(n, row.recorded, row.body, previous)))
    return made


def test_the_hash_is_what_the_page_says_it_is() -> None:
    (row,) = ledger(1)
    text = (
        "0" * 64
        + "\n"
        + json.dumps(
            {"body": json.loads(row.body), "number": 1, "recorded": row.recorded},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
    )
    assert row.hash == sha256(text.encode()).hexdigest()
    assert text.endswith(sealed(1, row.recorded, row.body))


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_a_ledger_that_nobody_touched_has_no_faults(count: int) -> None:
    rows = ledger(count)
    for known in range(count + 1):
        assert faults(rows, head=head(rows[:known])) == ()


def swapped(rows: list[Row], a: int, b: int) -> list[Row]:
    out = list(rows)
    out[a - 1], out[b - 1] = out[b - 1], out[a - 1]
    return out


def contents_swapped(rows: list[Row], a: int, b: int) -> list[Row]:
    out = list(rows)
    one, other = rows[a - 1], rows[b - 1]
    out[a - 1] = replace(one, recorded=other.recorded, body=other.body)
    out[b - 1] = replace(other, recorded=one.recorded, body=one.body)
    return out


def with_row(rows: list[Row], number: int, row: Row) -> list[Row]:
    return [row if r.number == number else r for r in rows]


def resealed(row: Row) -> Row:
    return replace(row, hash=hash_of(row.number, row.recorded, row.body, row.previous))


CHANGED = "is not what its hash was taken of: it was changed after it was written."
TAMPERINGS: dict[str, tuple[Callable[[list[Row]], list[Row]], list[str]]] = {
    "a flipped byte": (
        lambda r: with_row(r, 3, replace(r[2], body=r[2].body.replace("row", "raw"))),
        [f"Row 3 {CHANGED}"],
    ),
    "a time": (lambda r: with_row(r, 3, replace(r[2], recorded=TIMES[2])), [f"Row 3 {CHANGED}"]),
    "a hash": (
        lambda r: with_row(r, 3, replace(r[2], hash=sha256(b"").hexdigest())),
        ["The hash of row 3 was changed after it was written: the next row is sealed onto another."],
    ),
    "a hash that is none": (
        lambda r: with_row(r, 3, replace(r[2], hash=r[2].hash.upper())),
        ["The hash of row 3 is not 64 digits from 0 to 9 and a to f."],
    ),
    "a link": (
        lambda r: with_row(r, 3, replace(r[2], previous=r[0].hash)),
        ["The link of row 3 to the row before it was changed after it was written."],
    ),
    "the last hash": (lambda r: with_row(r, 9, replace(r[8], hash=ZERO)), [f"Row 9 {CHANGED}"]),
    "a deleted row": (lambda r: r[:3] + r[4:], ["Row 4 is missing."]),
    "two deleted rows": (lambda r: r[:3] + r[5:], ["Rows 4 and 5 are missing."]),
    "the first row deleted": (lambda r: r[1:], ["Row 1 is missing."]),
    "a row deleted and the others renumbered": (
        lambda r: renumbered(r[:3] + r[4:]),
        ["Row 4 is missing.", "What stands as rows 4 to 8 was written as rows 5 to 9."],
    ),
    "a reordered pair": (lambda r: swapped(r, 3, 4), ["Rows 3 and 4 changed places."]),
    "a far pair": (lambda r: swapped(r, 2, 8), ["Rows 2 and 8 changed places."]),
    "a pair that also changed numbers": (
        lambda r: renumbered(swapped(r, 3, 4)),
        ["Rows 3 and 4 changed places."],
    ),
    "a pair that changed contents alone": (lambda r: contents_swapped(r, 3, 7), ["Rows 3 and 7 changed places."]),
    "a row moved to the end": (
        lambda r: [*r[:6], *r[7:], r[6]],
        [
            "Row 8 stands in the place of row 7: rows were moved.",
            "Row 9 stands in the place of row 8: rows were moved.",
            "Row 7 stands in the place of row 9: rows were moved.",
        ],
    ),
    "a row twice": (lambda r: [*r[:4], r[3], *r[4:]], ["Row 4 stands there twice."]),
    "a row written anew": (
        lambda r: with_row(r, 3, resealed(replace(r[2], body="{}"))),
        ["Row 3 is not the one that row 4 was sealed onto: it was written anew."],
    ),
    "a beginning cut off and numbered from 1": (
        lambda r: renumbered(r[2:]),
        ["What stands as rows 1 to 7 was written as rows 3 to 9.", "Rows 1 and 2 are missing."],
    ),
    "a beginning that is none": (
        lambda r: [resealed(replace(r[0], previous=r[5].hash))],
        ["Row 1 is sealed onto a row before it: it is not the first of its ledger."],
    ),
    "a chain written anew with times of somebody's own": (
        lambda r: anew(with_row(r, 3, replace(r[2], recorded=TIMES[0]))),
        ["Row 3 was recorded before the row before it: its time is not the program's."],
    ),
    "a time that the program does not write": (
        lambda r: anew(with_row(r, 3, replace(r[2], recorded="2026-02-08"))),
        ["The time in row 3 is not one in UTC to the microsecond."],
    ),
    "two faults": (
        lambda r: with_row(r[:3] + r[4:], 7, replace(r[6], body="{}")),
        ["Row 4 is missing.", f"Row 7 {CHANGED}"],
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_named(name: str) -> None:
    tamper, told = TAMPERINGS[name]
    assert sorted(said(tamper(ledger(9)))) == sorted(told)


def test_only_a_head_kept_elsewhere_shows_that_the_tail_is_gone() -> None:
    rows = ledger(9)
    assert said(rows[:7]) == []
    assert said(rows[:7], head=head(rows)) == [
        "Rows 8 and 9 are missing from the end: the head was taken of row 9, and the last one here is row 7."
    ]
    assert said([], head=head(rows[:1])) == [
        "Row 1 is missing from the end: the head was taken of row 1, and there is none here."
    ]


def test_only_a_head_kept_elsewhere_shows_that_the_whole_chain_was_written_anew() -> None:
    rows = ledger(9)
    forged = anew(with_row(rows, 3, replace(rows[2], body="{}")))
    assert said(forged) == []
    assert said(forged, head=head(rows[:2])) == []
    (told,) = said(forged, head=head(rows[:5]))
    assert told.startswith("Row 5 is not the one that the head was taken of: it or one before it was written anew")
    assert said(rows, head=head(ledger(4, word="other"))) == [told.replace("Row 5", "Row 4")]


@pytest.mark.parametrize("given", ["", "9", "nine:" + ZERO, f"3:{ZERO[:-1]}", f"3:{ZERO}:x", f"03:{ZERO}", "é" * 500])
def test_a_head_that_is_none_is_named(given: str) -> None:
    (told,) = said(ledger(3), head=given)
    assert told.startswith("The head '")
    assert told.endswith("' is not the number of a row, a colon and 64 digits of its hash.")
    assert len(told) < 250


def test_a_head_may_have_blanks_around_it_and_an_empty_one_is_one() -> None:
    rows = ledger(3)
    assert faults(rows, head=f" {head(rows)}\n") == ()
    assert faults(rows, head=head([])) == ()
    assert faults([], head=head([])) == ()
    assert said(rows, head=f"0:{rows[0].hash}")


@given(st.data())
def test_any_change_of_any_part_of_any_row_is_found(data: st.DataObject) -> None:
    rows = ledger(5)
    at = data.draw(st.integers(0, 4))
    field = data.draw(st.sampled_from(["recorded", "body", "previous", "hash"]))
    old = getattr(rows[at], field)
    spot = data.draw(st.integers(0, len(old) - 1))
    letter = data.draw(st.characters(exclude_characters=old[spot]))
    rows[at] = replace(rows[at], **{field: old[:spot] + letter + old[spot + 1 :]})
    assert at + 1 in {fault.number for fault in faults(rows)}


@given(st.permutations(range(1, 7)), st.integers(0, 6))
def test_any_order_but_the_first_is_found(order: list[int], kept: int) -> None:
    rows = ledger(6)
    mixed = [rows[n - 1] for n in order][:kept]
    assert (said(mixed) == []) == (order[:kept] == list(range(1, kept + 1)))
    assert (said(renumbered(mixed)) == []) == (order[:kept] == list(range(1, kept + 1)))


def test_bytes_that_are_no_text_have_a_hash_of_their_own() -> None:
    (row,) = ledger(1)
    assert said([replace(row, body=row.body.replace("é", "\udce9"))]) == [f"Row 1 {CHANGED}"]


def test_a_number_far_off_is_named_without_counting_up_to_it() -> None:
    rows = ledger(3)
    assert said([*rows[:2], resealed(replace(rows[2], number=10**15))])[0].startswith("Rows 3 to 999999999999999 are")


@pytest.mark.parametrize("body", ["", "[]", "1", '{"a":NaN}', '{"a":1e999}', '{"a":"\\ud800"}', "[" * 10**5])
def test_what_is_no_object_has_no_canonical_form(body: str) -> None:
    with pytest.raises(ValueError, match=r"not|nest|Expecting|Out of range|surrogates"):
        canonical(body)


@pytest.mark.parametrize(
    "time", ["2026-02-08T09:00:00+00:00", "2026-02-08T09:00:00.000000Z", "2026-02-30T09:00:00.000000+00:00", ""]
)
def test_a_time_in_another_form_is_none_of_the_programs(time: str) -> None:
    assert not is_time(time)
