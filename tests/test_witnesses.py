"""Witnesses of one work: traced together, whatever they share; and a stemma from a collation that somebody made."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.collating.collation import Collation
from stemmata.collating.corrections import Correction
from stemmata.collating.normalising import Rule, Rules
from stemmata.collations import CollationOptions
from stemmata.errors import OptionError, SchemaError, SourceError
from tests.conftest import Run
from tests.lanterns import JOINED, LANTERNS

TABLE: dict[str, list[str | None]] = {
    "A": ["arma", "virumque", "cano", "Troiae", "qui", "primus", "ab", "oris"],
    "B": ["arma", "uirumque", "cano", "Troiae", "qui", "prius", "ab", "oris"],
    "C": ["arma", "uirumque", "cano", "", "qui", "prius", "ab", "horis"],
    "D": ["arma", "virumque", "canit", "Troiae", "qui", "primus", None, None],
}


def given(texts: Mapping[str, str], **more: Mapping[str, str]) -> list[st.Text]:
    """Texts as sources; further columns by name, and in each what stands there of some of them."""
    columns: list[dict[str, Any]] = [{name: of.get(doc) for name, of in more.items()} for doc in texts]
    return [st.Text(text, doc=doc, **row) for (doc, text), row in zip(texts.items(), columns, strict=True)]


def traced(texts: Mapping[str, str] = LANTERNS, **options: Any) -> st.Trace:
    return st.trace_witnesses(given(texts), **options)


def joined(stemma: pa.Table) -> set[tuple[str, str]]:
    """Which members stand beside one another in the tree, whatever the root; roots that are open among themselves."""
    rows = stemma.to_pylist()
    tops = sorted(row["doc"] for row in rows if row["parent"] is None)
    edges = {tuple(sorted((row["doc"], row["parent"]))) for row in rows if row["parent"]}
    return edges | {tuple(tops)} if len(tops) == 2 else edges


@pytest.fixture(scope="module")
def lanterns() -> st.Trace:
    return traced()


def test_all_sources_are_of_one_family_though_nothing_was_compared(lanterns: st.Trace) -> None:
    assert lanterns.families["doc"].to_pylist() == list("ABCDEF")
    assert len(set(lanterns.families["family"].to_pylist())) == 1
    assert lanterns.families["via"].null_count == 6
    for table in ("fingerprints", "pairs", "alignments", "relations", "directions"):
        assert not getattr(lanterns, table).num_rows


def test_the_tree_joins_copies_with_what_they_were_copied_from(lanterns: st.Trace) -> None:
    assert joined(lanterns.stemma) == JOINED


def test_readings_say_who_introduced_them(lanterns: st.Trace) -> None:
    by = {row["reading"]: (row["docs"], row["introduced_by"]) for row in lanterns.readings.to_pylist()}
    assert by["nailed"] == (["E", "F"], "E")
    assert by["twelve"] == (["C"], "C")


def test_what_a_copy_changed_is_listed_along_the_tree(lanterns: st.Trace) -> None:
    changed = {(row["source"], row["copy"], row["before"], row["after"]) for row in lanterns.changes.to_pylist()}
    assert ("B", "C", "eleven", "twelve") in changed


def test_the_order_of_sources_does_not_matter(lanterns: st.Trace) -> None:
    rng = random.Random(5)
    for _ in range(3):
        names = rng.sample(sorted(LANTERNS), k=6)
        shuffled = traced({name: LANTERNS[name] for name in names})
        for table in ("families", "collations", "stemma", "readings", "changes"):
            assert getattr(shuffled, table).equals(getattr(lanterns, table)), table


def test_where_words_are_lost_a_witness_omits_nothing(lanterns: st.Trace) -> None:
    (at,) = (row for row in lanterns.readings.to_pylist() if row["reading"] == "at")
    assert at["docs"] == list("ABCDE")
    assert not [row for row in lanterns.readings.to_pylist() if "…" in row["reading"]]


def test_it_is_saved_opened_and_reported_as_any_trace_is(lanterns: st.Trace, tmp_path: Path) -> None:
    lanterns.save(tmp_path / "run")
    opened = st.open(tmp_path / "run")
    assert all(getattr(opened, name).equals(getattr(lanterns, name)) for name in schemas.BY_NAME)
    page = opened.report(tmp_path / "report.html").read_text("utf-8")
    assert "All 6 documents belong to one family." in page


def test_rules_put_two_spellings_at_one_place() -> None:
    """On whichever side another word stands, which could be taken for the other spelling."""
    rules = Rules((Rule("rex", "kyng"),))
    before = {"A": "then spoke the kyng aloud", "B": "then spoke the wise rex aloud"}
    behind = {"A": "then spoke the kyng aloud", "B": "then spoke the rex wise aloud"}

    def together(texts: Mapping[str, str], how: Rules | None) -> bool:
        rows = traced(texts, normalise=how).readings.to_pylist()
        return len({row["place"] for row in rows if row["reading"] in ("kyng", "rex")}) == 1

    assert together(before, rules)
    assert together(behind, rules)
    assert not (together(before, None) and together(behind, None))


def test_corrections_hold_and_those_that_do_not_fit_are_listed(lanterns: st.Trace, tmp_path: Path) -> None:
    held = Correction("D", "trimmed *the* wicks", where="corrections.csv, line 2")
    astray = Correction("B", "no such words", where="corrections.csv, line 3")
    corrected = traced(corrections=[held, astray])

    def place(trace: st.Trace, reading: str, doc: str) -> int:
        return next(
            int(r["place"]) for r in trace.readings.to_pylist() if r["reading"] == reading and r["docs"] == [doc]
        )

    each = {r["place"] for r in corrected.readings.to_pylist() if r["reading"].split()[:1] == ["each"]}
    assert place(lanterns, "the", "D") in {r["place"] for r in lanterns.readings.to_pylist() if r["reading"] == "each"}
    assert place(corrected, "the", "D") not in each
    assert [row["uri"] for row in corrected.skipped.to_pylist()] == ["corrections.csv, line 3"]
    page = corrected.report(tmp_path / "report.html").read_text("utf-8")
    assert "All 6 documents belong to one family." in page  # and no file was not read
    assert "no such words" in page


def test_a_run_says_by_which_rules_corrections_and_weights_it_was_made(tmp_path: Path) -> None:
    rules, corrections = tmp_path / "rules.csv", tmp_path / "corrections.csv"
    rules.write_text("from,to\nv,u\n", "utf-8")
    corrections.write_text("witness,words,beside,its_words\nD,trimmed *the* wicks,,\n", "utf-8")
    how: dict[str, Any] = {"normalise": rules, "corrections": corrections, "weights": {"case": 0.5}}
    trace = traced(**how)
    assert str(trace.about["command"]).endswith(f"--normalise {rules} --corrections {corrections} --weights case=0.5")
    told: Any = trace.about["options"]
    assert told["witnesses"]["weights"] == {"case": 0.5}
    rules.write_text("from,to,kind\nv,u,spelling\n", "utf-8")  # the same rule
    again: Any = traced(**how).about["options"]
    assert again["witnesses"] == told["witnesses"]
    rules.write_text("from,to\nu,v\n", "utf-8")
    other: Any = traced(**how).about["options"]
    assert other["witnesses"]["normalise"] != told["witnesses"]["normalise"]


def test_weights_decide_where_kinds_of_variants_contradict_each_other() -> None:
    """Two words part A and B from C and D; three commas part A and C from B and D."""
    text = "one {} two three {} four five six{} seven eight{} nine ten{} eleven twelve"
    readings = {
        "A": ("red", "old", ",", ",", ","),
        "B": ("red", "old", "", "", ""),
        "C": ("blue", "new", ",", ",", ","),
        "D": ("blue", "new", "", "", ""),
    }
    texts = {doc: text.format(*words) for doc, words in readings.items()}
    light = traced(texts, weights={"punctuation": 0.1}).stemma
    assert {("A", "B"), ("C", "D")} <= joined(light)
    heavy = traced(texts, weights={"punctuation": 1.0, "word": 0.1}).stemma
    assert {("A", "C"), ("B", "D")} <= joined(heavy)


def test_what_witnesses_have_elsewhere_counts_as_one_variant() -> None:
    """Two sentences change places in C and D; one word parts B and D from the others, and one D from all."""
    first, second = "the ferry left the quay before the sun was up", "nobody saw the three men who stood aboard"
    third = "and the wind blew from the hills until the bells had rung"
    texts = {
        "A": f"{first}. {second}. {third}.",
        "B": f"{first}. {second}. {third.replace('wind', 'gale')}.",
        "C": f"{second}. {first}. {third}.",
        "D": f"{second}. {first}. {third.replace('wind', 'gale')}.",
    }
    assert any(any(row["moved"]) for row in traced(texts).collations.to_pylist())
    assert {("A", "C"), ("B", "D")} <= joined(traced(texts, weights={"moved": 0.1}).stemma)
    assert {("A", "B"), ("C", "D")} <= joined(traced(texts, weights={"word": 0.1}).stemma)


def test_nobody_is_a_copy_of_a_younger_witness() -> None:
    """Words alone leave the root open; whoever is oldest need not be the root, but nobody older stands below C."""
    dates = {"C": "1450-01-01", "D": "1400-01-01", "A": "1390-01-01"}
    for doc in "CFD":
        others = {name: "1300-01-01" for name in LANTERNS if name != doc} | {doc: "1500-01-01"}
        stemma = st.trace_witnesses(given(LANTERNS, published=others)).stemma
        assert doc not in stemma["parent"].to_pylist()
        assert dict(zip(stemma["doc"].to_pylist(), stemma["parent"].to_pylist(), strict=True))[doc] is not None
    assert st.trace_witnesses(given(LANTERNS, published=dates)).notes.num_rows == 0


def test_what_no_root_mends_is_noted() -> None:
    """B stands between the others, and is younger than all."""
    late = dict.fromkeys(LANTERNS, "1300-01-01") | {"B": "1500-01-01"}
    (note,) = st.trace_witnesses(given(LANTERNS, not_before=late, not_after=late)).notes.to_pylist()
    assert (note["what"].split(",")[0], note["count"]) == ("witnesses that stand below one that is dated later", 2)


def test_of_two_witnesses_that_read_the_same_the_older_stands_above() -> None:
    texts = LANTERNS | {"Z": LANTERNS["C"]}
    dated = {"C": "1500-01-01", "Z": "1400-01-01"}
    stemma = st.trace_witnesses(given(texts, published=dated)).stemma
    parents = dict(zip(stemma["doc"].to_pylist(), stemma["parent"].to_pylist(), strict=True))
    assert parents["C"] == "Z"


def test_a_single_witness_has_no_family() -> None:
    alone = traced({"A": LANTERNS["A"]})
    assert (alone.families.num_rows, alone.stemma.num_rows, alone.documents.num_rows) == (0, 0, 1)


def test_two_witnesses_are_set_beside_each_other() -> None:
    two = traced({name: LANTERNS[name] for name in "AB"})
    assert two.stemma["role"].to_pylist() == ["unresolved", "unresolved"]
    assert {row["reading"] for row in two.readings.to_pylist()} >= {"lanterns", "lamps"}


def test_witnesses_that_are_too_large_are_refused() -> None:
    with pytest.raises(SourceError, match="more than 20"):
        traced(options=st.Options(collations=CollationOptions(most_words=20)))


def test_weights_of_no_kind_are_refused_before_anything_is_read() -> None:
    with pytest.raises(OptionError, match="no kind of variant 'words'"):
        st.trace_witnesses("nowhere", weights={"words": 1})


@pytest.mark.parametrize("kind", ["table", "collation"])
def test_the_order_of_columns_does_not_matter(kind: str) -> None:
    rng = random.Random(3)
    stemmata = []
    for _ in range(20):
        names = rng.sample(sorted(TABLE), k=4)
        table = pa.table({name: pa.array(TABLE[name], pa.string()) for name in names})
        stemmata.append(st.stemma_from_collation(table if kind == "table" else Collation.from_table(table)))
    assert all(one.equals(stemmata[0]) for one in stemmata)
    assert stemmata[0].schema.equals(schemas.STEMMA.arrow)


def test_a_family_is_called_by_what_its_table_holds() -> None:
    table = pa.table({name: pa.array(words, pa.string()) for name, words in TABLE.items()})
    (name,) = set(st.stemma_from_collation(table)["family"].to_pylist())
    assert len(name) == 16
    damaged = table.set_column(3, "D", pa.array([*TABLE["D"][:6], "#LACUNA#", "#LACUNA#"]))
    assert set(st.stemma_from_collation(damaged)["family"].to_pylist()) == {name}
    other = table.set_column(3, "D", pa.array([*TABLE["D"][:6], "ab", "oris"]))
    assert set(st.stemma_from_collation(other)["family"].to_pylist()) != {name}


def test_a_lost_copy_bears_the_name_of_its_family() -> None:
    """A and B share what C and D lack, and the other way round; each has slips of its own."""
    columns: dict[str, list[str]] = {name: [] for name in "ABCD"}
    for n in range(12):
        for row, name in enumerate("ABCD"):
            columns[name] += [f"shared{n}{row // 2}", *(f"own{n}{k}{'x' if k == row else ''}" for k in range(4))]
    stemma = st.stemma_from_collation(pa.table(columns))
    (family,) = set(stemma["family"].to_pylist())
    lost = [row["doc"] for row in stemma.to_pylist() if row["role"] == "lost"]
    assert lost == [f"lost:{family}/{n}" for n in range(1, len(lost) + 1)]
    assert lost


def test_words_of_a_language_tell_where_the_tree_begins() -> None:
    """Words that hardly anybody uses came of slips: those of B, of which C has more, and those of D."""
    text = "the old house was large and its windows looked upon a quiet river where people walked"
    columns = {name: text.split() for name in "ABCD"}
    for name, slips in {"B": (1, 2, 4), "C": (1, 2, 4, 7, 8), "D": (11, 12, 14)}.items():
        for at in slips:
            columns[name][at] += "xe"
    table = pa.table(columns)
    assert "original" not in st.stemma_from_collation(table)["role"].to_pylist()
    told = st.stemma_from_collation(table, language="en").to_pylist()
    assert [(row["doc"], row["parent"]) for row in told] == [("A", None), ("B", "A"), ("C", "B"), ("D", "A")]
    assert told[0]["role"] == "original"


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(SchemaError, match="no witness"):
        st.stemma_from_collation(pa.table({}))


def test_a_table_without_places_leaves_all_open() -> None:
    empty = pa.table({name: pa.array([], pa.string()) for name in "ABC"})
    assert st.stemma_from_collation(empty).num_rows == 3


def written(folder: Path) -> Path:
    folder.mkdir()
    for name, text in LANTERNS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def test_witnesses_are_traced_from_the_command_line(run: Run, tmp_path: Path) -> None:
    sources = written(tmp_path / "witnesses")
    (tmp_path / "dates.csv").write_text("path,siglum,not_before,not_after\nA.txt,Par,1300-01-01,1350-01-01\n", "utf-8")
    status, out, err = run(
        *("trace", "--witnesses", sources, "--metadata", tmp_path / "dates.csv", "--weights", "punctuation=0.2"),
        *("--all", "-o", tmp_path / "run"),
    )
    assert (status, err) == (0, "")
    assert "All 6 documents belong to one family." in out
    opened = st.open(tmp_path / "run")
    assert "Par" in opened.documents["siglum"].to_pylist()
    told: Any = opened.about["options"]
    assert told["witnesses"]["possible_parents"] is True
    assert str(opened.about["command"]).endswith("--weights punctuation=0.2 --all")
    assert (tmp_path / "run" / "report.html").exists()


def test_programs_get_one_json_document(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("trace", "--witnesses", written(tmp_path / "witnesses"), "--json")
    assert status == 0
    assert [row["doc"] for row in json.loads(out)["documents"]] == [f"{name}.txt" for name in "ABCDEF"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--witnesses", "--quotations"), "--quotations"),
        (("--witnesses", "--plan"), "--witnesses"),
        (("--weights", "case=1"), "add --witnesses"),
        (("--all",), "add --witnesses"),
        (("--witnesses", "--weights", "case"), "no weight of a kind"),
        (("--witnesses", "--corrections", "nowhere.csv"), "no such file"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    status, _, err = run("trace", written(tmp_path / "witnesses"), *arguments)
    assert status == 2
    assert says in err
