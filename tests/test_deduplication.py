"""One of each family stays: real texts, real files, the command line."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.__main__ import main
from stemmata.deduplication import UNREAD
from stemmata.documents import DocumentOptions
from stemmata.errors import OptionError, SchemaError, SourceError
from stemmata.keepers import KeepOptions
from stemmata.report.deduplicated import _headline
from tests.articles import FERRY, FERRY_SPUN, ORCHARD

HEAD, TAIL = FERRY[: FERRY.index("Read also")], FERRY[FERRY.index("Not everyone") :]
QUESTION = (
    "Who said of the plan to close the crossing that a bridge is not a neighbour, and in what "
    "year did she begin to chair the board of the harbour?"
)
GARTEN = """Im Garten hinter der alten Schule wachsen seit diesem Frühjahr wieder Quitten, Mispeln und Maulbeeren.

Die Stadt hatte das Grundstück verkaufen wollen, doch vierzig Familien aus der Nachbarschaft mieteten es für zehn Jahre.
Sie bauten einen Zaun, gruben einen Brunnen und legten Beete an, in denen nun auch Kinder aus der Grundschule arbeiten.

„Wir hatten nicht erwartet, dass so viele kommen“, sagt Jutta Brandis, die den Verein leitet. Im Mai wurden an einem
einzigen Sonntag dreihundert Besucher gezählt. Der Eintritt ist frei, wer mag, wirft eine Münze in die Gießkanne am Tor.
"""
LETTER = """Dear {name},

your subscription to the Marrow Courier ends on {day}. If you wish to go on reading, please pay {sum} pounds before that
day to the account below, and give your number, {number}, as the reference. If you have paid already, take no notice of
this letter. Our office at {street} is open on weekdays from nine to five, and we are glad to help.

