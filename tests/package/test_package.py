"""The package: members carried as they are packed, links and content types read, files written whole or not at all."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.commands.beside import beside
from workbook.model import CannotDo
from workbook.package import parts
from workbook.package.framed import Frame
from workbook.package.parts import Beginning, Member, Package, PackageWriter, pack, pack_pieces
from workbook.package.relationships import CONTENT_TYPES, ContentTypes, relationships_name, relationships_xml, resolve
from workbook.package.writing import write_safely

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in {CONTENT_TYPES: TYPES, **parts}.items():
            archive.writestr(name, data)
    return file.getvalue()


@given(st.dictionaries(st.text("abcé/_.", min_size=1, max_size=9).filter(lambda n: not n.endswith("/")), st.binary()))
def test_python_reads_what_is_written(parts: dict[str, bytes]) -> None:
    file = io.BytesIO()
    members = [pack(name, data) for name, data in parts.items()]
    writer = PackageWriter(file, Beginning.of(members[1:3], Beginning.of(members[:1])))
    for member in members[3:]:
        writer.put(member)
    writer.close()
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts


@given(st.binary(max_size=400), st.lists(st.binary(max_size=300), max_size=3), st.binary(max_size=400), st.booleans())
def test_python_reads_parts_that_share_head_and_tail(
    head: bytes, middles: list[bytes], tail: bytes, alike: bool
) -> None:
    file, frame = io.BytesIO(), Frame(head, tail)
    parts = {f"{n}.xml": head + middle if alike else middle for n, middle in enumerate(middles)}
    writer = PackageWriter(file)
    for name, middle in parts.items():
        writer.put(frame.pack(name, middle))
    writer.close()
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            n: head + m + tail for n, m in parts.items()
        }
        assert [info.file_size for info in archive.infolist()] == [len(head + m + tail) for m in parts.values()]


def test_a_large_part_packed_beside_the_making_of_its_pieces_is_the_same() -> None:
    pieces = [bytes(f"<c>{number * number}</c>", "ascii") * 50 for number in range(9_000)]
    one = pack_pieces("a", pieces, 3, beside)
    assert one == pack_pieces("a", pieces, 3) and one.size > 2 * parts._RUN
    assert zlib.decompress(one.data, -15) == b"".join(pieces) and one.crc == zlib.crc32(b"".join(pieces))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_carried_packed_and_case_is_ignored(method: int) -> None:
    package = Package.open(zipped({"xl/Media/Image1.png": b"x" * 999}, method))
    member = package.member("xl/media/image1.PNG")
    assert package.read("xl/media/image1.png") == b"x" * 999
    assert member.size == 999 and member.method in (0, 8)
    file = io.BytesIO()
    writer = PackageWriter(file)
    writer.put(member)
    writer.close()
    assert zipfile.ZipFile(file).read(member.name) == b"x" * 999


def test_the_same_members_give_the_same_bytes() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        writer = PackageWriter(file)
        writer.add("a", b"1")
        writer.put(Member("b", b"2", zipfile.crc32(b"2"), 1, 0))  # type: ignore[attr-defined]
        writer.close()
    assert files[0].getvalue() == files[1].getvalue()


def test_links_are_resolved_and_written() -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
    xml = (
        f'<Relationships xmlns="{space}"><Relationship Id="a" Type="{kind}chart" Target="../charts/c.xml"/>'
        f'<Relationship Id="b" Type="{kind}hyperlink" Target="https://x.org/?a&amp;b" TargetMode="External"/>'
        "</Relationships>"
    ).encode()
    package = Package.open(zipped({"xl/drawings/_rels/d.xml.rels": xml}))
    links = package.relationships("xl/drawings/d.xml")
    assert [(link.kind, link.target) for link in links] == [
        ("chart", "xl/charts/c.xml"), ("hyperlink", "https://x.org/?a&b")
    ]  # fmt: skip
    again = Package.open(zipped({"xl/drawings/_rels/d.xml.rels": relationships_xml("xl/drawings/d.xml", links)}))
    assert again.relationships("xl/drawings/d.xml") == links
    assert package.relationships("xl/none.xml") == []
    assert resolve("xl/a.xml", "/xl/b.xml") == "xl/b.xml" and relationships_name("") == "_rels/.rels"


def test_content_types_by_part_and_ending() -> None:
    types = ContentTypes(TYPES)
    types.defaults["png"] = "image/png"
    types.parts["xl/a.xml"] = "text/a"
    again = ContentTypes(types.to_xml())
    assert (again.of("xl/a.xml"), again.of("b.PNG"), again.of("c.x")) == ("text/a", "image/png", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,level\n", "a text file"),
        (zipped({})[:-30], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (zipped({}).replace(CONTENT_TYPES.encode(), b"[Something_Els].xml"), "not a workbook"),
        (zipped({}, zipfile.ZIP_BZIP2), "damaged"),
    ],
)
def test_what_is_no_workbook_is_one_sentence(content: bytes, words: str) -> None:
    with pytest.raises(CannotDo, match=words):
        Package.open(content).read(CONTENT_TYPES)


def test_a_missing_file_and_a_zip_bomb(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="There is no file"):
        Package.open(tmp_path / "none.xlsx")
    bomb = bytearray(zipped({"xl/a.xml": b"0" * 50}))
    at = bomb.rindex(b"PK\x01\x02") + 24
    bomb[at : at + 4] = (0xF0000000).to_bytes(4, "little")
    with pytest.raises(CannotDo, match="unpack to far more"):
        Package.open(bytes(bomb))


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    write_safely(target, lambda file: file.write(b"one") and None)
    with pytest.raises(CannotDo, match="already there"):
        write_safely(target, lambda file: file.write(b"two") and None)

    def fail(file: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_safely(target, fail, replace=True)
    assert target.read_bytes() == b"one" and len(list(tmp_path.iterdir())) == 1
    with pytest.raises(CannotDo, match="could not be written"):
        write_safely(tmp_path / "no" / "out.xlsx", fail)
