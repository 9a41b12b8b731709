"""Whatever the description of the interface allows is answered as it says, and nothing that is sent breaks it."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from tests.web.entering import TOKEN, Visit, entered, guarded
from tests.web.small import small

from detente.desk import runs
from detente.desk.intake import Intake
from detente.web.app import routed

EXAMPLES = 6
SCHEMA = schemathesis.openapi.from_dict(routed().openapi())
OURS = (200, 202, 400, 404, 405, 409, 413, 415, 422)


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A desk over a small dossier, where documents wait to be read and runs wait to be begun for ever."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Intake, "_begin", lambda self: None)
        patched.setattr(runs, "_launch", lambda folder, made: None)
        with entered(guarded(small(tmp_path_factory.mktemp("described")))) as visit:
            yield visit


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_interface(case: Case[Any], dam: Visit) -> None:
    sent = case.as_transport_kwargs(headers={"authorization": f"Bearer {TOKEN}"})
    sent.pop("cookies")  # those of the visit are not replaced
    if isinstance(sent.get("data"), bytes):
        sent["content"] = sent.pop("data")
    answer = dam.client.request(**sent)
    assert answer.status_code in OURS, (sent, answer.text)
