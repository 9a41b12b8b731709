"""England and Zimbabwe on every one of their 31 agendas."""

from fractions import Fraction
from pathlib import Path

import numpy as np
from tests.analyses.published.tables import UNIT, england_zimbabwe, reference, slug

from detente.analyses.packages import packages
from detente.boards import Modes, with_modes


def test_the_31_agendas_of_england_and_zimbabwe_come_back(shared_dir: Path) -> None:
    model = reference(shared_dir, "genius_anac", "anac__y2010__EnglandZimbabwe.json")
    scopes = reference(shared_dir, "england_zimbabwe_agenda_scopes.json")
    board = england_zimbabwe(model, scopes)
    listed = scopes["scopes"]
    assert isinstance(listed, list)
    assert len(listed) == 31
    for scope in listed:
        modes: Modes = {slug(i): ("option", None) for i in scope["agenda"]}
        found = packages(with_modes(board, modes))
        assert all(s.certificate.holds for s in found.solutions)
        assert found.packages == scope["packages"] - 1
        assert found.acceptable == scope["zopa_weak"]
        assert len({tuple(g) for g in found.frontier_gains.tolist()}) == scope.get("pareto_in_zopa", 0)
        np.testing.assert_allclose(found.gains / UNIT, scope.get("nash_gains", [0, 0]), atol=5e-7)
        if scope["zopa_weak"]:
            fair = found.solution("kalai_smorodinsky")
            assert fair.value == min(Fraction(g, i) for g, i in zip(fair.gains, found.ideal, strict=True))
            np.testing.assert_allclose(np.array(fair.gains) / UNIT, scope["ks_gains"], atol=5e-7)
            welfare = found.solution("utilitarian")
            np.testing.assert_allclose(sum(welfare.gains) / UNIT, scope["welfare_max_gain"], atol=5e-7)
        else:
            assert not any(s.found for s in found.solutions)
