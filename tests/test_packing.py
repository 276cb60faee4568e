"""A pack tells whether it is as it was made, and does no harm to whoever looks."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from stemmata.errors import FolderError, FormatError, MissingSource
from stemmata.packing import MANIFEST, REQUEST, RESPONSE, SUMS, File, verify_pack, write_pack
from stemmata.timestamps import request_stamp

FILES = {"a/text.txt": File(b"One text.\n", "a text"), "b/text.txt": File(b"Another.\n", "a text")}
NAMES = sorted([*FILES, MANIFEST, REQUEST, SUMS])
Contents = dict[str, bytes]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of two texts."""
    return write_pack(tmp_path / "pack.zip", FILES, {"made_by": "a test"}).path


def contents(pack: Path) -> Contents:
    """All files of a pack, by name."""
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(pack: Path, alter: Callable[[Contents], None], method: int = zipfile.ZIP_STORED) -> Path:
    """Write a pack anew, with its files altered, as somebody would who unpacks and packs it."""
    held = contents(pack)
    alter(held)
    with zipfile.ZipFile(pack, "w", method) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return pack


def with_new_sums(held: Contents) -> None:
    """List the digests anew, as somebody does who wants to hide what they did."""
    listed = sorted(held.keys() - {SUMS, REQUEST, RESPONSE})
    held[SUMS] = "".join(f"{hashlib.sha256(held[name]).hexdigest()}  {name}\n" for name in listed).encode()


def test_a_pack_is_whole_as_it_was_made(pack: Path) -> None:
    checked = verify_pack(pack)
    assert checked.differs == []
    assert checked.files == len(NAMES)
    assert checked.about == {"format": 1, "made_by": "a test"}
    assert checked.sha256 == hashlib.sha256(contents(pack)[SUMS]).hexdigest()
    assert checked.stamp == ""
    assert verify_pack(str(pack)) == checked


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    """In whatever order, in whatever folder, and without a time or a name of the machine."""
    (tmp_path / "elsewhere").mkdir()
    one = write_pack(tmp_path / "one.zip", FILES, {})
    two = write_pack(tmp_path / "elsewhere" / "two.zip", dict(reversed(FILES.items())), {})
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.sha256 == two.sha256
    with zipfile.ZipFile(one.path) as archive:
        assert archive.namelist() == NAMES
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not there")
def test_sha256sum_accepts_the_list(pack: Path, tmp_path: Path) -> None:
    """Whoever has no stemmata verifies it with what every Linux has."""
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(tmp_path / "out")
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path / "out", capture_output=True, text=True, check=True)
    assert done.stdout.count(": OK\n") == len(FILES) + 1


def test_every_flipped_byte_of_a_file_is_seen_and_the_file_is_named(pack: Path) -> None:
    data = pack.read_bytes()
    with zipfile.ZipFile(pack) as archive:
        entries = archive.infolist()
    for entry in entries:
        at = entry.header_offset + 30 + len(entry.filename) + entry.file_size // 2
        pack.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert any(entry.filename in said for said in verify_pack(pack).differs), entry.filename


def test_no_single_byte_of_a_pack_can_be_flipped_so_that_a_file_changes_unseen(pack: Path) -> None:
    """What is not seen lies in dates and modes of the archive, and the files are as they were."""
    data, before = pack.read_bytes(), contents(pack)
    for at in range(len(data)):
        pack.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        try:
            whole = not verify_pack(pack).differs
        except FolderError:
            whole = False
        assert not whole or contents(pack) == before, at


def _alter(held: Contents) -> None:
    held["a/text.txt"] = b"No text.\n\n"


def _add(held: Contents) -> None:
    held["a/more.txt"] = b"More.\n"


def _take_away(held: Contents) -> None:
    del held["a/text.txt"]


def _rename(held: Contents) -> None:
    held["a/tekst.txt"] = held.pop("a/text.txt")


