"""Letters: the body, the attachments, and what is left out."""

from __future__ import annotations

import email.message

import pytest

from kg.errors import ReadError
from kg.read import members_of, read_bytes, read_member
from kg.read.mail import is_mail
from tests.read.forms import write_mail, write_zip


def sources(data: bytes) -> list[str]:
    return [member.source for member in members_of(data, "b.eml")]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_body_and_attachments(encoding: str) -> None:
    inner = write_mail(b"Inre brev om medel.\n", "text/plain", {})
    letter = write_mail(
        "Nämnden beslutar om medel på Åsen.\n".encode(),
        "text/plain",
        {"a/../beslut.txt": b"Annat beslut", "arkiv.zip": write_zip({"x.txt": b"I arkivet"}), "brev.eml": inner},
        encoding,
    )
    found = {member.source: read_member(member).text.strip() for member in members_of(letter, "b.eml")}
    assert found == {
        "b.eml": "Nämnden beslutar om medel på Åsen.",
        "b.eml!a/beslut.txt": "Annat beslut",
        "b.eml!arkiv.zip!x.txt": "I arkivet",
        "b.eml!brev.eml": "Inre brev om medel.",
    }
    assert read_bytes(letter, "b.eml").text.strip() == "Nämnden beslutar om medel på Åsen."


def test_tables_are_read_from_the_body_as_html() -> None:
    message = email.message.EmailMessage()
    message["Subject"] = "Beslut"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("Finansiär Belopp")
    message.add_alternative("<table><tr><td>Finansiär</td><td>Belopp</td></tr></table>", subtype="html")
    assert read_bytes(bytes(message), "b.eml").media_type == "text/html"
    message = email.message.EmailMessage()
    message["Subject"] = "Beslut"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("Nämnden beslutar.")
    message.add_alternative("<p>Nämnden <b>beslutar</b>.</p>", subtype="html")
    assert read_bytes(bytes(message), "b.eml").media_type == "text/plain"


def test_pictures_in_the_text_and_signatures_are_left_out() -> None:
    message = email.message.EmailMessage()
    message["Subject"] = "Beslut"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("Nämnden beslutar.")
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logga>")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert sources(bytes(message)) == ["b.eml"]


def test_a_letter_with_attachments_alone() -> None:
    letter = write_mail(b"", "text/plain", {"a.txt": b"Beslut"})
    assert sources(letter) == ["b.eml!a.txt"]
    with pytest.raises(ReadError, match="attachments and no text"):
        read_bytes(letter, "b.eml")


def test_letters_in_letters_without_end() -> None:
    letter = b"Inre"
    for _ in range(8):
        letter = write_mail(b"", "text/plain", {"b.eml": letter})
    found = list(members_of(letter, "b.eml"))
    assert len(found) == 1 and found[0].error is not None and "deep" in found[0].error.what


def test_parts_in_parts_without_end() -> None:
    head = b"MIME-Version: 1.0\nMessage-ID: <1@example.org>\n"
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(1200))
    (member,) = members_of(head + parts + b"\n\nBeslut\n", "b.eml")
    with pytest.raises(ReadError) as caught:
        read_member(member)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "Datum: 2031-01-01\nDnr: RS 1\nBeslut\n",
        "From: Region Norrmark\nTo: Nämnden\nDate: 2 March 2031\nSubject: Projekt\n\nBeslut\n",
    ],
)
def test_papers_that_begin_with_labels_are_no_letters(text: str) -> None:
    assert not is_mail(text.encode())
    assert read_bytes(text.encode(), "x").text == text
