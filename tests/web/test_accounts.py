"""Accounts: who may log in, what a guess costs, and what the file holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.web.entering import ORIGIN, TOKEN, guarded, token_in

from detente.cli import main
from detente.errors import UsageError
from detente.web.safety.accounts import Accounts, add_account, read_accounts
from detente.web.safety.attempts import MOST_FAILURES, WINDOW_SECONDS, Attempts
from detente.web.safety.visitors import IDLE_SECONDS, MOST, Visitors

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    file = tmp_path_factory.mktemp("accounts") / "people.toml"
    add_account(file, "A. Analyst", PASSWORD)
    return read_accounts(file)


@pytest.fixture
def client(made_once: Path, people: Accounts) -> Iterator[TestClient]:
    with TestClient(guarded(made_once, accounts=people), base_url=ORIGIN, follow_redirects=False) as made:
        yield made


def log_in(client: TestClient, name: str, password: str, origin: str | None = ORIGIN) -> int:
    headers = {"origin": origin} if origin else {}
    sent = client.post("/log-in", data={"name": name, "password": password}, headers=headers)
    return sent.status_code


def test_the_file_holds_no_password(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    add_account(file, "A. Analyst", PASSWORD)
    add_account(file, "B. Analyst", PASSWORD)
    text = file.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert text.count("$argon2id$") == 2
    assert file.stat().st_mode & 0o077 == 0


def test_who_belongs_to_a_password_is_admitted_and_nobody_else(people: Accounts) -> None:
    assert people.admits("A. Analyst", PASSWORD)
    assert not people.admits("A. Analyst", PASSWORD + "x")
    assert not people.admits("Somebody", PASSWORD)
    assert not people.admits("", "")
    assert not people.admits("A. Analyst", "x" * 100_000)


@pytest.mark.parametrize("content", ["", "a = 1", '"a" = "plain"', "not toml", "\x00"])
def test_a_file_that_holds_no_accounts_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(content, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(UsageError, match="add-account"):
        read_accounts(file)


def test_a_file_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    add_account(file, "A. Analyst", PASSWORD)
    file.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        read_accounts(file)


def test_an_account_is_added_by_the_command(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    words = ["serve", str(tmp_path), "--accounts", str(file), "--add-account", "A. Analyst"]
    done = CliRunner().invoke(main, words, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    assert read_accounts(file).admits("A. Analyst", PASSWORD)
    short = CliRunner().invoke(main, words, input="short\nshort\n")
    assert short.exit_code == 2


def test_with_accounts_the_token_opens_nothing(client: TestClient) -> None:
    assert client.get(f"/?token={TOKEN}").status_code == 401
    assert client.get("/api/inputs", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 401
    assert client.get("/situation").headers["location"] == "/log-in"


def test_who_logs_in_sees_the_desk_and_who_logs_out_does_not(client: TestClient) -> None:
    assert log_in(client, "A. Analyst", PASSWORD) == 303
    page = client.get("/nothing")
    assert "A. Analyst" in page.text
    sent = client.post("/log-out", data={"csrf": token_in(page.text)}, headers={"origin": ORIGIN})
    assert sent.headers["location"] == "/log-in"
    assert client.get("/situation").headers["location"] == "/log-in"


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
def test_no_other_site_logs_anybody_in(client: TestClient, origin: str | None) -> None:
    assert log_in(client, "A. Analyst", PASSWORD, origin) == 403


def test_who_guesses_has_to_wait_even_with_the_right_password(client: TestClient) -> None:
    assert [log_in(client, "A. Analyst", "a wrong password") for _ in range(MOST_FAILURES)] == [401] * MOST_FAILURES
    assert log_in(client, "A. Analyst", PASSWORD) == 429
    assert log_in(client, "Somebody else", PASSWORD) == 429, "from the same place"


def test_a_wait_ends() -> None:
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for _ in range(MOST_FAILURES):
        assert attempts.wait_seconds("name a") == 0
        attempts.failed("name a")
    assert attempts.wait_seconds("name a") > WINDOW_SECONDS - 1
    assert attempts.wait_seconds("name b") == 0
    now[0] += WINDOW_SECONDS + 1
    assert attempts.wait_seconds("name a") == 0


def test_who_is_quiet_for_long_has_to_enter_again_and_memory_is_bounded() -> None:
    now = [0.0]
    visitors = Visitors(clock=lambda: now[0])
    first = visitors.enter("A. Analyst")
    assert visitors.known(first.id) == first
    now[0] += IDLE_SECONDS + 1
    assert visitors.known(first.id) is None
    early = visitors.enter("B. Analyst")
    for _ in range(MOST):
        visitors.enter("C. Analyst")
    assert visitors.known(early.id) is None