Yours sincerely, {clerk}
"""
PEOPLE = [
    ("Ada Marsh", "3 May", "41", "18833", "12 Cooper Street", "Rose Tully"),
    ("Tom Okafor", "17 July", "65", "90214", "4 Quay Lane", "Hugh Bell"),
    ("Ines Duarte", "29 August", "38", "55120", "90 Mill Road", "Vera Stone"),
    ("Karl Weiss", "11 June", "52", "70933", "7 Chapel Row", "Owen Price"),
]
LETTERS = [
    LETTER.format(**dict(zip(("name", "day", "sum", "number", "street", "clerk"), p, strict=True))) for p in PEOPLE
]
PILE = {
    "ferry": FERRY,
    "spun": FERRY_SPUN,
    "again": FERRY.replace("\n", "\r\n"),
    "edited": FERRY.replace("1,200", "2,100").replace("Tuesday", "Wednesday"),
    "excerpt": HEAD,
    "orchard": ORCHARD,
    "quotes": ORCHARD + "\n\n" + FERRY.split("\n\n")[2],
    "garten": GARTEN,
    "garten-kurz": GARTEN[: GARTEN.index("Im Mai")],
    **{f"letter{n}": text for n, text in enumerate(LETTERS)},
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("stemmata.kernels.compiled", lambda: True)


def texts(**pile: str) -> list[st.Text]:
    return [st.Text(text, doc=doc) for doc, text in pile.items()]


def table(pile: dict[str, str] = PILE, **columns: Any) -> pa.Table:
    return pa.table({"id": [*pile], "text": [*pile.values()], **columns})


def kept(found: Any) -> set[str]:
    decisions = found.decisions
    return set(decisions.filter(decisions["keep"])["doc"].to_pylist())


def row(found: Any, doc: str) -> dict[str, Any]:
    return next(row for row in found.decisions.to_pylist() if row["doc"] == doc)


def write_lines(name: str, pile: dict[str, str] = PILE, **columns: list[Any]) -> list[str]:
    rows = table(pile, **columns).to_pylist()
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    Path(name).write_text("".join(lines), "utf-8")
    return lines


def read_lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(name).read_text("utf-8").splitlines()]


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["dedup", *words])
    return int(caught.value.code or 0)


@pytest.fixture(scope="module")
def longest() -> Any:
    return st.dedup(table())


def test_copies_go_and_what_only_shares_a_part_stays(longest: Any) -> None:
    """The longest version stays; a page that quotes one paragraph, form letters and other texts stay."""
    letters = {f"letter{n}" for n in range(4)}
    assert kept(longest) == {"spun", "quotes", "garten"} | letters
    assert {r["doc"]: r["duplicate_of"] for r in longest.decisions.to_pylist() if not r["keep"]} == {
        **dict.fromkeys(["ferry", "again", "edited", "excerpt"], "spun"),
        "orchard": "quotes",
        "garten-kurz": "garten",
    }
    assert repr(longest) == "<Deduplication: 7 of 13 documents kept>"
    assert schemas.DECISIONS.check(longest.decisions).equals(longest.decisions)


def test_a_page_that_quotes_a_paragraph_stays_beside_the_source() -> None:
    page = "\n\n".join([ORCHARD, FERRY.split("\n\n")[2], GARTEN])
    assert kept(st.dedup(texts(ferry=FERRY, page=page))) == {"ferry", "page"}


def test_the_source_stays_where_the_original_is_preferred() -> None:
    found = st.dedup(texts(source=FERRY, copy=FERRY_SPUN), keep="original")
    assert kept(found) == {"source"}
    assert row(found, "copy")["reason"].endswith("which is its source")


@pytest.mark.parametrize("name", ["date", "published"])
def test_of_copies_that_tell_no_order_the_earliest_dated_is_the_original(name: str) -> None:
    pile = {"late": FERRY, "early": FERRY}
    found = st.dedup(table(pile, **{name: ["2024-03-02", "2024-03-01"]}), keep="original")
    assert kept(found) == {"early"}
    assert "dated earlier: 2024-03-01, this one 2024-03-02;" in row(found, "late")["reason"]
    assert not [note for note in found.notes.to_pylist() if "date" in note["what"]]


def test_of_dates_that_cannot_be_read_a_note_tells() -> None:
    found = st.dedup(
        table({"a": FERRY, "b": FERRY}, date=["yesterday", None], timestamp=["2024-03-02"] * 2), keep="original"
    )
    told = {note["what"]: note["count"] for note in found.notes.to_pylist() if "date" in note["what"]}
    assert [(count, "not dates" in what, "without a date" in what) for what, count in sorted(told.items())] == [
        (1, True, False), (2, False, True)
    ]  # fmt: skip


def test_the_best_by_columns_of_the_table_stays() -> None:
    pile = {doc: PILE[doc] for doc in ("ferry", "spun", "edited", "orchard")}
    found = st.dedup(table(pile, quality=[0.5, 0.1, 0.9, None]), keep="quality desc, length desc")
    assert kept(found) == {"edited", "orchard"}
    assert "whose quality is 0.9, here 0.5" in row(found, "ferry")["reason"]
    with pytest.raises(OptionError, match="'qualitty'") as caught:
        st.dedup(table(pile, quality=[0.5, 0.1, 0.9, None]), keep="qualitty desc")
    assert "quality" in caught.value.where


def test_white_space_makes_no_text_longer() -> None:
    padded = "\n\n   ".join(HEAD.split("\n\n")) + "\u00a0\n" * 500
    found = st.dedup(texts(excerpt=padded, whole=FERRY))
    assert kept(found) == {"whole"}
    bare = len("".join(FERRY.split())), len("".join(HEAD.split()))
    assert f"which is longer: {bare[0]} characters to {bare[1]}" in row(found, "excerpt")["reason"]
    assert row(st.dedup(texts(a=FERRY, b=FERRY + " " * 99)), "b")["reason"].endswith("whose id is smaller")


def test_order_of_rows_workers_and_parts_do_not_show(longest: Any) -> None:
    rng = random.Random(4)
    for workers in (1, 2, 8):
        rows = rng.sample(range(len(PILE)), len(PILE))
        again = st.dedup(table().take(rows), engine=st.LocalEngine(workers=workers, parts=2 * workers - 1))
        assert again.decisions.equals(longest.decisions)
        assert again.table()["id"].to_pylist() == [doc for doc in np.array([*PILE])[rows] if doc in kept(longest)]


def test_a_table_at_hand_comes_back_with_all_its_columns() -> None:
    pile = {doc: PILE[doc] for doc in ("ferry", "again", "orchard")}
    plain = table(pile, n=[1, 2, 3], tags=[["x"], None, []])
    for frame in (plain, pl.from_arrow(plain), plain.to_pandas(), plain.to_batches()[0]):
        found = st.dedup(frame).table()
        assert found["id"].to_pylist() == ["again", "orchard"]
        assert found["n"].to_pylist() == [2, 3]
        assert set(found.column_names) == {"id", "text", "n", "tags"}
    marked = st.dedup(pd.DataFrame({"text": [FERRY, FERRY]}), annotate=True, prefix="dup_").table()
    assert marked.column_names == [
        "text", "doc", "dup_family", "dup_family_size", "dup_keep", "dup_duplicate_of", "dup_kind", "dup_reason",
    ]  # fmt: skip
    assert marked["dup_keep"].to_pylist() == [True, False]
    assert marked["dup_duplicate_of"].to_pylist() == [None, "table#1"]


def test_a_family_larger_than_the_cap_is_left_with_one() -> None:
    """Past the cap not every pair is looked at; what is left over is compared with what stays."""
    words = HEAD.split(" ")
    rng = random.Random(7)
    pile = {}
    for n in range(70):
        some = [word if rng.random() > 0.01 else f"{word}{n}" for word in words]
        pile[f"copy{n:02}"] = " ".join(some) + f" Printed by number {n}." * rng.randrange(3)
    found = st.dedup(table(pile), engine=st.LocalEngine(workers=2))
    assert len(kept(found)) == 1
    assert set(found.decisions["family_size"].to_pylist()) == {70}


def test_protected_texts_are_found_also_where_they_are_short() -> None:
    """A question that stands in a page; the answer sheet, white space aside; and a spun copy of a protected text."""
    pile = {
        "page": ORCHARD + "\n\n" + QUESTION + "\n\n" + GARTEN,
        "spun": FERRY_SPUN,
        "orchard": ORCHARD,
        "sheet": " ".join(QUESTION.split()) + "\n",
        "copy": ORCHARD,
    }
    protected = pa.table({"id": ["q1", "ferry"], "text": [QUESTION, FERRY]})
    found = st.dedup(table(pile), against=protected)
    assert kept(found) == {"orchard", "copy"}  # the documents are not compared with each other
    page = row(found, "page")
    (span,) = page["spans"]
    assert pile["page"][span["start"] : span["end"]] == QUESTION
    assert (span["doc"], span["doc_start"], span["doc_end"]) == ("q1", 0, len(QUESTION))
    assert page["reason"] == "holds 30 words of a protected text, q1, which has 30"
    assert row(found, "spun")["spans"][0]["doc"] == "ferry"
    assert row(found, "sheet")["kind"] == "exact"
    assert kept(st.dedup(table(pile), against=protected, keep="longest")) == {"copy"}
    lenient = st.dedup(table(pile), against=protected, rules=KeepOptions(held=500, ngram=500, coverage=1.0))
    assert kept(lenient) == {"orchard", "copy", "spun"}


def test_a_protected_text_is_found_in_each_of_many_documents() -> None:
    """Also where it stands in more than the cap, and where documents have ids like the protected ones."""
    pile = {
        f"q{n}": f"{PEOPLE[n % 4][0]} asked us, in letter {n}: {QUESTION} {'Reply soon. ' * (n % 5)}" for n in range(60)
    }
    found = st.dedup(table(pile), against=table({"q1": QUESTION}), annotate=True)
    assert kept(found) == set()
    assert found.table()["spans"].to_pylist()[7][0]["doc"] == "q1"


def test_protected_texts_may_lie_in_a_run_that_was_saved() -> None:
    st.trace(texts(ferry=FERRY, q=QUESTION)).save("run")
    found = st.dedup(texts(spun=FERRY_SPUN, orchard=ORCHARD), against="run")
    assert kept(found) == {"orchard"}
    Path("broken.jsonl").write_text("{broken\n", "utf-8")
    with pytest.raises(SourceError, match="a protected text was not read"):
        st.dedup(texts(orchard=ORCHARD), against="broken.jsonl")


def test_repeated_passages_are_cut_by_whole_sentences_and_one_is_left() -> None:
    lines = FERRY.split("\n\n")
    page = "\n\n".join([ORCHARD.strip(), lines[5], GARTEN])
    found = st.dedup(texts(ferry=FERRY + "\n\nMore on this tomorrow. " * 40, page=page), passages=True)
    assert kept(found) == {"ferry", "page"}
    (span,) = row(found, "page")["spans"]
    assert page[span["start"] : span["end"]].strip() == lines[5]
    assert span["doc"] == "ferry"
    out = dict(zip(*(found.table()[name].to_pylist() for name in ("doc", "text")), strict=True))
    assert out["page"] == page.replace(lines[5] + "\n\n", "")
    assert lines[5] in out["ferry"]
    assert row(found, "page")["reason"].endswith("1 passage that stands in documents that are preferred, cut")
    assert (
        st.dedup(texts(ferry=FERRY, page=page), passages=True, rules=KeepOptions(cut=500)).decisions["spans"].null_count
        == 2
    )


def test_quotations_that_name_their_source_are_not_cut() -> None:
    said = (
        "“We did not count what people would lose when the last boat is gone and nobody is left on the quay to wave, "
        "and I would vote against it again tomorrow morning if I were asked,” said Margaret Ellison."
    )
    found = st.dedup(texts(a=ORCHARD + "\n\n" + said, b=GARTEN + "\n\n" + said), passages=True)
    assert found.decisions["spans"].null_count == 2


def test_a_text_of_which_nothing_is_left_goes() -> None:
    one, other = FERRY.split("\n\n"), ORCHARD.split("\n\n")
    both = "\n\n".join([one[5], other[2].strip()])
    found = st.dedup(
        texts(ferry=FERRY, orchard=ORCHARD, both=both), keep="longest", passages=True, rules=KeepOptions(cut=20)
    )
    assert kept(found) == {"ferry", "orchard"}
    assert "nothing is left" in row(found, "both")["reason"]


def test_the_command_writes_the_users_own_lines_and_the_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    lines = write_lines("pile.jsonl", n=list(range(13)))
    assert run("pile.jsonl", "-o", "kept.jsonl") == 0
    stays = [line for line in lines if json.loads(line)["id"] in {"spun", "quotes", "garten"} or '"letter' in line]
    assert Path("kept.jsonl").read_text("utf-8") == "".join(stays)
    dropped = [json.loads(line) for line in Path("kept.dropped.jsonl").read_text("utf-8").splitlines()]
    assert [one["doc"] for one in dropped] == ["again", "edited", "excerpt", "ferry", "garten-kurz", "orchard"]
    assert all(one["reason"] for one in dropped)
    shown = capsys.readouterr().out
    assert "7 of 13 documents stay, 6 go." in shown
    assert "Families" in shown
    assert "kept.dropped.jsonl" in shown
    assert "which is longer" in shown


@pytest.mark.parametrize(
    ("documents", "kept", "says"),
    [
        (1, 0, "0 of 1 document stays, 1 goes."),
        (1, 1, "1 of 1 document stays, 0 go."),
        (3, 1, "1 of 3 documents stays"),
    ],
)
def test_one_document_stays_and_several_stay(documents: int, kept: int, says: str) -> None:
    assert _headline({"documents": documents, "kept": kept, "dropped": documents - kept}, False).startswith(says)


def test_annotated_rows_are_all_there(capsys: pytest.CaptureFixture[str]) -> None:
    pile = {doc: PILE[doc] for doc in ("ferry", "again", "orchard")}
    pq.write_table(table(pile, n=[1, 2, 3]), "pile.parquet")
    assert run("pile.parquet", "-o", "all.parquet", "--annotate", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["documents"], told["kept"], told["dropped_by_kind"]) == (3, 2, {"exact": 1})
    assert told["written"] == {"marked": "all.parquet"}
    rows = pq.read_table("all.parquet").to_pylist()
    assert [one["n"] for one in rows] == [1, 2, 3]
    assert [one["keep"] for one in rows] == [False, True, True]
    assert rows[0]["duplicate_of"] == "again"
    assert rows[0]["family"] == rows[1]["family"] != rows[2]["family"]
    assert not Path("all.dropped.parquet").exists()
    with pytest.raises(SchemaError, match="'family'") as caught:
        st.dedup("all.parquet", annotate=True)
    assert "prefix" in caught.value.mend
    assert run("all.parquet", "-o", "again.parquet", "--annotate", "--prefix", "second_") == 0
    shown = capsys.readouterr().out
    assert "1 is marked to go." in shown
    assert "Marked, exact  1" in shown


@pytest.mark.parametrize("out", ["all.jsonl", "all.parquet"])
@pytest.mark.parametrize("name", ["pile.jsonl", "pile.json", "pile.csv", "pile.parquet"])
def test_annotated_rows_without_text_are_there_and_are_not_kept(name: str, out: str) -> None:
    rows = pa.table({"id": ["a", "b", "c", "d"], "text": [FERRY, "", ORCHARD, None], "n": [1, 2, 3, 4]})
    objects = rows.to_pylist()
    if name == "pile.jsonl":
        lines = [json.dumps(one) for one in objects]
        Path(name).write_text("\n".join([*lines[:2], '{"text": "cut off', "", *lines[2:]]), "utf-8")
    elif name == "pile.json":
        Path(name).write_text(json.dumps([objects[0], 5, *objects[1:]]), "utf-8")
    elif name == "pile.csv":
        rows.to_pandas().to_csv(name, index=False)
    else:
        pq.write_table(rows, name)
    assert run(name, "-o", out, "--annotate") == 0
    written = pq.read_table(out).to_pylist() if out.endswith("parquet") else read_lines(out)
    assert [(one["id"], one["keep"]) for one in written] == [("a", True), ("b", False), ("c", True), ("d", False)]
    assert [one["reason"] for one in written] == [None, UNREAD, None, UNREAD]
    assert [int(one["n"]) for one in written] == [1, 2, 3, 4]
    assert written[1]["family"] is None
    kept = "kept" + out[3:]
    assert run(name, "-o", kept) == 0
    alone = pq.read_table(kept).to_pylist() if kept.endswith("parquet") else read_lines(kept)
    assert [one["id"] for one in alone] == [one["id"] for one in written if one["keep"]]


def test_a_column_of_two_types_stays_as_it_is_in_json_lines_and_is_refused_for_parquet_before_the_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"id": "a", "text": FERRY, "n": 3}), json.dumps({"id": "b", "text": ORCHARD, "n": "x"})]
    Path("pile.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    Path("pile.json").write_text(f"[{','.join(lines)}]", "utf-8")
    for name in ("pile.jsonl", "pile.json"):
        assert run(name, "-o", "kept.jsonl") == 0
        assert [one["n"] for one in read_lines("kept.jsonl")] == [3, "x"]
    monkeypatch.delattr("stemmata.sifting.Sieve.choose")  # nothing is compared
    for name in ("pile.jsonl", "pile.json"):
        assert run(name, "-o", "kept.parquet") == 3
        told = capsys.readouterr().err
        assert "'n' holds values of several types" in told
        assert name in told
        assert "write JSON Lines" in told


@pytest.mark.parametrize("large", [False, True], ids=["small", "in pieces"])
@pytest.mark.parametrize(
    "name", ["pile.jsonl", "odd.jsonl", "pile.json", "pile.csv", "pile.tsv", "pile.parquet", "pile.arrow"]
)
def test_the_columns_of_texts_and_ids_can_be_named(name: str, large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is called text or id."""
    if large:
        monkeypatch.setattr("stemmata.readers.pieces.BLOCK_BYTES", 1_000)
    columns = {"body": [FERRY, FERRY + " ", ORCHARD], "key": ["a", "b", "c"], "text": ["x"] * 3, "id": ["same"] * 3}
    rows = pa.table(columns)
    if name == "pile.parquet":
        pq.write_table(rows, name)
    elif name == "pile.arrow":
        with pa.ipc.new_file(name, rows.schema) as writer:
            writer.write_table(rows)
    elif name.endswith("sv"):
        rows.to_pandas().to_csv(name, index=False, sep="\t" if name == "pile.tsv" else ",")
    else:
        lines = [json.dumps(one) for one in rows.to_pylist()]
        lines += ['{"body": 5, "key": []}'] * (name == "odd.jsonl")
        Path(name).write_text(f"[{','.join(lines)}]" if name == "pile.json" else "\n".join(lines), "utf-8")
    assert run(name, "-o", "kept.jsonl", "--text", "body", "--id", "key") == 0
    assert [{name: one[name] for name in columns} for one in read_lines("kept.jsonl")] == rows.take([0, 2]).to_pylist()
    assert [(one["doc"], one["duplicate_of"]) for one in read_lines("kept.dropped.jsonl")] == [("b", "a")]
    assert (
        run(
            name,
            "-o",
            "all.parquet" if name != "odd.jsonl" else "all.jsonl",
            "--annotate",
            "--text",
            "body",
            "--id",
            "key",
        )
        == 0
    )


