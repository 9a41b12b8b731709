"""The JSON brief holds every word of the brief and none of its looks."""

import json
from dataclasses import replace

from detente.brief.as_json import SCHEMA, render
from detente.brief.document import Brief, Figure, sentences


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        found = [str(value["text"])] if "refs" in value and "mark" in value else []
        return found + [text for each in value.values() for text in texts(each)]
    return [text for each in value for text in texts(each)] if isinstance(value, list) else []


def test_every_sentence_is_there_once_and_in_order(dispute: Brief) -> None:
    found = json.loads(render(dispute))
    assert texts(found["sections"]) + texts(found["sources"]) == [sentence.text for sentence in sentences(dispute)]


def test_the_shape_names_its_version_and_its_blocks(dispute: Brief) -> None:
    found = json.loads(render(dispute))
    assert found["schema"] == SCHEMA
    types = {block["type"] for section in found["sections"] for block in section["blocks"]}
    assert types == {"paragraph", "listing", "grid", "figure"}
    assert found["sections"][0]["text_only"][0]["type"] == "paragraph"
    assert found["sections"][1]["text_only"] is None


def test_a_figure_is_its_table_and_its_caption_without_the_drawing(dispute: Brief) -> None:
    written = render(dispute)
    assert "<svg" not in written
    figures = [b for s in dispute.sections for b in s.blocks if isinstance(b, Figure)]
    found = [b for s in json.loads(written)["sections"] for b in s["blocks"] if b["type"] == "figure"]
    assert [f["caption"]["text"] for f in found] == [f.caption.text for f in figures]
    assert [len(f["grid"]["rows"]) for f in found] == [len(f.grid.rows) for f in figures]
    assert all(set(f) == {"type", "id", "caption", "grid"} for f in found)


def test_quotes_sources_notes_and_facts_come_whole(dispute: Brief) -> None:
    found = json.loads(render(dispute))
    assert [q["quote"] for q in found["quotes"]] == [q.quote for q in dispute.quotes]
    assert [s["text"] for s in found["sources"]] == [s.text for s in dispute.sources]
    assert [n["refs"] for n in found["notes"]] == [list(n.refs) for n in dispute.notes]
    assert [f["name"] for f in found["facts"]] == [f.name for f in dispute.facts]


def test_broken_characters_can_be_written_and_read_back(dispute: Brief) -> None:
    title = 'half a pair \ud800, a quote " and a \x00'
    written = render(replace(dispute, title=title))
    assert written.encode()
    assert json.loads(written)["title"] == title


def test_the_same_brief_gives_the_same_bytes(dispute: Brief) -> None:
    assert render(dispute) == render(dispute)
    assert render(replace(dispute, subtitle="other")) != render(dispute)
