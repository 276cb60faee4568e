"""The request for a time stamp is what RFC 3161 asks for, byte by byte."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.timestamps import is_about, request_stamp

SHA256_OID = "2.16.840.1.101.3.4.2.1"


def decode(data: bytes) -> list[tuple[int, object]]:
    """A slow decoder of DER: each element as its tag and its content; of a sequence, the elements in it."""
    found: list[tuple[int, object]] = []
    while data:
        tag, length, data = data[0], data[1], data[2:]
        if length >= 0x80:
            count = length - 0x80
            length, data = int.from_bytes(data[:count], "big"), data[count:]
        content, data = data[:length], data[length:]
        assert len(content) == length, "an element ends before it should"
        found.append((tag, decode(content) if tag & 0x20 else content))
    return found


def identifier(content: bytes) -> str:
    """An object identifier with dots."""
    numbers, value = [content[0] // 40, content[0] % 40], 0
    for byte in content[1:]:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    return ".".join(map(str, numbers))


@given(st.binary(max_size=200))
def test_a_request_decodes_to_the_digest_a_nonce_and_the_wish_for_a_certificate(data: bytes) -> None:
    ((sequence, parts),) = decode(request_stamp(data))
    assert sequence == 0x30
    assert isinstance(parts, list)
    version, (imprint, told), (nonce, number), certificate = parts
    assert version == (0x02, b"\x01")
    assert (imprint, nonce) == (0x30, 0x02)
    (_, algorithm), digest = told
    assert algorithm[0][0] == 0x06
    assert identifier(algorithm[0][1]) == SHA256_OID
    assert algorithm[1] == (0x05, b"")
    assert digest == (0x04, hashlib.sha256(data).digest())
    assert len(number) == 8
    assert 0x40 <= number[0] < 0x80, "positive, and no byte of it could be left out"
    assert certificate == (0x01, b"\xff")


def test_the_same_bytes_give_the_same_request_and_others_another() -> None:
    assert request_stamp(b"one") == request_stamp(b"one") != request_stamp(b"two")


def test_an_answer_is_about_the_bytes_whose_digest_it_names() -> None:
    """The request names it as well, as its answer repeats it."""
    assert is_about(b"\x30\x10" + request_stamp(b"one"), b"one")
    assert not is_about(request_stamp(b"one"), b"two")
    assert not is_about(b"", b"one")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not there")
def test_openssl_reads_the_request(tmp_path: Path) -> None:
    (tmp_path / "request.tsq").write_bytes(request_stamp(b"some files"))
    words = ["openssl", "ts", "-query", "-in", str(tmp_path / "request.tsq"), "-text"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "Version: 1" in told
    assert "Hash Algorithm: sha256" in told
    assert "Certificate required: yes" in told
    shown = "".join(line[11:].split("   ")[0] for line in told.splitlines() if line.strip().startswith("00"))
    assert shown.replace("-", "").replace(" ", "") == hashlib.sha256(b"some files").hexdigest()
