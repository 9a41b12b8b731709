"""Was a form sent by a page of this desk? The page carries a token that other sites cannot read."""

import hmac
from urllib.parse import parse_qsl

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from detente.web.safety.hosts import Headers, value

FIELD = "csrf"
HEADER = "x-csrf-token"
MOST_FIELDS = 1000
LONGEST = 200


def sent_token(headers: Headers, body: bytes) -> str:
    """Return the form token of a request: of its header or of its field, empty where there is neither.

    >>> sent_token([(b"content-type", b"application/x-www-form-urlencoded")], b"csrf=abc&to=1")
    'abc'
    """
    given = list(headers)
    if told := value(given, HEADER):
        return told
    kind, options = parse_options_header(value(given, "content-type"))
    if kind == b"application/x-www-form-urlencoded":
        return _of_fields(body)
    if kind == b"multipart/form-data":
        return _of_parts(body, options.get(b"boundary", b""))
    return ""


def is_genuine(sent: str, expected: str) -> bool:
    """Compare two tokens in a time that does not tell how much of them agrees.

    >>> is_genuine("", ""), is_genuine("a", "a")
    (False, True)
    """
    return bool(expected) and hmac.compare_digest(sent.encode("utf-8", "replace"), expected.encode())


def _of_fields(body: bytes) -> str:
    try:
        fields = parse_qsl(body.decode("ascii", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return ""
    return next((told for name, told in fields if name == FIELD), "")


def _of_parts(body: bytes, boundary: bytes) -> str:
    """Look through the parts for the token; what else they hold is passed over."""
    if not boundary:
        return ""
    found = _Part()
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": found.begin,
            "on_header_field": found.name,
            "on_header_value": found.told,
            "on_header_end": found.header,
            "on_part_data": found.data,
        },
    )
    try:
        parser.write(body)
        parser.finalize()
    except MultipartParseError:
        return ""
    return found.token.decode("ascii", "replace")


class _Part:
    """What is known of the part that is being read, and the token once it has been."""

    __slots__ = ("_name", "_told", "token", "wanted")

    def __init__(self) -> None:
        self.token = b""
        self.wanted = False
        self._name = self._told = b""

    def begin(self) -> None:
        self.wanted, self._name, self._told = False, b"", b""

    def name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def told(self, data: bytes, start: int, end: int) -> None:
        self._told += data[start:end]

    def header(self) -> None:
        if self._name.lower() == b"content-disposition":
            options = parse_options_header(self._told)[1]
            self.wanted = options.get(b"name") == FIELD.encode() and b"filename" not in options
        self._name = self._told = b""

    def data(self, data: bytes, start: int, end: int) -> None:
        if self.wanted and len(self.token) < LONGEST:
            self.token += data[start:end]
