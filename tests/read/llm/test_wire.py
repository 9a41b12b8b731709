"""What passes is waited for, what lasts is told with its cure, and nothing goes to another address."""

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.read.llm.conftest import KEY
from tests.read.llm.server import Endpoint, Said, completion, fault

from detente.errors import ModelError
from detente.read.llm.settings import Model
from detente.read.llm.wire import send

FINE = Said(body=b"{}")


def test_a_busy_endpoint_is_asked_again_when_it_says(there: Endpoint, model: Model, waits: list[float]) -> None:
    there.says(fault(429, "slow down", ("Retry-After", "7")), fault(503, "wait", ("Retry-After", "0")), FINE)
    assert send(model, b"{}", sleep=waits.append).status == 200
    assert waits == [7.0, 0.0]


def test_a_date_to_retry_after_is_understood(there: Endpoint, model: Model, waits: list[float]) -> None:
    soon, past = (format_datetime(datetime.now(UTC) + timedelta(seconds=s), usegmt=True) for s in (40, -40))
    there.says(*(fault(429, "", ("Retry-After", when)) for when in (soon, past, "whenever")), FINE)
    send(model, b"{}", sleep=waits.append)
    assert 30 < waits[0] <= 40
    assert waits[1:] == [0.0, 4.0]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
def test_a_fault_that_passes_is_waited_out_longer_each_time(
    status: int, there: Endpoint, model: Model, waits: list[float]
) -> None:
    there.says(*[fault(status, "x")] * 4, FINE)
    assert send(model, b"{}", sleep=waits.append).status == 200
    assert waits == [1.0, 2.0, 4.0, 8.0]


def test_a_fault_that_stays_is_told_with_the_way_on(there: Endpoint, model: Model, waits: list[float]) -> None:
    there.says(*[fault(500, "x")] * 5)
    with pytest.raises(ModelError, match=r"status 500, 5 times in a row.*kept.*run it again later") as told:
        send(model, b"{}", sleep=waits.append)
    assert there.url in str(told.value)
    assert len(waits) == 4


def test_a_wait_of_an_hour_is_told_instead_of_waited(there: Endpoint, model: Model, waits: list[float]) -> None:
    there.says(fault(429, "quota", ("Retry-After", "3600")))
    with pytest.raises(ModelError, match="asks to wait 3,600 seconds"):
        send(model, b"{}", sleep=waits.append)
    assert waits == []


def test_an_endpoint_that_hangs_is_given_up_on(there: Endpoint, model: Model, waits: list[float]) -> None:
    there.says(Said(hang=True), FINE)
    assert send(replace(model, timeout=0.3), b"{}", sleep=waits.append).status == 200
    there.says(Said(hang=True), Said(hang=True))
    with pytest.raises(ModelError, match=r"did not answer within 0\.3 seconds, 2 times.*--model-timeout"):
        send(replace(model, timeout=0.3, attempts=2), b"{}", sleep=waits.append)


def test_a_connection_that_breaks_is_made_again(there: Endpoint, model: Model, waits: list[float]) -> None:
    there.says(Said(drop=True), FINE)
    assert send(model, b"{}", sleep=waits.append).status == 200


def test_where_nothing_listens_it_is_said_at_once(model: Model, there: Endpoint, waits: list[float]) -> None:
    nowhere = replace(model, endpoint="http://127.0.0.1:9/v1")
    with pytest.raises(ModelError, match=r"nothing listens. Start the server, or correct --endpoint"):
        send(nowhere, b"{}", sleep=waits.append)
    assert waits == []


def test_an_unknown_name_is_said_at_once(model: Model, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ModelError, match=r"not known by that name. Correct --endpoint"):
        send(replace(model, key="", endpoint="http://no-such-host.invalid/v1"), b"{}", sleep=waits.append)
    assert waits == []


def test_an_endpoint_without_encryption_is_not_trusted(there: Endpoint, model: Model, waits: list[float]) -> None:
    with pytest.raises(ModelError, match="no connection that can be trusted"):
        send(replace(model, endpoint=there.url.replace("http://", "https://")), b"{}", sleep=waits.append)
    assert there.requests == []


def test_a_redirect_is_not_followed(there: Endpoint, model: Model) -> None:
    there.says(Said(307, headers=(("Location", f"{there.url}/elsewhere"),)))
    assert send(model, b"{}").status == 307
    assert there.paths == ["/v1/chat/completions"]


def test_the_key_is_sent_in_the_header_that_is_meant_for_it(there: Endpoint, model: Model) -> None:
    there.says(FINE, FINE, FINE)
    send(model, b"{}")
    send(replace(model, key="", endpoint=f"{there.url}/"), b"{}")
    send(replace(model, endpoint=f"{there.url}/chat/completions"), b"{}")
    assert there.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in there.headers[1]
    assert there.paths == ["/v1/chat/completions"] * 3


def test_more_than_any_answer_is_not_read_to_its_end(there: Endpoint, model: Model, waits: list[float]) -> None:
    there.says(Said(body=b" " * 9_000_000), completion("short"))
    assert b"short" in send(model, b"{}", sleep=waits.append).body