def test_passages_are_cut_out_of_the_column_that_is_named() -> None:
    page = "\n\n".join([ORCHARD.strip(), FERRY.split("\n\n")[5], GARTEN])
    rows = pa.table({"body": [FERRY + "\n\nMore tomorrow. " * 80, page], "text": ["x", "y"]})
    options = st.Options(documents=DocumentOptions(text="body"))
    Path("pile.jsonl").write_text("\n".join(json.dumps(one) for one in rows.to_pylist()), "utf-8")
    for source in (rows, "pile.jsonl"):
        found = st.dedup(source, passages=True, options=options).table()
        assert "Daniel Okoro" in page
        assert "Daniel Okoro" not in found["body"][1].as_py()
        assert found["text"].to_pylist() == ["x", "y"]
    st.dedup("pile.jsonl", passages=True, options=options).write("cut.jsonl")
    assert [one["text"] for one in read_lines("cut.jsonl")] == ["x", "y"]
    assert "Daniel Okoro" not in read_lines("cut.jsonl")[1]["body"]


def test_a_column_that_is_named_and_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write_lines("pile.jsonl", {"a": ORCHARD})
    assert run("pile.jsonl", "-o", "kept.jsonl", "--text", "body") == 1
    assert "no column 'body'; its columns: 'id', 'text'" in " ".join(capsys.readouterr().out.split())
    assert run("pile.jsonl", "-o", "kept.jsonl", "--id", "key") == 1
    assert "no column 'key'" in " ".join(capsys.readouterr().out.split())


