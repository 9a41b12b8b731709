"""The picture of one package keeps its scale from package to package, and says losses in shape as well as in colour."""

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.figures.balance import BalanceRow, balance

SVG = "{http://www.w3.org/2000/svg}"
points = st.floats(-1e6, 1e6)


def drawn(*rows: BalanceRow) -> ElementTree.Element:
    return ElementTree.fromstring(balance(rows, id="f", title="Gains", desc="One package."))


def axis_labels(svg: ElementTree.Element) -> list[tuple[str | None, str | None]]:
    return [(one.get("x"), one.text) for one in svg.iter(f"{SVG}text") if one.get("text-anchor") == "middle"]


def test_the_scale_does_not_move_with_the_package() -> None:
    before = drawn(BalanceRow("Karun", 12.0, -40, 60), BalanceRow("Delta", -3.0, -20, 30))
    after = drawn(BalanceRow("Karun", -39.0, -40, 60), BalanceRow("Delta", 29.0, -20, 30))
    assert axis_labels(before) == axis_labels(after) != []


def test_a_loss_is_dashed_and_signed() -> None:
    svg = balance((BalanceRow("Karun", -12.5, -40, 60, note="crosses its red line"),), id="f", title="t", desc="d")
    assert 'stroke-dasharray="3 2"' in svg
    assert "-12.5" in svg
    assert "crosses its red line" in svg


@given(st.lists(st.tuples(points, points, points), max_size=4))
@settings(max_examples=20, deadline=None)
def test_odd_numbers_make_a_sound_picture(rows: list[tuple[float, float, float]]) -> None:
    svg = drawn(*(BalanceRow("<Karun>", p, min(a, b), max(a, b)) for p, a, b in rows))
    assert float(svg.get("height") or 0) > 0
    for one in svg.iter(f"{SVG}rect"):
        assert float(one.get("width") or 0) >= 0
