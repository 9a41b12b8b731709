"""What a model may be named by, and that its key goes nowhere it should not."""

from pathlib import Path

import pytest
from tests.read.llm.conftest import KEY

from detente.desk.model import asking
from detente.errors import UsageError
from detente.read.llm.settings import Model, Prices, default_cache, prices_of


@pytest.mark.parametrize(
    "endpoint",
    ["http://localhost:11434/v1", "http://127.0.0.1:8080", "http://[::1]:80/v1", "https://api.example.org/v1"],
)
def test_a_key_may_go_to_this_machine_or_travel_encrypted(endpoint: str) -> None:
    assert Model("m", endpoint, KEY).endpoint == endpoint


@pytest.mark.parametrize("endpoint", ["http://api.example.org/v1", "http://10.0.0.7:8000/v1"])
def test_a_key_does_not_travel_where_others_can_read_it(endpoint: str) -> None:
    with pytest.raises(UsageError, match="unencrypted") as refused:
        Model("m", endpoint, KEY)
    assert KEY not in str(refused.value)
    assert Model("m", endpoint).key == ""


@pytest.mark.parametrize(
    "endpoint",
    ["", "localhost:11434", "ftp://a/v1", "http://", "http://a:port/v1", "http://a/v1\n", "http://[::1/v1", "htp"],
)
def test_what_is_no_web_address_is_refused_with_one_that_is(endpoint: str) -> None:
    with pytest.raises(UsageError, match="such as http://localhost"):
        Model("m", endpoint)


@pytest.mark.parametrize("endpoint", [f"https://me:{KEY}@a/v1", f"https://a/v1?key={KEY}", f"https://a/v1#{KEY}"])
def test_a_password_in_an_address_is_refused_and_not_repeated(endpoint: str) -> None:
    with pytest.raises(UsageError, match="DETENTE_MODEL_KEY") as refused:
        Model("m", endpoint)
    assert KEY not in str(refused.value)


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(UsageError, match="DETENTE_MODEL_KEY") as refused:
        Model("m", "http://localhost/v1", key)
    assert key not in str(refused.value)


def test_a_model_shown_does_not_show_its_key() -> None:
    assert KEY not in repr(Model("m", "http://localhost/v1", KEY))


@pytest.mark.parametrize(("name", "timeout"), [("", 1.0), (" ", 1.0), ("m", 0.0), ("m", float("nan"))])
def test_what_cannot_be_asked_is_refused(name: str, timeout: float) -> None:
    with pytest.raises(UsageError):
        Model(name, "http://localhost/v1", timeout=timeout)


@pytest.mark.parametrize("given", ["1", "a/b", "1/2/3", "-1/2", "nan/1", "inf/1", ""])
def test_what_is_no_pair_of_prices_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match=r"such as 0\.5/2"):
        prices_of(given)


def test_prices_count_a_million_tokens() -> None:
    assert prices_of("3/15") == Prices(3, 15)
    assert Prices(3, 15).cost(1_000_000, 100_000) == pytest.approx(4.5)


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DETENTE_MODEL_KEY", f" {KEY}\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    found = asking("m", "http://localhost/v1", tell=print)
    assert found is not None
    assert (found.model.key, found.model.cache) == (KEY, tmp_path / "detente" / "model")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_cache().parts[-3:] == (".cache", "detente", "model")


@pytest.mark.parametrize(("name", "endpoint"), [("m", None), (None, "http://localhost/v1"), ("m", "")])
def test_half_a_model_is_refused(name: str | None, endpoint: str | None) -> None:
    with pytest.raises(UsageError, match=r"Add --(model|endpoint)"):
        asking(name, endpoint, tell=print)
