"""A collection on a cluster: the rows that one machine finds, no matter where they lie or how often a run is begun."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.crawl.stars import hang_together
from stemmata.crawl.tracing import SparkTrace
from stemmata.crawl.work import Work
from stemmata.engines.spark import SparkEngine
from stemmata.errors import MissingSource, SchemaError
from stemmata.families import FamilyOptions
from stemmata.kernels.components import components
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.sparking import need_spark
from tests.test_contract import SOURCES
from tests.test_docs import blocks
from tests.web_archives import ENGLISH

KEPT = ("original", "longest", "quality desc, length desc") if os.environ.get("STEMMATA_SPARK") else ("original",)
CROWD = 60  # copies: more than may share a k-gram before it says little
FEW = 12  # of them: those about which dedup decides
BATHS = (st.Text(ENGLISH, doc="baths"), st.Text(ENGLISH.replace("Thursday", "Friday"), doc="baths again"))
SENTENCES = FERRY.split(". ")


def _copies() -> Iterator[st.Text]:
    """Many short copies, each with a word of its own: all their k-grams are looked at."""
    for number in range(CROWD):
        text = ". ".join(SENTENCES[:6]).replace("ferry", f"ferry number {number}", 1 + number % 2)
        yield st.Text(text, doc=f"copy {number:02}", published=f"2024-05-{1 + number // 4:02}" if number % 3 else None)


@pytest.fixture(scope="module")
def documents() -> pa.Table:
    need_spark()
    return st.read_documents([*SOURCES, *_copies(), *BATHS]).replace_schema_metadata(None)


@pytest.fixture(scope="module")
def here(documents: pa.Table) -> st.Trace:
    return st.trace(documents)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("tables"))


def _frame(spark: Any, documents: pa.Table) -> Any:
    """A table of Spark's own, in several partitions; what is known of each document in columns."""
    known = documents.select(["doc", "text", "published", "language"])
    return spark.createDataFrame(known.set_column(1, "text", known["text"].cast(pa.string()))).repartition(3)


@pytest.fixture(scope="module")
def there(spark: Any, documents: pa.Table, folder: str) -> SparkTrace:
    found = st.trace(_frame(spark, documents), engine=SparkEngine(spark, folder))
    assert isinstance(found, SparkTrace)
    return found


@pytest.mark.parametrize("name", [*(schema.name for schema in schemas.TABLES), "statistics", "skipped", "notes"])
def test_a_cluster_finds_the_rows_that_one_machine_finds(name: str, here: st.Trace, there: SparkTrace) -> None:
    mine, found = getattr(here, name), getattr(there, name)
    if name == "fingerprints":  # dictionaries may be in any order
        plain = pa.schema([("doc", pa.string()), ("view", pa.string()), *[*mine.schema][2:]])
        mine, found = mine.cast(plain), found.cast(plain)
    assert found.equals(mine)


def test_the_crowd_was_looked_at_twice(here: st.Trace) -> None:
    """Else the test above says nothing of large families."""
    notes = {row["what"]: row["count"] for row in here.notes.to_pylist()}
    assert notes["k-grams in more documents than the cap"] > 0
    assert here.families.num_rows > CROWD


def test_tables_can_be_left_on_the_cluster(there: SparkTrace) -> None:
    frame = there.dataframe("relations")
    assert frame.where("kind = 'spun'").count() == there.relations.to_pandas().kind.eq("spun").sum()
    with pytest.raises(SchemaError, match="no table 'nonsense'"):
        there.dataframe("nonsense")


def test_trees_are_drawn_of_the_families_that_somebody_asks_about(here: st.Trace, there: SparkTrace) -> None:
    """They are those of the whole, and no others are drawn."""
    mine = here.families.filter(pc.equal(here.families["doc"], "baths"))["family"][0].as_py()
    asked = there.of(mine)
    docs = asked.documents["doc"]
    assert docs.to_pylist() == ["baths", "baths again"]
    for name, side in (("stemma", "doc"), ("changes", "source")):
        table = getattr(here, name)
        assert getattr(asked, name).equals(table.filter(pc.is_in(table[side], docs.combine_chunks()))), name
    with pytest.raises(MissingSource, match="no family 'nonsense'"):
        there.of("nonsense")


