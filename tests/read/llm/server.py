"""An endpoint on this machine that speaks the protocol of chat completions, and says what a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Json = dict[str, object]
ASKED: Json = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}


@dataclass(frozen=True)
class Said:
    """One reply: a status, a body, headers, and how long it takes to come (`drip` sends it byte by byte)."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    drop: bool = False
    hang: bool = False


@dataclass
class Endpoint:
    """What is said next, and everything that was asked so far."""

    url: str = ""
    script: list[Said | Callable[[Json], Said]] = field(default_factory=list)
    always: Callable[[Json], Said] | None = None
    requests: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def reply(self, request: Json) -> Said:
        said = self.script.pop(0) if self.script else self.always
        assert said is not None, "the endpoint was asked more often than the test foresaw"
        return said if isinstance(said, Said) else said(request)

    def says(self, *answers: str | Said) -> None:
        self.script += [a if isinstance(a, Said) else completion(a) for a in answers]


def completion(text: str | None, *, usage: Json | None = ASKED) -> Said:
    """A reply of the real form around the words of a model."""
    message = {"role": "assistant", "content": text}
    body: Json = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }
    if usage is not None:
        body["usage"] = usage
    return Said(body=json.dumps(body).encode())


def fault(status: int, message: str, *headers: tuple[str, str]) -> Said:
    body = {"error": {"message": message, "type": "invalid_request_error", "code": None}}
    return Said(status, json.dumps(body).encode(), headers)


def items(rows: Sequence[object]) -> str:
    return json.dumps({"items": list(rows)})


def text_of(request: Json) -> str:
    """The last thing a request says."""
    messages = request["messages"]
    assert isinstance(messages, list)
    return str(messages[-1]["content"])


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """An endpoint that listens on this machine alone, for as long as the block lasts."""
    here = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            here.requests.append(json.loads(content))
            here.headers.append(dict(self.headers.items()))
            here.paths.append(self.path)
            said = here.reply(here.requests[-1])
            if said.hang:
                here.released.wait(20)
            if said.drop or said.hang:
                self.close_connection = True
                return
            self.send_response(said.status)
            for name, value in said.headers:
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    here.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield here
    finally:
        here.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
