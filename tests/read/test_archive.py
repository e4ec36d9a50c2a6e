"""Archives: every paper in them is read, and nothing in them does harm."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.issues import CODES
from kg.read import Member, members, members_of, read, read_member
from kg.read.archive import COUNT_LIMIT


def pack(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def refusal(data: bytes, **options: int) -> ReadError:
    found = list(members_of(data, "a.zip", **options))
    assert len(found) == 1 and found[0].error is not None, found
    error = found[0].error
    assert error.code in CODES and error.hint and "\n" not in error.message
    with pytest.raises(ReadError):
        read_member(found[0])
    return error


def test_members_in_the_order_of_their_names(tmp_path: Path) -> None:
    path = tmp_path / "arkiv.dat"
    path.write_bytes(
        pack(
            {
                "b/beslut.html": b"<p>Beslut</p><p>Mer</p>",
                "a/protokoll.txt": "Sammanträde i Östersund".encode("cp1252"),
                "__MACOSX/a/._protokoll.txt": b"\0\1",
                "a/.DS_Store": b"\0\1",
                "c.zip": pack({"inre.md": b"# Beslut\n\n**Datum:** 2031-01-01\n"}),
            }
        )
    )
    found = [(m.source, read_member(m).media_type) for m in members(path, source="arkiv.zip")]
    assert found == [
        ("arkiv.zip!a/protokoll.txt", "text/plain"),
        ("arkiv.zip!b/beslut.html", "text/html"),
        ("arkiv.zip!c.zip!inre.md", "text/markdown"),
    ]


def test_a_file_that_is_one_paper_is_its_own_member(tmp_path: Path) -> None:
    paper = tmp_path / "beslut.zip"  # the name does not count
    paper.write_bytes(b"Beslut om medel\n")
    (member,) = members(paper)
    assert read_member(member) == read(paper)


def test_a_file_that_is_not_there_is_a_member_with_an_error(tmp_path: Path) -> None:
    (member,) = members(tmp_path / "saknas.zip")
    with pytest.raises(ReadError, match="no such file"):
        read_member(member)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\beslut.txt", "beslut.txt"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("rad\nbrytning.txt", "radbrytning.txt"),
        ("..", "unnamed"),
    ],
)
def test_names_that_lead_elsewhere_are_names_only(name: str, named: str) -> None:
    (member,) = members_of(pack({name: b"Beslut"}), "a.zip")
    assert member == Member(f"a.zip!{named}", b"Beslut")


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "utf-8"])
def test_names_in_old_encodings(encoding: str) -> None:
    data = pack({"XXXXXX.txt": b"Beslut"})
    name = "åäöÅÄÖ".encode(encoding)
    plain = name[:6] if len(name) == 6 else "åäö".encode(encoding)
    (member,) = members_of(data.replace(b"XXXXXX", plain), "a.zip")
    assert member.source in ("a.zip!åäöÅÄÖ.txt", "a.zip!åäö.txt")


def test_a_name_twice() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.txt", b"Ett")
            archive.writestr("a.txt", b"Tv\xc3\xa5")
    assert [m.source for m in members_of(stream.getvalue(), "z")] == ["z!a.txt", "z!a.txt (2)"]


# --- harm ---


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "to 1" in refusal(pack({"a.txt": b"0" * 50_000_000})).what


def test_too_many_files() -> None:
    assert str(COUNT_LIMIT) in refusal(pack({f"{i}.txt": b"" for i in range(COUNT_LIMIT + 1)}, zipfile.ZIP_STORED)).what


def test_archives_in_archives() -> None:
    data = pack({"a.txt": b"Beslut"})
    for _ in range(20):
        data = pack({"z.zip": data}, zipfile.ZIP_STORED)
    assert "deep" in refusal(data).what


def test_sizes_that_lie() -> None:
    data = bytearray(pack({"a.txt": b"Beslut " * 1000}))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)  # the uncompressed size in the directory
    (member,) = members_of(bytes(data), "a.zip")
    assert member.error is not None or len(member.data) <= 10


def test_one_file_too_large_leaves_the_others() -> None:
    found = list(members_of(pack({"a.txt": b"x\n" * 500, "b.txt": b"Beslut"}), "z", limit=900))
    assert [m.error.code if m.error else None for m in found] == ["too_large", None]


def test_encrypted_and_damaged_members() -> None:
    data = bytearray(pack({"a.txt": b"Beslut om medel " * 50, "b.txt": b"Beslut"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    first, second = members_of(bytes(data), "z")
    assert first.error is not None and "encrypted" in first.error.what
    assert read_member(second).text == "Beslut"
    broken = bytearray(pack({"a.txt": b"Beslut om medel " * 50, "b.txt": b"Beslut"}))
    broken[45] ^= 0xFF
    first, second = members_of(bytes(broken), "z")
    assert first.error is not None and "damaged" in first.error.what and second.error is None


def test_cut_short_and_empty() -> None:
    assert "damaged" in refusal(pack({"a.txt": b"Beslut" * 1000})[:-30]).what
    assert refusal(pack({})).code == "empty"
    assert refusal(pack({"__MACOSX/x": b"1"})).code == "empty"


def test_an_archive_may_be_larger_than_a_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(pack({f"{i}.txt": b"Beslut " * 20 for i in range(20)}, zipfile.ZIP_STORED))
    assert path.stat().st_size > 1000
    assert all(member.error is None for member in members(path, limit=1000))
    assert len(list(members(path, limit=1000))) == 20
    path.write_bytes(b"Beslut " * 200)
    (member,) = members(path, limit=1000)
    assert member.error is not None and member.error.code == "too_large"