def test_a_run_that_is_begun_again_goes_on_where_it_ended(
    spark: Any, documents: pa.Table, folder: str, there: SparkTrace
) -> None:
    """Nothing that is finished is written again; what another option decides is, and what follows from it."""
    assert there.changes.num_rows

    def written() -> dict[str, float]:
        return {path.parent.name: path.stat().st_mtime_ns for path in Path(folder).glob("*/_DONE")}

    before = written()
    again = st.trace(_frame(spark, documents), engine=SparkEngine(spark, folder))
    assert again.changes.equals(there.changes)
    assert written() == before
    next(Path(folder).glob("relations-*/_DONE")).unlink()  # as if the driver had been killed while it wrote
    assert st.trace(_frame(spark, documents), engine=SparkEngine(spark, folder)).relations.equals(there.relations)
    changed = {name.split("-")[0] for name, time in written().items() if before.get(name) != time}
    assert changed == {"relations"}
    options = st.Options(families=FamilyOptions(least_coverage=0.9))
    st.trace(_frame(spark, documents), options=options, engine=SparkEngine(spark, folder))
    new = {name.split("-")[0] for name in written().keys() - before.keys()}
    assert "families" in new
    assert not {"documents", "sketches", "pairs", "relations"} & new


def test_stars_find_what_hangs_together(spark: Any, tmp_path: Path) -> None:
    """A long chain, a star, pairs by chance: as a union of sets does."""
    draw = np.random.default_rng(3)
    edges = [(k, k + 1) for k in range(40)] + [(100, k) for k in range(101, 120)]
    edges += [tuple(sorted(pair)) for pair in draw.integers(200, 260, (40, 2)).tolist() if pair[0] != pair[1]]
    frame = spark.createDataFrame(edges + [(b, a) for a, b in edges[:5]], "one long, other long")
    work = Work(spark, str(tmp_path))
    kept = work.keep("edges", lambda: frame, "test")
    found = {row["number"]: row["first"] for row in hang_together(work, "stars", kept.rows, kept).rows.collect()}
    left, right = np.array(edges, np.int64).T
    expected = components(int(right.max()) + 1, left, right)
    first: dict[int, int] = {}
    for number in sorted(found):
        first.setdefault(int(expected[number]), number)
    assert found == {number: first[int(expected[number])] for number in found}
    assert set(found) == {number for edge in edges for number in edge}


def _kept(there: pa.Table, here: pa.Table) -> None:
    """What a cluster decides is what one machine decides, given the same."""
    assert there.equals(here)
    assert not all(here["keep"].to_pylist())


@pytest.mark.parametrize("keep", KEPT)
def test_a_cluster_keeps_the_rows_that_one_machine_keeps(
    keep: str, spark: Any, documents: pa.Table, folder: str
) -> None:
    documents = documents.filter(pc.less(documents["doc"], f"copy {FEW}"))
    quality = pa.array([len(doc) * 7 % 5 for doc in documents["doc"].to_pylist()])
    table = documents.select(["doc", "text", "published", "language"]).append_column("quality", quality)
    frame = spark.createDataFrame(table.set_column(1, "text", table["text"].cast(pa.string()))).repartition(2)
    here, there = st.dedup(table, keep=keep), st.dedup(frame, keep=keep, engine=SparkEngine(spark, folder))
    _kept(there.decisions, here.decisions)
    rows = there.table().sort_by("doc")
    assert rows.column_names == table.column_names
    assert rows["doc"].to_pylist() == here.decisions.filter(here.decisions["keep"])["doc"].to_pylist()


def test_passages_are_cut_and_rows_marked_on_a_cluster(
    spark: Any, documents: pa.Table, folder: str, tmp_path: Path
) -> None:
    documents = documents.filter(pc.less(documents["doc"], f"copy {FEW}"))
    frame, engine = _frame(spark, documents), SparkEngine(spark, folder)
    table = documents.select(["doc", "text", "published", "language"])
    here = st.dedup(table, passages=True)
    there = st.dedup(frame, passages=True, engine=engine)
    _kept(there.decisions, here.decisions)
    mine = here.table().sort_by("doc")
    assert there.table().sort_by("doc")["text"].to_pylist() == mine["text"].to_pylist()
    there.write(tmp_path / "kept")
    assert spark.read.parquet(str(tmp_path / "kept")).count() == mine.num_rows
    gone = spark.read.parquet(str(tmp_path / "kept.dropped")).count()
    assert gone == len(here.decisions["reason"].drop_null())
    marked = st.dedup(frame, annotate=True, prefix="s_", engine=engine).table()
    assert marked.num_rows == documents.num_rows
    assert {"s_keep", "s_family", "s_reason"} <= set(marked.column_names)


def test_protected_texts_are_no_matter_of_a_cluster_yet(spark: Any, documents: pa.Table, tmp_path: Path) -> None:
    with pytest.raises(st.StemmataError, match="goes by itself, without protected texts"):
        st.dedup(_frame(spark, documents), against=documents, engine=SparkEngine(spark, str(tmp_path)))


