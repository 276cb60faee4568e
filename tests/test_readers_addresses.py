"""Addresses as they are told: nothing that may open a door is in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.readers.addresses import is_address, last_name, redact, scrubbed


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("s3://b/a.txt", True),
        ("simplecache::s3://b/a.txt", True),
        ("hf://datasets/town/notices", True),
        ("HTTPS://a.example", True),
    ]
    + [(path, False) for path in ("a.txt", "/b/a.txt", r"C:\a.txt", "c://a", "a:b", "news//a", "://a")],
)
def test_an_address_begins_with_what_it_is(source: str, told: bool) -> None:
    """A letter and a colon are a drive."""
    assert is_address(source) is told


TOLD = {
    "https://a.example/b.html": "https://a.example/b.html",
    "https://ada:hunter2@a.example/b.html": "https://a.example/b.html",
    "ftp://ada:hunter2@a.example:21/b.txt": "ftp://a.example:21/b.txt",
    "s3://AKIA:hunter2@bucket/b.txt": "s3://bucket/b.txt",
    "https://a.example/b.csv?X-Amz-Credential=AKIA&X-Amz-Signature=9f8e": (
        "https://a.example/b.csv?X-Amz-Credential=…&X-Amz-Signature=…"
    ),
    "https://a.example/b?id=17&page=2&format=csv": "https://a.example/b?id=17&page=2&format=…87f462da",
    "https://a.example/b?page=a&otp=123456": "https://a.example/b?page=…ca234c55&otp=…",
    "https://a.example/b;token=hunter2/c;v=2": "https://a.example/b;token=…/c;v=2",
    "https://a.example/b?token=1234&pin=99": "https://a.example/b?token=…&pin=…",
    "https://a.example/b?hunter2": "https://a.example/b?…",
    "https://a.example?hunter2": "https://a.example?…",
    "https://a.example/b#access_token=hunter2": "https://a.example/b",
    "https://ada:hunt/er2@a.example/b": "https://…/er2@a.example/b",
    "abfs://box@account/b.txt?sig=hunter2": "abfs://box@account/b.txt?sig=…",  # of the boxes of an account, which
    "abfs://ada:hunter2@account/b.txt": "abfs://…/b.txt",
    "hf://datasets/town/notices@main/a.csv": "hf://datasets/town/notices@main/a.csv",
    "s3://bucket/*.txt?": "s3://bucket/*.txt?",
    "simplecache::https://ada:hunter2@a.example/b#hunter2": "simplecache::https://a.example/b",
    "https://[2001:db8::1]:8080/a": "https://[2001:db8::1]:8080/a",
}


@pytest.mark.parametrize(("address", "told"), TOLD.items())
def test_what_may_be_secret_is_not_told(address: str, told: str) -> None:
    assert redact(address) == told
    assert redact(told) == told


def test_pages_that_differ_in_what_is_not_told_have_two_names() -> None:
    """Or one would be taken for the other, or for a later version of it."""
    assert redact("https://a.example/v?page=a") != redact("https://a.example/v?page=b")


WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_~%", min_size=12, max_size=30)


@given(WORD, WORD, WORD, WORD)
def test_neither_in_the_address_nor_in_what_is_said_of_it(user: str, password: str, name: str, value: str) -> None:
    address = f"https://{user}X:{password}X@a.example/b.txt?{name}={value}X"
    said = f"ClientResponseError: 403, url='{address}' for {password}X, asked /b.txt?{name}={value}X and {value}X"
    for told in (redact(address), scrubbed(said, address)):
        assert not any(f"{secret}X" in told for secret in (user, password, value))


def test_what_is_said_of_an_address_does_not_tell_a_parameter_of_its_path() -> None:
    said = scrubbed("403 for hunter2 at /b;token=hunter2", "https://a.example/b;token=hunter2")
    assert "hunter2" not in said


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("s3://bucket/far/a.txt", "a.txt"),
        ("https://a.example/far/a%20b.csv?id=1", "a b.csv"),
        ("https://a.example/far/", "far"),
        ("https://a.example", "a.example"),
        ("https://ada:hunter2@a.example?hunter2", "a.example"),
        ("https://a.example/..%2Fb", ".._b"),
    ],
)
def test_a_file_is_called_by_the_end_of_its_address(address: str, name: str) -> None:
    assert last_name(address) == name
