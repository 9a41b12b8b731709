"""The docs show every page of the desk. `make screenshots` takes the pictures anew; a run of the tests writes none."""

import os
import struct

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.entering import ROOT
from tests.web.pictures import HIGH, MOST_BYTES, WIDE, taken
from tests.web.test_browser import opened

from detente.web.pages import PAGES

FOLDER = ROOT / "docs" / "img" / "desk"
ASKED = "DETENTE_SCREENSHOTS"
NAMES = {one.path: one.path.strip("/") or "dossiers" for one in PAGES}
PATIENCE = 240_000


@pytest.mark.parametrize("name", [*NAMES.values(), "why"])
def test_every_page_is_shown_in_the_docs(name: str) -> None:
    picture = (FOLDER / f"{name}.png").read_bytes()
    width, height = struct.unpack(">II", picture[16:24])
    assert width == WIDE
    assert height <= HIGH
    assert len(picture) <= MOST_BYTES
    assert f"(img/desk/{name}.png)" in (ROOT / "docs" / "web.md").read_text(encoding="utf-8")


def test_no_picture_is_left_of_a_page_that_is_gone() -> None:
    assert {f.name for f in FOLDER.iterdir()} == {f"{name}.png" for name in (*NAMES.values(), "why")}


@pytest.mark.skipif(os.environ.get(ASKED) != "1", reason="pictures are taken by `make screenshots`")
def test_pictures_are_taken(page: Page, browser: Browser) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    bare = browser.new_page()
    page.set_viewport_size({"width": WIDE, "height": 900})
    for path, name in NAMES.items():
        opened(page, path)
        if name == "ledger":
            page.get_by_role("button", name="Take in the ledger that lies in this folder").click()
            page.wait_for_load_state("networkidle", timeout=PATIENCE)
            opened(page, path)
        if name == "runs":
            page.get_by_role("button", name="Begin An outlook over many draws").click()
            expect(page.locator("#run-0001")).to_contain_text("parts", timeout=PATIENCE)
        else:
            # What a page fetches by itself once it is open is waited for.
            page.wait_for_load_state("networkidle", timeout=PATIENCE)
        taken(page, bare, FOLDER / f"{name}.png")
        if name == "runs":
            page.get_by_role("button", name="Cancel run 0001").click()
            expect(page.locator("#run-0001")).to_contain_text("Cancelled")
    opened(page, "/situation")
    page.locator("#party-iran a.why", has_text="ballistic missiles").click()
    expect(page.locator("#drawer mark").first).to_be_visible()
    taken(page, bare, FOLDER / "why.png", window=True)
    bare.close()
