"""Search strings: names, numbers and quotations of a text, to be pasted into search engines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from benchmarks.searching import Texts

import stemmata as st
from stemmata.queries import make_queries
from stemmata.tokens import words_of
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run

ARABIC = (
    "أعلن وزير النقل المصري كامل الوزير أن مشروع القطار السريع سيكلف 350 مليون جنيه "
    "وسيربط الإسكندرية بالعلمين في عام 2027."
)
JAPANESE = (
    "東京都の鈴木一郎知事は二〇二四年三月十五日に記者会見を開き、「新しい橋の建設は来年四月に始まる」と述べた。"
    "費用は約120億円と見込まれている。横浜港の改修工事も同時に進められる予定で、国土交通省が支援する。"
)
GERMAN = (
    "Der Bürgermeister Karl Hintermoser aus Rosenheim kündigte gestern an, dass die Brücke für 35 Millionen Euro "
    "saniert wird. „Wir können nicht länger warten, bis sie einstürzt“, sagte er."
)


def made(text: str, language: str | None = "en") -> list[str]:
    return [str(query) for query in make_queries(text, language)["query"].to_pylist()]


def test_names_that_stand_together_and_quotations_are_what_is_asked_for() -> None:
    rows = make_queries(FERRY, "en").to_pylist()
    queries = [row["query"] for row in rows]
    assert len(queries) == 10
    assert '"Daniel Okoro"' in queries
    assert any(row["made_of"] == "quote" for row in rows)
    assert any("numbers" in row["made_of"] for row in rows)


def test_a_span_says_where_a_string_stands() -> None:
    for row in make_queries(FERRY, "en").to_pylist():
        for word in re.findall(r"\w+", row["query"]):
            assert word in FERRY[row["start"] : row["end"]]


def test_most_strings_stand_in_a_spun_copy_too() -> None:
    copy = Texts([FERRY_SPUN])
    assert sum(len(copy.holding(query)) for query in made(FERRY)) >= 6
    assert not any(len(Texts([ORCHARD]).holding(query)) for query in made(FERRY))


def test_a_string_is_short_and_has_no_operator_but_double_quotes() -> None:
    text = "Then OR Bolton met NOT Quimby of the Zweibrucken AND Foss companies in Tauberbischofsheim on 14 March 2019."
    for query in [*made(FERRY), *made(ORCHARD), *made(text)]:
        assert len(words_of(query)) <= 10
        assert query.count('"') % 2 == 0
        bare = re.sub(r'"[^"]*"', " ", query).split()
        assert all(word.isalnum() and word not in ("AND", "OR", "NOT", "NEAR") for word in bare)


def test_no_two_strings_are_nearly_the_same() -> None:
    told = [set(words_of(query).word.tolist()) for query in made(FERRY)]
    for at, one in enumerate(told):
        assert all(len(one & other) < 0.5 * min(len(one), len(other)) for other in told[:at])


def test_headlines_addresses_and_disguised_letters_are_no_names() -> None:
    text = (
        "The Council Will Close Every Station\n\nA clerk of Zweibrucken told Hintermoser so. More under "
        "https://posten.example/31681892/2024/Tauberbischofsheim or from Q.Ruritania@posten.example, wrote Bаldermann."
    )
    joined = " ".join(made(text))
    assert "Hintermoser" in joined
    assert not any(word in joined for word in ("Council", "31681892", "Tauberbischofsheim", "Ruritania", "ldermann"))


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [(JAPANESE, "ja", "鈴木一郎"), (ARABIC, "ar", "2027"), (GERMAN, "de", '"Bürgermeister Karl Hintermoser"')],
    ids=["japanese", "arabic", "german"],
)
def test_other_scripts_and_languages_have_strings_as_well(text: str, language: str, wanted: str) -> None:
    queries = made(text, language)
    assert any(wanted in query for query in queries)
    assert all(Texts([text]).holding(query).size for query in queries)


@pytest.mark.parametrize("text", ["", "word", "the cat sat on the mat and then it slept", "\x00\x1b[31m", "7"])
def test_a_text_that_names_nobody_gives_none(text: str) -> None:
    assert made(text) == []


def test_what_stands_in_other_documents_of_a_library_is_asked_for_last(tmp_path: Path) -> None:
    """A line that the site puts under all its articles, though of names and rare."""
    footer = "\n\nThe Wendlebury Packet is printed by Thaddeus Grimthorpe in Quillfordshire since 1871."
    others = [
        f"{first} of the district went to the market, and {second} was sold there before noon, as in other weeks. "
        f"Nobody minded the rain that fell on {third}, though it lasted until the evening and filled all ditches."
        for first, second, third in (
            ("Farmers", "hay", "them"),
            ("Bakers", "bread", "stalls"),
            ("Smiths", "iron", "us"),
        )
    ]
    library = st.Library(tmp_path / "library", expect=100)
    library.add([st.Text(text + footer, doc=str(n), language="en") for n, text in enumerate([FERRY, *others])])
    alone = made(FERRY + footer)
    among = library.queries("0")["query"].to_pylist()
    grim = [
        any("Grimthorpe" in query or "Quillfordshire" in query for query in some) for some in (alone[:5], among[:5])
    ]
    assert grim == [True, False]


def test_a_copy_in_the_library_takes_nothing_away(tmp_path: Path) -> None:
    """What stands in copies is what is wanted."""
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ours", language="en"), st.Text(FERRY, doc="theirs", language="en")])
    assert library.queries("ours")["query"].to_pylist() == made(FERRY)


def test_the_command_prints_them_for_an_id_and_for_a_file(tmp_path: Path, run: Run) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "ferry.txt").write_text(FERRY, "utf-8")
    (tmp_path / "orchard.txt").write_text(ORCHARD, "utf-8")
    library = tmp_path / "library"
    assert run("add", library, tmp_path / "pile")[0] == 0
    status, out, _ = run("queries", library, "ferry.txt")
    assert status == 0
    assert '\n  "Daniel Okoro"\n' in out
    status, out, _ = run("queries", library, tmp_path / "orchard.txt", "--json", "--most", "2")
    assert len(json.loads(out)["queries"]) == 2
    status, out, err = run("queries", library, "nobody.txt")
    assert (status, out) == (2, "")
    assert "holds no document nobody.txt" in err
    status, _, err = run("queries", library, "ferry.txt", "--most", "0")
    assert status == 2
    assert "1 to 100" in err


def test_what_a_document_says_cannot_paint_the_terminal(tmp_path: Path, run: Run) -> None:
    (tmp_path / "bare\x1b[31m.txt").write_text("it rained", "utf-8")
    assert run("add", tmp_path / "library", tmp_path / "bare\x1b[31m.txt")[0] == 0
    status, out, _ = run("queries", tmp_path / "library", "bare\x1b[31m.txt")
    assert status == 0
    assert "\x1b" not in out
    assert "No search string can be made" in out
