"""Letters (e-mail): the body, and every attachment as a paper of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from kg.errors import ReadError
from kg.read.archive import COUNT_LIMIT, Part
from kg.read.files import too_large

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*")
_WINDOW = 65536
# Lines that only letters begin with, and those that letters have more than one of.
_SURE = frozenset(
    {"mime-version", "message-id", "received", "return-path", "delivered-to", "content-transfer-encoding"}
)
_USUAL = frozenset({"from", "to", "subject", "date"})
_STAMP = re.compile(rb"^date:.*\b(?:19|20)\d\d +\d{1,2}:\d\d", re.IGNORECASE | re.MULTILINE)
_FAULTS = (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError)
_PASSED_OVER = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "text/calendar",
        "message/delivery-status",
    }
)
_HINT = "save the letter again, or give its attachments"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the lines that a letter begins with."""
    names: set[str] = set()
    at = 5 if data[:5] == b"From " else 0  # the line before a letter in a mailbox
    if at:
        at = data.find(b"\n", 0, _WINDOW) + 1
    while len(names) < 40:
        found = _HEADER.match(data, at, at + _WINDOW)
        if not found:
            break
        names.add(found[1].decode("ascii").lower())
        at = found.end()
    if names & _SURE and len(names) > 1:
        return True
    # A memorandum too may begin with "From:" and "Date:"; only a letter has an address and a time.
    return len(names & _USUAL) >= 3 and b"@" in data[:at] and bool(_STAMP.search(data[:at]))


def open_mail(data: bytes, source: str, limit: int) -> Iterator[Part]:
    """The body under the letter's own name, then the attachments in their order, ``letter.eml!name``.

    Raises ReadError where the letter cannot be taken apart.  Signatures, invitations and pictures set into the text are
    left out.
    """
    try:
        message = _parse(data)
        body = _find_body(message)
        text = _text(body) if body is not None else b""
        attachments = [part for part in _leaves(message) if part is not body and _is_paper(part)]
    except _FAULTS as error:
        raise _damaged(source, error) from error
    if len(attachments) > COUNT_LIMIT:
        raise ReadError(
            f"the letter has {len(attachments)} attachments; the limit is {COUNT_LIMIT}",
            where=source,
            hint=_HINT,
            code="too_large",
        )
    if not text.strip() and not attachments:
        raise ReadError("the letter holds no text", where=source, hint="check that it was saved", code="empty")
    if text.strip():
        yield Part(source, text, whole=True)
    seen: dict[str, int] = {}
    for part in attachments:
        name = _name(part)
        seen[name] = seen.get(name, 0) + 1
        where = f"{source}!{name}" + (f" ({seen[name]})" if seen[name] > 1 else "")
        try:
            content = _bytes(part)
        except _FAULTS as error:
            yield Part(where, b"", _damaged(where, error))
            continue
        if len(content) > limit:
            yield Part(where, b"", too_large(where, len(content), limit))
        else:
            yield Part(where, content)


def read_body(data: bytes, source: str) -> bytes:
    """The body of a letter as UTF-8.  Raises ReadError where it has none."""
    first = next(open_mail(data, source, len(data)))
    if not first.whole:
        raise ReadError(
            "the letter holds attachments and no text",
            where=source,
            hint="kg build and kg extract read the attachments",
            code="empty",
        )
    return first.data


def _parse(data: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    return message


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, letters within the letter as one each."""
    stack = [message]
    while stack:
        part = stack.pop()
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            stack.extend(reversed([inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]))
        else:
            yield part


def _find_body(message: EmailMessage) -> EmailMessage | None:
    """The text of the letter: as HTML where that has a table, which plain text loses."""
    plain: Any = message.get_body(("plain",))
    rich: Any = message.get_body(("html",))
    return rich if rich is not None and (plain is None or b"<table" in _text(rich).lower()) else plain


def _is_paper(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    if kind in _PASSED_OVER:
        return False
    if part.get_content_disposition() == "attachment" or kind == "message/rfc822":
        return True
    if part.get_content_maintype() == "image":  # a logo in the text
        return False
    return part.get_filename() is not None


def _text(part: EmailMessage) -> bytes:
    """The words of a part, in UTF-8 whatever they came in."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return b""
    charset = part.get_content_charset()
    if charset:
        try:
            return payload.decode(charset).encode()
        except (LookupError, UnicodeError):
            return payload  # the reader of text finds out by itself
    return payload


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner: Any = part.get_payload()
        return b"".join(bytes(message) for message in inner) if isinstance(inner, list) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name(part: EmailMessage) -> str:
    name = _CONTROL.sub("", part.get_filename() or "").replace("\\", "/")
    name = "/".join(p for p in name.split("/") if p not in ("", ".", ".."))
    return name or ("letter.eml" if part.get_content_type() == "message/rfc822" else "unnamed")


def _damaged(source: str, error: BaseException) -> ReadError:
    reason = " ".join(str(error).split())[:80] or type(error).__name__
    return ReadError(f"the letter is damaged ({reason})", where=source, hint=_HINT)
