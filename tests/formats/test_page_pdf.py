"""A page is printed by a browser that is here, or it is said what to do; nothing of it stays behind."""

import os
import socket
import threading
import time
from pathlib import Path

import pypdf
import pytest

from detente.errors import UsageError
from detente.formats.page_pdf import browser, pdf

PAGE = b"<!doctype html><title>The dam</title><h1>Who wants what</h1>"


def pretend(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of that name on the PATH, and no other browser."""
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_without_a_browser_the_cure_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"none is on the PATH\. Install Chromium .* or write \.html"):
        pdf(PAGE)


def test_a_browser_that_prints_nothing_is_named_with_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, "echo 'no display' >&2", monkeypatch)
    with pytest.raises(UsageError, match="'chromium' printed nothing: no display"):
        pdf(PAGE)


def test_a_browser_that_hangs_is_ended_with_all_it_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait", monkeypatch)
    begun = time.monotonic()
    with pytest.raises(UsageError, match="did not print within"):
        pdf(PAGE, patience=0.5)
    assert time.monotonic() - begun < 10
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
            break
        time.sleep(0.02)
    else:
        pytest.fail("what the browser began goes on")


def test_the_page_and_the_printed_file_are_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = 'for a; do case $a in --print-to-pdf=*) printf made > "${a#*=}"; echo "${a#*=}" > '
    asked = f"{told}{tmp_path}/where;; esac; done"
    pretend(tmp_path, asked, monkeypatch)
    assert pdf(PAGE) == b"made"
    assert not Path((tmp_path / "where").read_text().strip()).parent.exists()


@pytest.mark.slow
def test_a_page_becomes_a_pdf_and_nobody_else_is_asked(tmp_path: Path) -> None:
    try:
        browser()
    except UsageError as why:
        pytest.skip(str(why))
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.settimeout(0.2)
        address = f"http://127.0.0.1:{ear.getsockname()[1]}/"
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    with ear.accept()[0] as call:
                        calls.append(call.recv(100))
                except TimeoutError:
                    continue

        listening = threading.Thread(target=listen)
        listening.start()
        made = pdf(PAGE + f'<img src="{address}a.png"><link rel="stylesheet" href="{address}b.css">'.encode())
        over.set()
        listening.join()
    (tmp_path / "page.pdf").write_bytes(made)
    with pypdf.PdfReader(tmp_path / "page.pdf") as read:
        assert read.metadata is not None
        assert read.metadata.title == "The dam"
        assert "Who wants what" in read.pages[0].extract_text()
    assert calls == []