def _other_request(held: Contents) -> None:
    held[REQUEST] = request_stamp(b"something else")


def _no_list(held: Contents) -> None:
    del held[SUMS]


def _alter_and_list(held: Contents) -> None:
    _alter(held)
    with_new_sums(held)


def _add_and_list(held: Contents) -> None:
    _add(held)
    with_new_sums(held)


def _other_answer(held: Contents) -> None:
    held[RESPONSE] = b"\x30\x03\x02\x01\x00"


@pytest.mark.parametrize(
    ("alter", "says"),
    [
        (_alter, "a/text.txt was altered."),
        (_add, "a/more.txt was added."),
        (_take_away, "a/text.txt is missing."),
        (_rename, "a/tekst.txt was added."),
        (_rename, "a/text.txt is missing."),
        (_other_request, "request.tsq asks for a time stamp of something else than this SHA256SUMS."),
        (_no_list, "SHA256SUMS is missing."),
        (_alter_and_list, "a/text.txt was altered."),
        (_alter_and_list, "request.tsq asks for a time stamp of something else than this SHA256SUMS."),
        (_add_and_list, "a/more.txt stands in only one of SHA256SUMS and manifest.json."),
        (_other_answer, "response.tsr is a time stamp of something else than this SHA256SUMS."),
    ],
)
def test_what_was_done_to_a_pack_is_named(alter: Callable[[Contents], None], says: str, pack: Path) -> None:
    assert says in verify_pack(rewrite(pack, alter)).differs


def test_a_pack_that_was_unpacked_and_packed_anew_is_whole(pack: Path) -> None:
    """Compressed, in another order and with entries for its folders, as programs make it."""
    held = contents(pack)
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/", b"")
        for name in reversed(NAMES):
            archive.writestr(name, held[name])
    assert verify_pack(pack).differs == []


def test_an_answer_to_the_request_is_named_wherever_it_lies(pack: Path) -> None:
    """Of an answer that names another digest it is said; whether to trust one is left to openssl."""
    answer = b"\x30\x50" + request_stamp(contents(pack)[SUMS])
    beside = pack.with_suffix(".tsr")
    beside.write_bytes(answer)
    checked = verify_pack(pack)
    assert (checked.differs, checked.stamp) == ([], str(beside))
    beside.write_bytes(b"nothing")
    assert verify_pack(pack).differs == [f"{beside} is a time stamp of something else than this SHA256SUMS."]
    beside.unlink()
    checked = verify_pack(rewrite(pack, lambda held: held.update({RESPONSE: answer})))
    assert (checked.differs, checked.stamp) == ([], RESPONSE)


@pytest.mark.parametrize(
    "name",
    ["../a/text.txt", "/a/text.txt", "a/../../text.txt", "C:\\text.txt", "a\\text.txt", ".hidden", "ä.txt", "a//b"],
)
def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_read(name: str, pack: Path) -> None:
    checked = verify_pack(rewrite(pack, lambda held: held.update({name: b"x"})))
    assert any("is no name of a file in a pack." in said for said in checked.differs)


