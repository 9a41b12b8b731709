"""A picture that leaves its page looks as it did, and asks nothing of anybody."""

import struct
import xml.etree.ElementTree as ET
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import FormatError
from detente.figures.svg import ALARM, INK, picture, tag, text
from detente.formats.svg_alone import alone, png, size_of, told

BOX = tag("rect", x=40, y=0, width=60, height=50, fill=ALARM)
WIDE = picture(text("red", 10, 20), BOX, id="w", title="A & B", desc="d<e", size=(600, 50))
NARROW = picture(text("small", 1, 2), id="n", title="A & B", desc="d", size=(80, 90))


def pixels(drawn: bytes) -> np.ndarray:
    """The rows of a PNG of 8 bits and four channels, filters undone."""
    width, height, depth, colour = struct.unpack(">IIBB", drawn[16:26])
    assert (depth, colour) == (8, 6)
    at, packed = 8, b""
    while at < len(drawn):
        (length,) = struct.unpack(">I", drawn[at : at + 4])
        content = drawn[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", drawn[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(drawn[at + 4 : at + 8] + content)
        packed += content if drawn[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw = np.frombuffer(zlib.decompress(packed), dtype=np.uint8).reshape(height, 1 + 4 * width)
    assert set(raw[:, 0]) <= {0, 1, 2}, "the filters that are undone here"
    rows = raw[:, 1:].reshape(height, width, 4).copy()
    for k, how in enumerate(raw[:, 0]):
        if how == 1:
            rows[k] = np.cumsum(rows[k], axis=0, dtype=np.uint8)
        if how == 2 and k:
            rows[k] += rows[k - 1]
    return rows


def test_the_usual_picture_goes_out_and_its_narrow_twin_stays() -> None:
    for page in (WIDE + NARROW, NARROW + WIDE):
        assert size_of(alone(page)).width == 600
        assert alone(page).count("<svg") == 1
    assert size_of(alone(NARROW)).width == 80, "where there is no other, the narrow one is the picture"


def test_it_is_well_formed_and_takes_nothing_from_a_page() -> None:
    root = ET.fromstring(alone(WIDE))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "class" not in root.attrib
    assert "var(" not in alone(WIDE)
    assert root[0].attrib == {"width": "600", "height": "50", "fill": "#ffffff"}


def test_its_name_and_what_it_shows_stay_with_it() -> None:
    assert told(alone(WIDE)) == told(WIDE) == ("A & B", "d<e")


@given(st.text(max_size=20))
def test_whatever_is_written_in_it_stays_well_formed(words: str) -> None:
    ET.fromstring(alone(picture(text(words, 1, 2), id="w", title=words, desc=words, size=(90, 9))).encode())


def test_the_pixels_show_its_colours_on_white() -> None:
    seen = pixels(png(alone(WIDE), scale=1.0))
    assert seen.shape == (50, 600, 4)
    assert seen[40, 5].tolist() == [255, 255, 255, 255]
    assert seen[25, 70].tolist() == [0xB3, 0x26, 0x1E, 255]
    assert (seen[:30, :40, 0] < 128).any(), "the word is drawn in ink"


def test_a_colour_that_only_a_page_has_is_refused() -> None:
    with pytest.raises(FormatError, match="fallback"):
        alone('<svg viewBox="0 0 9 9"><path fill="var(--ink)"/></svg>')
    with pytest.raises(FormatError, match="no picture"):
        alone("<p>none</p>")
    with pytest.raises(FormatError, match="how large"):
        alone(f'<svg><path fill="{INK}"/></svg>')


def test_what_cannot_be_drawn_is_said_in_one_line() -> None:
    with pytest.raises(FormatError, match=r"cannot be drawn as PNG: [^\n]+\. Take the SVG instead\.$"):
        png('<svg viewBox="0 0 9 9"><p')