def test_what_would_be_read_the_next_time_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pages/more").mkdir(parents=True)
    write_lines("pages/pile.jsonl", {"a": ORCHARD})
    for sources, out in (
        ("pages", "pages/kept.jsonl"),
        ("pages", "pages/more/kept.parquet"),
        ("pages/*.jsonl", "pages/kept.jsonl"),
        ("**/*.jsonl", "pages/more/kept.jsonl"),
    ):
        assert run(sources, "-o", out) == 2
        assert "one of them the next time" in capsys.readouterr().err
        assert not Path(out).exists()
    assert run("pages/*.jsonl", "-o", "pages/more/kept.jsonl") == 0
    assert run("pages/*.jsonl", "-o", "pages/kept.parquet", "--annotate") == 0


def test_doubled_ids_are_told_and_named_apart_by_their_file(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.dumps({"id": "a", "text": text}) + "\n" for text in (FERRY, ORCHARD, FERRY)]
    Path("pile.jsonl").write_text("".join(rows), "utf-8")
    assert run("pile.jsonl", "-o", "kept.jsonl") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "ids of your own that stand more than once, called by their files and ids (3)" in said
    dropped = [json.loads(line) for line in Path("kept.dropped.jsonl").read_text("utf-8").splitlines()]
    assert [(row["doc"], row["duplicate_of"]) for row in dropped] == [("pile.jsonl:a (3)", "pile.jsonl:a")]


