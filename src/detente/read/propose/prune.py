"""Which quotes does a draft rest on, numbered in the order of the text?"""

from detente.situation.nouns import Situation


def pruned(draft: Situation) -> Situation:
    """Return the draft without the mentions that nothing rests on; statements stay, cited or not."""
    data: dict[str, object] = draft.model_dump()
    rows = data.pop("evidence")
    used: set[str] = set()
    _walk(data, used, {})
    kept = tuple(e for e in draft.evidence if e.id in used or e.item is not None)
    new = {e.id: f"e{number}" for number, e in enumerate(kept, 1)}
    if len(kept) == len(draft.evidence) or not isinstance(rows, tuple | list):
        return draft
    walked = _walk(data, set(), new)
    evidence = tuple(e.model_copy(update={"id": new[e.id]}) for e in kept)
    return Situation.model_validate({**(walked if isinstance(walked, dict) else {}), "evidence": evidence})


def _walk(value: object, used: set[str], new: dict[str, str]) -> object:
    """Copy plain data, noting the ids of evidence in it and putting the new ones in their place."""
    if isinstance(value, dict):
        return {k: _ids(v, used, new) if k == "evidence" else _walk(v, used, new) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_walk(v, used, new) for v in value)
    return value


def _ids(ids: object, used: set[str], new: dict[str, str]) -> object:
    found = tuple(str(i) for i in ids) if isinstance(ids, tuple | list) else ()
    used.update(found)
    return tuple(new.get(i, i) for i in found)
