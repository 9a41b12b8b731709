"""Which analyses a law is tried on, and on how many disputes."""

import pytest
from hypothesis import settings

from detente.analyses import CATALOGUE

tried = settings(max_examples=5, deadline=None)


def claiming(law: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("record", [r for r in CATALOGUE if law in r.laws], ids=lambda r: r.name)