def test_files_and_rows_go_into_one_table() -> None:
    Path("pages").mkdir()
    Path("pages/ferry.txt").write_text(FERRY, "utf-8")
    Path("pages/garten.html").write_text(f"<html><body><article><p>{GARTEN}</p></article></body></html>", "utf-8")
    write_lines("pile.jsonl", {"again": FERRY, "orchard": ORCHARD}, n=[1, 2])
    assert run("pages", "pile.jsonl", "-o", "kept.parquet") == 0
    rows = pq.read_table("kept.parquet").to_pylist()
    assert [(one["doc"], one["id"], one["n"]) for one in rows] == [
        ("garten.html", None, None), (None, "again", 1), (None, "orchard", 2)
    ]  # fmt: skip
    assert rows[0]["media_type"] == "text/html"


def test_what_cannot_be_read_is_said_and_fails_under_strict(capsys: pytest.CaptureFixture[str]) -> None:
    write_lines("pile.jsonl", {"a": ORCHARD, "b": GARTEN})
    with open("pile.jsonl", "a", encoding="utf-8") as file:
        file.write('{"text": "cut off\n[1, 2]\n{"id": "c", "text": "  "}\n{"text": 5}\n')
    assert run("pile.jsonl", "-o", "kept.jsonl") == 0
    assert capsys.readouterr().out.count("Skipped") == 4
    assert run("pile.jsonl", "-o", "kept.jsonl", "--strict") == 1
    assert len(Path("kept.jsonl").read_text("utf-8").splitlines()) == 2


