"""Following a claim: how a sentence was worded over time, and who introduced each wording."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

import stemmata as st
from stemmata import schemas
from stemmata.errors import OptionError
from stemmata.following import follow_claim
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.lanterns import LANTERNS
from tests.witnesses import WITNESSES, replaced

CLAIM = "Running it costs the county 410,000 pounds a year"
SPUN = "Running it sets you back the area 140,000 pounds a year"
LATER = replaced(FERRY, ("410,000 pounds", "480,000 pounds"))
SHORTER = FERRY.replace(next(line for line in FERRY.split("\n") if CLAIM in line), "The ferry carries many passengers.")
EXCERPT = FERRY[: FERRY.index("The ferry carries")]
NEWS = {
    "ferry": (FERRY, "2026-03-01"),
    "spun": (FERRY_SPUN, "2026-03-03"),
    "later": (LATER, "2026-03-04"),
    "again": (replaced(LATER, ("Tuesday", "Monday")), "2026-03-05"),
    "shorter": (SHORTER, "2026-03-06"),
    "excerpt": (EXCERPT, None),
    "orchard": (ORCHARD, "2026-03-02"),
}
GREEK = (
    "Ο παλιός φάρος στον κάβο έσβησε την Τετάρτη και κανείς στο λιμάνι δεν ξέρει πότε θα ανάψει ξανά. Η λάμπα του "
    "κάηκε για εκατό χρόνια χωρίς διακοπή, και οι βάρκες γύριζαν κάθε νύχτα με το φως της. Ο λιμενάρχης είπε ότι το "
    "πλοίο με τα ανταλλακτικά θα έρθει τον άλλο μήνα."
)


def sources(texts: Mapping[str, tuple[str, str | None]]) -> list[st.Text]:
    return [st.Text(text, doc=doc, published=published) for doc, (text, published) in texts.items()]


def told(wordings: Any) -> list[tuple[str, list[str], str | None]]:
    return [(row["wording"], row["docs"], row["introduced_by"]) for row in wordings.to_pylist()]


def wording_of(wordings: Any, doc: str) -> dict[str, Any] | None:
    return next((row for row in wordings.to_pylist() if doc in row["docs"]), None)


@pytest.fixture(scope="module")
def news() -> st.Trace:
    return st.trace(sources(NEWS))


@pytest.fixture(scope="module")
def ferry(news: st.Trace) -> Any:
    return st.follow(news, CLAIM)


def test_wordings_come_in_order_of_their_dates(ferry: Any) -> None:
    assert ferry.schema.equals(schemas.WORDINGS.arrow)
    assert ferry["n"].to_pylist() == list(range(1, len(ferry) + 1))
    seen = ferry["first_seen"].drop_null().to_pylist()
    assert seen == sorted(seen)
    assert ferry["wording"][0].as_py() == CLAIM


def test_a_spun_copy_has_the_wording_that_stands_in_its_place(ferry: Any) -> None:
    """Though it shares few words with the claim."""
    assert wording_of(ferry, "spun")["wording"] == SPUN  # type: ignore[index]


def test_an_altered_figure_is_a_wording_of_its_own(ferry: Any) -> None:
    row = wording_of(ferry, "later")
    assert row is not None
    assert (row["wording"], row["docs"]) == (CLAIM.replace("410", "480"), ["again", "later"])
    assert row["introduced_by"] == "later"
    assert f"{row['first_seen']:%Y-%m-%d}" == "2026-03-04"


def test_who_left_it_out_has_an_empty_wording(ferry: Any) -> None:
    row = wording_of(ferry, "shorter")
    assert row is not None
    assert row["wording"] == ""


def test_an_excerpt_that_does_not_reach_the_place_says_nothing_of_it(ferry: Any) -> None:
    assert wording_of(ferry, "excerpt") is None
    assert wording_of(ferry, "orchard") is None


def test_a_claim_in_a_document_that_stands_alone_is_found_there(news: st.Trace) -> None:
    found = st.follow(news, "A sapling needs seven years to bear")
    assert told(found) == [("A sapling needs seven years to bear", ["orchard"], None)]
    assert found["family"].to_pylist() == [None]


def test_a_claim_is_followed_in_any_script() -> None:
    """Greek, with its accents folded; a copy that has it otherwise, and one that says something else there."""
    texts = {
        "a": (GREEK, "1990-01-01"),
        "b": (replaced(GREEK, ("εκατό χρόνια", "διακόσια χρόνια")), "1995-01-01"),
        "c": (replaced(GREEK, ("κάηκε για εκατό χρόνια", "άναβε επί έναν αιώνα")), "1999-01-01"),
    }
    found = told(st.follow(st.trace_witnesses(sources(texts)), "καηκε για εκατο χρονια χωρις διακοπη"))
    assert [(wording, docs) for wording, docs, _ in found] == [
        ("κάηκε για εκατό χρόνια χωρίς διακοπή", ["a"]),
        ("κάηκε για διακόσια χρόνια χωρίς διακοπή", ["b"]),
        ("άναβε επί έναν αιώνα χωρίς διακοπή", ["c"]),
    ]


def test_without_dates_the_wording_of_most_comes_first() -> None:
    found = st.follow(st.trace_witnesses([st.Text(t, doc=d) for d, t in LANTERNS.items()]), "for eleven nights")
    assert found["first_seen"].to_pylist() == [None, None]
    assert [(row[0], row[1]) for row in told(found)] == [
        ("for eleven nights", ["A", "B", "D", "E", "F"]),
        ("for twelve nights", ["C"]),
    ]


def test_a_witness_that_is_damaged_there_has_left_nothing_out() -> None:
    damaged = LANTERNS["A"].replace("Nobody had asked him to do so.", "[…]")
    texts = LANTERNS | {"G": damaged}
    found = st.follow(
        st.trace_witnesses([st.Text(t, doc=d) for d, t in texts.items()]), "Nobody had asked him to do so"
    )
    assert wording_of(found, "D")["wording"] == ""  # type: ignore[index]
    assert wording_of(found, "G") is None


def test_the_order_of_sources_does_not_matter(ferry: Any) -> None:
    assert st.follow(st.trace(list(reversed(sources(NEWS)))), CLAIM).equals(ferry)


def test_where_nothing_holds_a_claim_the_nearest_is_told(news: st.Trace) -> None:
    claim = "The hull was painted green and sold to a museum in another country"
    followed = follow_claim(news, claim)
    assert not followed.wordings.num_rows
    assert followed.nearest is not None
    assert followed.nearest.doc in NEWS
    assert followed.nearest.wording in NEWS[followed.nearest.doc][0].replace("\n", " ")
    assert 0 < followed.nearest.share < 0.5
    assert follow_claim(news, "στον κάβο έσβησε").nearest is None


@pytest.mark.parametrize("claim", ["", "two words", "…"])
def test_a_claim_of_two_words_stands_anywhere(news: st.Trace, claim: str) -> None:
    with pytest.raises(OptionError, match="fewer than 3 words"):
        st.follow(news, claim)


def test_a_folder_of_a_run_a_library_and_files_are_all_searched(news: st.Trace, ferry: Any, tmp_path: Path) -> None:
    news.save(tmp_path / "run")
    assert st.follow(tmp_path / "run", CLAIM).equals(ferry)
    assert st.follow([str(tmp_path / "run")], CLAIM).equals(ferry)
    held = st.Library(tmp_path / "library")
    held.add(sources(NEWS))
    assert st.follow(tmp_path / "library", CLAIM).equals(ferry)
    assert st.follow(sources(NEWS), CLAIM).equals(ferry)


def placed(folder: Path, names: Iterable[str]) -> Path:
    folder.mkdir()
    for name in names:
        (folder / f"{name}.txt").write_text(NEWS[name][0], "utf-8")
    return folder


def test_the_terminal_shows_when_how_and_who(run: Run, news: st.Trace, tmp_path: Path) -> None:
    news.save(tmp_path / "run")
    status, out, err = run("follow", CLAIM, tmp_path / "run", "-o", tmp_path / "wordings.csv")
    assert (status, err) == (0, "")
    said = " ".join(out.split())
    assert f"“{CLAIM}”: 4 wordings in 5 of 7 documents." in said
    assert "2026-03-01 Running it costs" in said
    assert "[-410,000-] {+480,000+}" in said
    assert "2 documents, introduced by later" in said
    assert "(left out)" in said
    rows = list(csv.DictReader(io.StringIO((tmp_path / "wordings.csv").read_text("utf-8"), newline="")))
    assert rows[0]["wording"] == CLAIM
    assert [row["docs"] for row in rows if row["introduced_by"] == "later"] == ["again\nlater"]


def test_programs_get_one_json_document(run: Run, tmp_path: Path) -> None:
    status, out, err = run("follow", CLAIM, placed(tmp_path / "pile", ("ferry", "spun", "later")), "--json")
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert [row["wording"] for row in answer["wordings"]].count(CLAIM) == 1
    assert (answer["claim"], answer["documents"], answer["nearest"]) == (CLAIM, 3, None)


def test_it_says_plainly_that_nothing_holds_a_claim(run: Run, tmp_path: Path) -> None:
    pile = placed(tmp_path / "pile", ("ferry",))
    status, out, _ = run("follow", "The hull was painted green and sold to a museum abroad", pile)
    said = " ".join(out.split())
    assert status == 0
    assert "Nothing holds “The hull was painted green and sold to a museum abroad”" in said
    assert "Nearest" in said
    status, out, _ = run("follow", "στον κάβο έσβησε", pile)
    assert "none of 1 document has a word of it" in " ".join(out.split())


def test_what_a_terminal_or_a_spreadsheet_would_obey_is_made_visible(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "odd\x1b[31m.txt").write_text(f"They said that the\x1b[2J bridge was closed. {ORCHARD}", "utf-8")
    status, out, _ = run("follow", "that the bridge was closed", folder, "-o", tmp_path / "out.csv")
    assert status == 0
    assert "\x1b" not in out
    assert "␛[2J" in out
    assert "\x1b" not in (tmp_path / "out.csv").read_text("utf-8")


def test_scripts_without_blanks_are_marked_word_by_word(run: Run, tmp_path: Path) -> None:
    text = WITNESSES["zh"].text
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "a.txt").write_text(text, "utf-8")
    (folder / "b.txt").write_text(replaced(text, ("一九三二年", "一九四二年")), "utf-8")
    status, out, _ = run("follow", "茶馆的房子建于一九三二年", folder)
    assert status == 0
    assert "[-三-]{+四+}" in out


def test_a_pile_in_which_nothing_can_be_read_is_told_by_the_status(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "a.txt").write_bytes(b"")
    assert run("follow", "a claim of words", tmp_path / "pile")[0] == 1