def test_a_name_that_stands_twice_is_refused(pack: Path) -> None:
    with zipfile.ZipFile(pack, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a/text.txt", FILES["a/text.txt"].data)
    assert verify_pack(pack).differs == ["a/text.txt stands in it 2 times."]


def test_a_link_is_refused(pack: Path) -> None:
    entry = zipfile.ZipInfo("a/link")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert verify_pack(pack).differs == ["a/link is no ordinary file."]


@pytest.mark.parametrize("name", ["a/text.txt", MANIFEST, SUMS, REQUEST, RESPONSE])
def test_a_bomb_is_not_unpacked(name: str, pack: Path) -> None:
    """No more is read of a file than the manifest allows, or, of a list, than any list has."""
    bomb = {name: bytes(30_000_000)}
    rewrite(pack, lambda held: held.update(bomb), zipfile.ZIP_DEFLATED)
    assert pack.stat().st_size < 100_000
    assert any(said.startswith(f"{name} is longer than the ") for said in verify_pack(pack).differs)


def test_thousands_of_files_are_refused(pack: Path) -> None:
    checked = verify_pack(rewrite(pack, lambda held: held.update({f"a/{n}": b"" for n in range(2_000)})))
    assert checked.differs == ["it holds 2,005 files; a pack has a dozen."]


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b"\xff", b'{"format": 1}', b'{"format": 1, "files": [{"name": 1}]}', b"[" * 100_000]
    + [
        json.dumps({"format": 1, "files": [{"name": "x", "sha256": "y", "bytes": size}]}).encode() for size in (-1, "9")
    ],
)
def test_a_manifest_that_makes_no_sense_is_said_to_differ(manifest: bytes, pack: Path) -> None:
    checked = verify_pack(rewrite(pack, lambda held: held.update({MANIFEST: manifest})))
    assert "manifest.json cannot be read." in checked.differs


def test_a_list_that_makes_no_sense_is_said_to_differ(pack: Path) -> None:
    checked = verify_pack(rewrite(pack, lambda held: held.update({SUMS: b"what\n"})))
    assert "line 1 of SHA256SUMS is no digest and name, or its name stands twice." in checked.differs


def test_a_newer_format_is_refused_with_the_mend(pack: Path) -> None:
    newer: Mapping[str, bytes] = {MANIFEST: b'{"format": 2, "files": []}'}
    with pytest.raises(FormatError, match="newer stemmata"):
        verify_pack(rewrite(pack, lambda held: held.update(newer)))


def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path, pack: Path) -> None:
    with pytest.raises(MissingSource):
        verify_pack(tmp_path / "nowhere.zip")
    with pytest.raises(MissingSource):
        verify_pack("no\0where.zip")
    (tmp_path / "text.zip").write_text("no archive")
    with pytest.raises(FolderError, match="cannot be read"):
        verify_pack(tmp_path / "text.zip")
    pack.write_bytes(pack.read_bytes()[:300])
    with pytest.raises(FolderError, match="cannot be read"):
        verify_pack(pack)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("notes.txt", "Something else.")
    with pytest.raises(FormatError, match="no pack of evidence"):
        verify_pack(tmp_path / "other.zip")


def test_a_pack_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="the pack cannot be written"):
        write_pack(tmp_path / "nowhere" / "pack.zip", FILES, {})
    with pytest.raises(FolderError, match="not a file"):
        write_pack(tmp_path, FILES, {})
    assert list(tmp_path.iterdir()) == []


AUTHORITY = """
[ tsa ]
default_tsa = own
[ own ]
serial = serial
signer_cert = authority.pem
certs = authority.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not there")
def test_an_authority_answers_the_request_and_openssl_trusts_the_answer(pack: Path, tmp_path: Path) -> None:
    """As README.txt has it, with an authority of our own in place of one on the network."""

    def openssl(*words: str) -> str:
        done = subprocess.run(["openssl", *words], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout + done.stderr

    for name in (SUMS, REQUEST):
        (tmp_path / name).write_bytes(contents(pack)[name])
    (tmp_path / "authority.cnf").write_text(AUTHORITY)
    (tmp_path / "serial").write_text("01\n")
    purpose = ("-addext", "extendedKeyUsage=critical,timeStamping")
    openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "authority.pem"),
        *("-subj", "/CN=authority", *purpose),
    )
    openssl("ts", "-reply", "-config", "authority.cnf", "-queryfile", REQUEST, "-out", "pack.tsr")
    assert verify_pack(pack).stamp == str(tmp_path / "pack.tsr")
    trusted = ("-in", "pack.tsr", "-CAfile", "authority.pem")
    assert "Verification: OK" in openssl("ts", "-verify", "-data", SUMS, *trusted)
    assert "Verification: OK" in openssl("ts", "-verify", "-queryfile", REQUEST, *trusted)