def test_skipped_lines_are_told_in_the_order_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pile.jsonl").write_text("".join('{"text": ""}\n' for _ in range(11)) + json.dumps({"text": FERRY}), "utf-8")
    assert run("pile.jsonl", "-o", "kept.jsonl") == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "Skipped" in line]
    assert [line.split("#")[1].split(":")[0] for line in shown[:3]] == ["1", "2", "3"]


def test_where_nothing_can_be_read_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.jsonl").write_text("", "utf-8")
    assert run("empty.jsonl", "-o", "kept.jsonl") == 1
    assert "Nothing could be read." in capsys.readouterr().out
    assert not Path("kept.jsonl").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["pile.jsonl", "-o", "pile.jsonl"],
        ["pile.jsonl", "-o", "kept.csv"],
        ["pile.jsonl", "-o", "kept.jsonl", "--keep", "best"],
        ["pile.jsonl", "-o", "kept.jsonl", "--keep", "nothing desc"],
        ["pile.jsonl", "-o", "kept.jsonl", "--prefix", "x"],
        ["pile.jsonl", "-o", "kept.jsonl", "--held", "5"],
        ["pile.jsonl", "-o", "kept.jsonl", "--cut", "50"],
        ["absent.jsonl", "-o", "kept.jsonl"],
        ["pile.jsonl"],
    ],
)
def test_a_wrong_call_exits_2_and_writes_nothing(words: list[str]) -> None:
    (before,) = write_lines("pile.jsonl", {"a": ORCHARD})
    assert run(*words) == 2
    assert Path("pile.jsonl").read_text("utf-8") == before
    assert [path.name for path in Path().iterdir()] == ["pile.jsonl"]


