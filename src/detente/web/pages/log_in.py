"""`/log-in`: who are you? Only where the desk has accounts."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from fastapi.responses import RedirectResponse, Response

from detente.web.asked import Ask, Asked
from detente.web.safety.accounts import Accounts

router = APIRouter()
NOT_FOUND = 404
WRONG = 401
TOO_OFTEN = 429


@router.get("/log-in")
def ask_for_name(asked: Ask) -> Response:
    """Ask for a name and a password."""
    _require_accounts(asked)
    return asked.page("log_in.html", wrong="")


@router.post("/log-in")
def log_in(
    asked: Ask, name: Annotated[str, Form(max_length=80)], password: Annotated[str, Form(max_length=600)]
) -> Response:
    """Let somebody in whose name and password belong together; who guesses has to wait."""
    accounts = _require_accounts(asked)
    keys = (f"name {name}", f"from {_comes_from(asked)}")
    desk = asked.desk
    if wait := desk.attempts.wait_seconds(*keys):
        desk.refusals.note(TOO_OFTEN, "too many log-ins", method="POST", path="/log-in")
        answer = asked.page("log_in.html", status=TOO_OFTEN, wrong=f"Too many attempts. Wait {-(-wait // 60)} min.")
        answer.headers["Retry-After"] = str(wait)
        return answer
    desk.attempts.failed(*keys)  # counted before the answer is known, so that many guesses at once count as many
    if not accounts.admits(name, password):
        desk.refusals.note(WRONG, "wrong name or password", method="POST", path="/log-in")
        return asked.page("log_in.html", status=WRONG, wrong="That name and that password do not belong together.")
    desk.attempts.succeeded(keys[0])
    entered: Response = RedirectResponse("/", status_code=303)
    if desk.guard is not None:
        desk.guard.settle(entered, desk.visitors.enter(name))
    return entered


@router.post("/log-out")
def log_out(asked: Ask) -> Response:
    """Forget who asks."""
    if asked.visitor is not None:
        asked.desk.visitors.leave(asked.visitor.id)
    return RedirectResponse("/log-in" if asked.desk.settings.accounts else "/", status_code=303)


def _require_accounts(asked: Asked) -> Accounts:
    accounts = asked.desk.settings.accounts
    if accounts is None:
        raise HTTPException(NOT_FOUND)
    return accounts


def _comes_from(asked: Asked) -> str:
    """Return the address of who asks: what the proxy added last, where there is one."""
    told = asked.request.headers.getlist("x-forwarded-for") if asked.desk.settings.proxied else []
    if told:
        return told[-1].rpartition(",")[2].strip()
    return asked.request.client.host if asked.request.client else ""