def test_the_guide_says_what_is_true(spark: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its lines, on three pages of which two are copies of one."""
    ferry = [("https://a.example/1", FERRY), ("https://b.example/2", FERRY_SPUN), ("https://c.example/3", FERRY)]
    rows = [*ferry, ("https://d.example/4", ORCHARD)]
    spark.createDataFrame(rows, "doc string, text string").write.parquet(str(tmp_path / "pages"))
    ((_, body),) = (block for block in blocks("python") if block[0] == "spark.md")
    there = re.sub(r'"(\w+/)"', rf'"{tmp_path}/\1"', body)  # Java stands where it was begun
    exec(compile(there, "spark.md", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.splitlines() == re.findall(r"^print\(.*\)  # (.*)$", body, re.M)


def test_the_commands_of_the_guide_run(spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """The first leaves the tables where they lie; the second finds them there, and brings them here."""
    assert spark
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive").mkdir()
    for name, text in (("ferry", FERRY), ("spun", FERRY_SPUN), ("orchard", ORCHARD)):
        (tmp_path / "archive" / f"{name}.txt").write_text(text, "utf-8")
    page = next(body for page, body in blocks("console") if page == "spark.md")
    there = page.replace("tables/", f"{tmp_path}/tables")  # Java stands where it was begun
    there = there.replace("pages.jsonl", f"{tmp_path}/pages.jsonl").replace("kept/", f"{tmp_path}/kept/")
    first, second, third = (shlex.split(line)[1:] for line in there.splitlines())
    status, out, _ = run(*first)
    assert (status, "1 family, 2 documents in them." in out, "tables" in out) == (0, True, True)
    written = sorted((tmp_path / "tables").iterdir())
    status, out, _ = run(*second)
    assert status == 0
    assert set(written) <= set((tmp_path / "tables").iterdir())
    found, here = st.open(tmp_path / "run"), st.trace(tmp_path / "archive")
    assert found.changes.equals(here.changes)
    assert (tmp_path / "run" / "report.html").exists()
    rows = [{"id": name, "text": text} for name, text in (("a", FERRY), ("b", FERRY_SPUN), ("c", ORCHARD))]
    (tmp_path / "pages.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    status, out, _ = run(*third)
    assert (status, "2 of 3 documents stay, 1 goes." in out) == (0, True)
    assert sorted(pq.read_table(tmp_path / "kept")["id"].to_pylist()) == ["b", "c"]  # the longest, by default


def test_a_table_is_deduplicated_from_the_command_line(spark: Any, tmp_path: Path, run: Run) -> None:
    """It says and writes what it does on one machine; a table that stood there is replaced, and nothing else."""
    assert spark
    rows = [("a", FERRY), ("b", FERRY_SPUN), ("c", FERRY), ("d", ORCHARD)]
    table = pa.table([pa.array(column) for column in zip(*rows, strict=True)], ["id", "text"])
    pq.write_table(table, tmp_path / "pages.parquet")
    words = ["dedup", str(tmp_path / "pages.parquet"), "--json"]
    _, here, _ = run(*words, "-o", str(tmp_path / "kept.parquet"))
    there = ["--engine", "spark", "--tables", str(tmp_path / "tables"), "-o", str(tmp_path / "kept")]
    for _ in "12":
        status, out, err = run(*words, *there)
        assert (status, err) == (0, "")
    found, expected = json.loads(out), json.loads(here)
    told = ("documents", "families", "kept", "dropped", "dropped_by_kind", "cut")
    assert [found[name] for name in told] == [expected[name] for name in told]
    assert pq.read_table(tmp_path / "kept").sort_by("id").equals(pq.read_table(tmp_path / "kept.parquet").sort_by("id"))
    assert pq.read_table(tmp_path / "kept.dropped")["doc"].to_pylist()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("kept", "utf-8")
    status, _, err = run(*words, *there[:-1], str(tmp_path / "mine"))
    assert (status, "something is there" in err) == (3, True)
    assert (tmp_path / "mine" / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--engine", "dask"], "no engine"),
        (["--master", "local[1]"], "about --engine spark"),
        (["--engine", "spark", "--memory", "1GB"], "about --engine local"),
        (["--engine", "spark", "--witnesses"], "on this machine alone"),
    ],
)
def test_options_that_do_not_go_together_are_refused(words: list[str], says: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text(FERRY, "utf-8")
    status, _, err = run("trace", str(tmp_path), *words)
    assert status == 2
    assert says in " ".join(err.replace("│", " ").split())