def test_the_command_holds_back_protected_texts_and_cuts_passages(capsys: pytest.CaptureFixture[str]) -> None:
    write_lines("pile.jsonl", {"page": ORCHARD + "\n\n" + QUESTION, "garten": GARTEN})
    write_lines("bench.jsonl", {"q1": QUESTION})
    assert run("pile.jsonl", "-o", "kept.jsonl", "--against", "bench.jsonl", "--held", "25") == 0
    assert "Dropped, protected  1" in capsys.readouterr().out
    (dropped,) = Path("kept.dropped.jsonl").read_text("utf-8").splitlines()
    assert json.loads(dropped)["spans"][0]["doc"] == "q1"
    page = "\n\n".join([ORCHARD.strip(), FERRY.split("\n\n")[5], GARTEN])
    write_lines("pile.jsonl", {"ferry": FERRY + "\n\nMore tomorrow. " * 80, "page": page})
    assert run("pile.jsonl", "-o", "kept.jsonl", "--passages", "--cut", "25") == 0
    cut = json.loads(Path("kept.jsonl").read_text("utf-8").splitlines()[1])
    assert "Daniel Okoro" not in cut["text"]
    assert "1 document without passages that stand elsewhere" in capsys.readouterr().out


def test_columns_of_a_table_in_an_archive_are_not_kept_and_a_note_says_so(tmp_path: Path) -> None:
    table = pd.DataFrame({"id": ["a", "b"], "text": [FERRY, ORCHARD], "desk": ["sea", "land"]})
    packed = io.StringIO()
    table.to_csv(packed, index=False)
    with zipfile.ZipFile(tmp_path / "rows.zip", "w") as archive:
        archive.writestr("rows.csv", packed.getvalue())
    table.to_csv(tmp_path / "rows.csv", index=False)
    whole, within = st.dedup(tmp_path / "rows.csv"), st.dedup(tmp_path / "rows.zip")
    assert whole.table()["desk"].to_pylist() == ["sea", "land"]
    assert "desk" not in within.table().column_names
    noted = [(row["stage"], row["count"]) for row in within.notes.to_pylist() if "archives" in row["what"]]
    assert noted == [("documents", 2)]
    assert not any("archives" in row["what"] for row in whole.notes.to_pylist())
