"""Collations in the formats of other programs: what comes back, what others write, and what is refused."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.collating.collation import LACUNA, Collation
from stemmata.errors import SourceError
from stemmata.interchange.collatex import parse_collatex
from stemmata.interchange.delimited import parse_delimited
from stemmata.interchange.formats import Given, render
from stemmata.interchange.places import by_place
from stemmata.interchange.signs import spaced
from tests.test_interchange import GIVEN

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HOSTILE = (
    "",
    "a,b;c\td",
    'so "called"',
    "two\nlines",
    "\r",
    "]]>",
    "</lem><rdg/>",
    "&amp;",
    "=1+1",
    " ",
    "الجسر",
    "磨坊",
)
SIGNS = st.characters(exclude_categories=["Cs"])
READINGS = st.one_of(st.sampled_from(HOSTILE), st.text(SIGNS, max_size=6), st.none())
SIGLA = st.one_of(st.sampled_from(["A", "a", "α", "E (a.c.)", "w2", "x y", '"', "<&>"]), st.text(SIGNS, min_size=1))
KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")  # what a file of text may not hold, or not at its start


@st.composite
def collations(draw: st.DrawFn) -> Collation:
    sigla = [name for name in draw(st.lists(SIGLA, min_size=1, max_size=4, unique=True)) if name.strip()] or ["A"]
    rows = st.lists(st.lists(READINGS, min_size=len(sigla), max_size=len(sigla)), min_size=1, max_size=5)
    found = [[None if reading == LACUNA else reading for reading in row] for row in draw(rows)]
    return Collation.of(sigla, found)


def shown(text: str) -> str:
    """A text with pictures of the control signs that a text file may not hold."""
    return KEPT.sub(
        lambda sign: {"\x7f": "␡", "\ufeff": "\ufeff"}.get(sign[0], chr(0x2400 + ord(sign[0]) % 0x7F)), text
    )


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@given(found=collations())
def test_a_table_comes_back_whatever_it_holds(suffix: str, found: Collation) -> None:
    back = parse_delimited(render(suffix, Given(collation=found)).encode())
    assert back.witnesses == tuple(map(shown, found.witnesses))
    expected = [[reading and shown(reading) for reading in row] for row in by_place(found)]
    assert list(by_place(back)) == expected


@given(collations())
def test_collatex_json_comes_back_but_for_white_space_at_the_ends(found: Collation) -> None:
    back = parse_collatex(render(".collatex.json", Given(collation=found)).encode())
    assert back.witnesses == found.witnesses
    assert list(by_place(back)) == [[reading and reading.strip() for reading in row] for row in by_place(found)]


@given(collations())
def test_the_text_of_each_witness_can_be_read_in_the_apparatus(found: Collation) -> None:
    """White space and all, whatever the others read; a lacuna begins and ends where it does."""
    root = ElementTree.fromstring(render(".tei.xml", Given(collation=found)))
    ids = [witness.attrib[XML_ID] for witness in root.iter(f"{TEI}witness")]
    (text,) = root.iter(f"{TEI}ab")
    rows = list(by_place(found))
    for n, pointer in enumerate(ids):
        read = [spaced(row[n] or "") for row in rows]
        assert witness_text(text, f"#{pointer}") == in_xml("".join(read))
    assert [w.attrib["n"] for w in root.iter(f"{TEI}witness")] == [in_xml(name) for name in found.witnesses]
    assert len(set(ids)) == len(ids)


def witness_text(text: ElementTree.Element, pointer: str) -> str:
    """Read along the apparatus as one witness has it."""
    parts, gone = [text.text or ""], False
    for entry in text:
        for reading in entry:
            if pointer in reading.attrib["wit"].split():
                marks = [mark.tag.removeprefix(TEI) for mark in reading]
                gone = "lacunaStart" in marks or (gone and "lacunaEnd" not in marks)
                parts.append("".join(reading.itertext()))
                break
        else:
            assert gone, "a witness that is there is in every entry"
        parts.append("" if gone else entry.tail or "")
    return "".join(parts)


def in_xml(text: str) -> str:
    return re.sub("[\ufffe\uffff]", "�", shown(text))


def test_lost_copies_are_no_witnesses_of_an_apparatus() -> None:
    assert "lost:" not in render(".tei.xml", GIVEN)


PLACES = [["The", "The"], ["quick", ""], ["brown", "brown"], ["fox.", "dog,"]]
BROWN = [["The ", "quick ", "brown ", "fox. "], ["The ", "", "brown ", "dog, "]]


def tokens(*texts: str, plain: bool = False) -> list[object]:
    return [text if plain else {"t": text, "n": text.strip()} for text in texts]


def test_json_of_collatex_in_python_is_read() -> None:
    """A row is a witness; null where it has nothing; several tokens are one reading."""
    text = json.dumps(
        {
            "table": [
                [tokens("The "), tokens("quick "), tokens("brown "), tokens("fox", ". ")],
                [tokens("The "), None, tokens("brown "), tokens("dog", ", ")],
            ],
            "witnesses": ["A", "B"],
        }
    )
    assert list(by_place(parse_collatex(text.encode()))) == PLACES


@pytest.mark.parametrize("plain", [True, False])
def test_json_of_collatex_in_java_is_read(plain: bool) -> None:
    """A row is a place; an empty list where a witness has nothing; tokens may be plain texts."""
    rows = [
        [tokens(a, plain=plain) if a else [], tokens(b, plain=plain) if b else []] for a, b in zip(*BROWN, strict=True)
    ]
    text = json.dumps({"witnesses": ["A", "B"], "table": rows})
    assert list(by_place(parse_collatex(text.encode("utf-8-sig")))) == PLACES


def test_tokens_without_blanks_are_parted_by_them() -> None:
    table = [[["white", "cat"], ["sat"]], [["black", "cat"], ["sat"]], [["cat"], []]]
    read = parse_collatex(json.dumps({"witnesses": ["A", "B"], "table": table}).encode())
    assert list(by_place(read)) == [["white cat", "sat"], ["black cat", "sat"], ["cat", ""]]


@pytest.mark.parametrize(
    ("document", "by_witness"),
    [
        ({"table": [[["a"], ["b"]], [[], ["d"]]], "witnesses": ["A", "B"]}, False),  # a plain text
        ({"witnesses": ["A", "B"], "table": [[tokens("a"), tokens("b")], [None, tokens("d")]]}, True),  # null
        ({"witnesses": ["A", "B"], "table": [[tokens("a"), tokens("b")], [tokens("c"), tokens("d")]]}, False),
        ({"table": [[tokens("a"), tokens("b")], [tokens("c"), tokens("d")]], "witnesses": ["A", "B"]}, True),
        (
            {
                "witnesses": ["A", "B"],
                "table": [
                    [[{"t": "a", "_sigil": "A"}], [{"t": "b", "_sigil": "A"}]],
                    [[{"t": "c", "_sigil": "B"}], [{"t": "d", "_sigil": "B"}]],
                ],
            },
            True,
        ),
    ],
)
def test_as_many_places_as_witnesses_are_told_apart_by_what_either_version_writes(
    document: dict[str, object], by_witness: bool
) -> None:
    (a, b), _ = by_place(parse_collatex(json.dumps(document).encode()))
    assert (a, b) in (("a", "c"), ("a", "")) if by_witness else (a, b) == ("a", "b")


@pytest.mark.parametrize(
    "data",
    [
        b"A,B\r\narma,\r\n#LACUNA#,cano\r\n",
        "\ufeffA,B\narma,\n#LACUNA#,cano".encode(),
        b"A\tB\narma\t\n#LACUNA#\tcano\n",
        b"A;B\narma;\n\n#LACUNA#;cano\n",
        "A\tB\narma\t\n#LACUNA#\tcano\n".encode("utf-16"),
    ],
)
def test_tables_of_other_programs_are_read(data: bytes) -> None:
    found = parse_delimited(data)
    assert found.witnesses == ("A", "B")
    assert list(by_place(found)) == [["arma", ""], [None, "cano"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_sigla_not_one_within_them(delimiter: str) -> None:
    """However many and long they are."""
    sigla = [f"Codex, {n}; {'x' * 60}\t({n}" for n in range(3_000)]
    text = (
        f"{delimiter.join(f'{chr(34)}{siglum}{chr(34)}' for siglum in sigla)}\n{delimiter.join('a' for _ in sigla)}\n"
    )
    assert parse_delimited(text.encode()).witnesses == tuple(sigla)


@pytest.mark.parametrize(
    ("data", "fault", "where"),
    [
        (b"A,B\narma\n", "the row has 1 values, and there are 2 witnesses", "line 2"),
        (b'A,B\n"two\nlines",x\na,b,c\n', "the row has 3 values", "line 4"),
        (b"A,B,A\na,b,c\n", "witnesses 1 and 3 are both called 'A'", "line 1"),
        (b"\nA,,C\na,b,c\n", "witness 2 has no siglum", "line 2"),
        (b"A,B\n", "it has no places", "line 1"),
        (b"\n\n", "it has no places", ""),
        (b'A,B\n"arma,x\n', "it is no table", "line 2"),
        (b'A,B\n"ar"ma,x\n', "it is no table", "line 2"),
        (b"A,B\n" + b"x" * 200_000 + b",x\n", "it is no table: field larger", "line 2"),
        ("A,B\narma,Stra\xdfe\n".encode("latin-1"), "it is not UTF-8", "line 2"),
        (bytes(range(256)), "it is binary", ""),
    ],
)
def test_what_is_no_table_of_readings_is_refused(data: bytes, fault: str, where: str) -> None:
    with pytest.raises(SourceError, match=fault) as refused:
        parse_delimited(data)
    assert refused.value.where == where
    assert refused.value.mend


@pytest.mark.parametrize(
    ("text", "fault", "where"),
    [
        ('{"witnesses": ["A"],\n "table": ', "it is not JSON", "line 2"),
        ("[" * 100_000, "nested too deep", ""),
        ("[]", "it has no lists", "the document"),
        ('{"witnesses": {}, "table": []}', "it has no lists", "the document"),
        ('{"witnesses": ["A", 3], "table": [[["a"], ["b"]]]}', "witness 2 has no siglum", "witnesses"),
        ('{"witnesses": ["A", "A"], "table": [[["a"], ["b"]]]}', "are both called 'A'", "witnesses"),
        ('{"witnesses": ["A", "B"], "table": []}', "it has no places", "table"),
        ('{"witnesses": ["A", "B"], "table": [[["a"], ["b"]], [["a"]]]}', "1 cells, and the first has 2", "row 2"),
        ('{"witnesses": ["A", "B"], "table": [{}]}', "no list of cells", "row 1"),
        ('{"witnesses": ["A", "B"], "table": [[["a"], ["b"], ["c"]]]}', "2 witnesses, and 1 rows of 3", "table"),
        ('{"witnesses": ["A", "B"], "table": [[["a"], [{"n": "b"}]]]}', "no list of tokens", "row 1, cell 2"),
        ('{"witnesses": ["A", "B"], "table": [[["a"], "b"]]}', "no list of tokens", "row 1, cell 2"),
    ],
)
def test_what_is_no_json_of_collatex_is_refused(text: str, fault: str, where: str) -> None:
    with pytest.raises(SourceError, match=fault) as refused:
        parse_collatex(text.encode())
    assert where in refused.value.where
    assert refused.value.mend
