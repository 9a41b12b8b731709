"""The terminal brief says what the HTML says, within the width; no markup or control characters get through."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from detente.brief.document import Brief, Grid, Paragraph, Sentence, block_sentences, sentences
from detente.brief.terminal import View, render


def shown(brief: Brief, *, width: int = 100, view: View = "completed", colour: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, no_color=not colour, force_terminal=colour)
    render(brief, console, view=view)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal_or_than_is_read_with_ease(dispute: Brief, width: int) -> None:
    assert max(len(line) for line in shown(dispute, width=width).splitlines()) <= min(width, 100)


def test_every_sentence_outside_tables_is_there_with_its_references(dispute: Brief) -> None:
    said = flat(shown(dispute))
    assert "not about the height of the dam. [e2 e4]" in said
    assert "no source mentions. ◎ supplied [s1 d1]" in said
    for section in dispute.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert all(sentence.text in said for sentence in block_sentences(block))


def test_what_a_reference_stands_for_is_listed_at_the_end(dispute: Brief) -> None:
    said = flat(shown(dispute))
    used = {ref for sentence in sentences(dispute) for ref in sentence.refs}
    for quote in dispute.quotes:
        assert (flat(quote.quote) in said) == (quote.id in used)
    for note in dispute.notes:
        assert flat(note.text) in said


def test_the_two_views_differ_and_say_which_they_are(dispute: Brief) -> None:
    completed, alone = flat(shown(dispute)), flat(shown(dispute, view="text_only"))
    assert "Answers as completed." in completed
    assert "Answers from the text alone." in alone
    assert "no trade can be computed" in alone
    assert "no trade can be computed" not in completed
    assert "e9" not in flat(shown(replace(dispute, sections=dispute.sections[:1]))).split("What this rests on")[1]


def test_the_picture_in_characters_is_shown_where_it_fits_and_the_table_where_not(dispute: Brief) -> None:
    assert "▾ today" in shown(dispute, width=80)
    assert "▾ today" not in shown(dispute, width=60)
    assert "Where every party stands" in flat(shown(dispute, width=60))


def test_a_wide_table_is_set_as_records_on_a_narrow_page(dispute: Brief) -> None:
    row = tuple(Sentence(f"cell {at}", ("d1",)) for at in range(9))
    grid = Grid(Sentence("A wide one.", ("d1",)), tuple(f"head {at}" for at in range(9)), (row,))
    wide = replace(dispute, sections=(replace(dispute.sections[0], blocks=(grid,)),))
    said = shown(wide, width=80)
    assert all(f"head {at}: cell {at}" in said for at in range(1, 9))
    assert "cell 0 [d1]" in said


def test_colour_adds_nothing_to_what_is_said(dispute: Brief) -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system="truecolor", record=True)
    render(dispute, console)
    assert console.export_text() == shown(dispute)


def test_markup_and_control_characters_stay_text(dispute: Brief) -> None:
    hostile = "[bold red]x[/bold red] \x1b[31mred :smile: \u202eevil [link=file:///]y[/link]"
    section = replace(dispute.sections[0], title=hostile, blocks=(Paragraph((Sentence(hostile, (hostile,)),)),))
    said = shown(replace(dispute, title=hostile, sections=(section,)))
    assert "[bold red]x[/bold red]" in said
    assert ":smile:" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_word_without_end_is_folded(dispute: Brief) -> None:
    section = replace(dispute.sections[0], blocks=(Paragraph((Sentence("x" * 10_000, ("e1",)),)),))
    assert shown(replace(dispute, sections=(section,))).count("x") >= 10_000
