"""Shards: several machines each read a share of a pile, and what is joined of them has the rows of one machine."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import chdir
from itertools import count, product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.__main__ import main
from stemmata.demo import unpack
from stemmata.documents import DocumentOptions
from stemmata.errors import FolderError, FormatError, MissingSource, OptionError, SourceError
from stemmata.fingerprints import FingerprintOptions
from stemmata.folder import Folder
from stemmata.joining import join_shards
from stemmata.keepers import KeepOptions
from stemmata.pairs import PairOptions
from stemmata.pipeline import Clock
from stemmata.readers.lines import BLOCK_BYTES
from stemmata.readers.naming import RECURRING
from stemmata.readers.shares import Share
from stemmata.shards import fingerprint_shard, read_statistics, write_statistics
from stemmata.sifting import Sieve
from stemmata.statistics import StatisticsOptions
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.prose import GERMAN, RUSSIAN, swapped, texts

HEAD, TAIL = FERRY[: FERRY.index("Read also")], FERRY[FERRY.index("Not everyone") :]
PILE = {
    "a/ferry.txt": FERRY,
    "a/spun.txt": FERRY_SPUN,
    "a/lower.txt": FERRY_SPUN.lower(),  # of a language with capitals: both skeletons are kept of all
    "b/again.txt": FERRY.replace("\n", "\r\n"),
    "b/excerpt.txt": HEAD,
    "b/orchard.txt": ORCHARD,
    "b/mixed.txt": f"{ORCHARD}\n\n{TAIL}",
    "b/word.txt": "word",
    "b/empty.txt": "",
    "c/boot.txt": texts(GERMAN, 2)[0],
    "c/boot-neu.txt": swapped(texts(GERMAN, 2)[0], "de"),
    "c/лодка.txt": texts(RUSSIAN, 1)[0],
}
SAMPLED = st.Options(fingerprints=FingerprintOptions(sample_from=2))
SMALL = st.Options()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pile, its statistics, and three shards that were made without them."""
    folder = tmp_path_factory.mktemp("prepared")
    with chdir(folder):
        write_pile()
        write_statistics("pile", "facts.parquet")
        shards("pile", 3)
    return folder


@pytest.fixture
def three(prepared: Path) -> list[str]:
    """The folders of three shards of the pile, which lies beside them."""
    shutil.copytree(prepared, ".", dirs_exist_ok=True)
    return [f"shards0/{number}" for number in (1, 2, 3)]


@pytest.fixture
def pile() -> str:
    """Files of several lengths in three folders; one of them is empty, and is skipped."""
    return write_pile()


def write_pile() -> str:
    for name, text in PILE.items():
        path = Path("pile", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    write_lines("pile/rows.jsonl", [{"text": FERRY.replace("1,200", "2,100")}, {"text": " "}, {"text": ORCHARD}])
    return "pile"


def write_lines(path: str, rows: Sequence[dict[str, Any]]) -> None:
    Path(path).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def shards(sources: str | Sequence[str], of: int, **more: Any) -> list[str]:
    """Folders of all shards, each made for itself."""
    folder = next(f"shards{n}" for n in count() if not Path(f"shards{n}").exists())
    folders = [f"{folder}/{number}" for number in range(1, of + 1)]
    for number, own in enumerate(folders, 1):
        fingerprint_shard(sources, own, shard=f"{number}/{of}", **more)
    return folders


def at_once(sources: str | Sequence[str], options: st.Options, statistics: pa.Table | None) -> dict[str, pa.Table]:
    """The tables that one machine makes."""
    documents = st.read_documents(sources, options=options.documents)
    kept = st.fingerprint(documents, statistics, options=options.fingerprints)
    pairs = st.find_pairs(documents, kept, statistics, options=options.pairs)
    tables = {"documents": documents, "fingerprints": kept, "pairs": pairs}
    return tables | {side: schemas.remarks(tables.values(), side) for side in ("skipped", "notes")}


def as_rows(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


@pytest.mark.parametrize(
    ("of", "options"), [*product([1, 2, 3, 7], [SMALL, SAMPLED]), (20, SMALL)], ids=["", "sampled"] * 4 + [""]
)
def test_any_number_of_shards_gives_the_rows_of_one_machine(of: int, options: st.Options, pile: str) -> None:
    """Also more shards than files, of which some are empty; and whatever order they are given in."""
    write_statistics(pile, "facts.parquet", options=options)
    folders = shards(pile, of, statistics="facts.parquet", options=options)
    random.Random(of).shuffle(folders)
    joined = join_shards(folders, "joined")
    found, known = st.open("joined"), at_once(pile, options, read_statistics("facts.parquet").table)
    for name, table in known.items():
        assert as_rows(getattr(found, name)) == as_rows(table), name
    assert joined.counts == {"shards": of, "documents": 13, "pairs": found.pairs.num_rows}
    assert {row["uri"] for row in found.skipped.to_pylist()} == {"pile/b/empty.txt", "pile/rows.jsonl#2"}
    pairs = {(row["a"], row["b"]) for row in found.pairs.to_pylist()}
    assert {("a/ferry.txt", "a/spun.txt"), ("c/boot-neu.txt", "c/boot.txt")} <= pairs
    if of == 1:
        assert (known["fingerprints"].num_rows < 3_000) == (options is SAMPLED)


@pytest.mark.parametrize("engine", [st.LocalEngine(workers=2, memory=1_000), st.LocalEngine(parts=7)], ids=str)
def test_shards_are_the_same_for_any_memory_and_workers(engine: st.LocalEngine, three: list[str]) -> None:
    join_shards(shards("pile", 2, engine=engine), "joined", engine=engine)
    found, known = st.open("joined"), join(three)
    assert as_rows(found.fingerprints) == as_rows(known.fingerprints)
    assert as_rows(found.pairs) == as_rows(known.pairs)


def join(folders: Sequence[str], **more: Any) -> st.Trace:
    """What is in the folder that joining writes."""
    return st.open(join_shards(folders, "again", **more).path)


def test_without_statistics_shards_are_sampled_and_use_the_lists_of_the_languages(three: list[str]) -> None:
    """Nobody knows how large the whole is."""
    found, sampled = join(three), st.Options(fingerprints=FingerprintOptions(sample_from=0))
    for name, table in at_once("pile", sampled, None).items():
        assert as_rows(getattr(found, name)) == as_rows(table), name
    assert not Path("again/tables/statistics").exists()
    told: Any = found.about["options"]
    assert told["fingerprints"]["sample_from"] == 0  # as they were made, whatever was asked


@pytest.mark.usefixtures("three")
def test_a_pile_may_lie_among_its_shards_and_be_made_anew() -> None:
    """Runs that lie beside shards are none."""
    st.trace("pile/b").save("shards0/run")
    first = join_shards("shards0", "shards0/pile")
    assert join_shards("shards0", "shards0/pile").counts == first.counts


def test_the_order_of_sources_does_not_matter(pile: str) -> None:
    folders = [f"{pile}/{name}" for name in "abc"]
    first = fingerprint_shard(folders, "one/1", shard="1/2")
    fingerprint_shard(folders[::-1], "one/2", shard="2/2")
    assert first.counts["documents"]
    assert join(["one"]).documents.num_rows == 11


def test_large_files_are_shared_out_in_pieces() -> None:
    """Rows without ids of their own are called by their numbers, which count all rows of the file."""
    Path("large").mkdir()
    line = "The council met on Thursday and voted to close the swimming baths at the end of June. "
    write_lines(
        "large/rows.jsonl", [{"text": f"{n} {line * 1000}"} for n in range(4 * BLOCK_BYTES // len(line * 1000))]
    )
    rows = pa.table({"text": [f"{n} {line * 1000}" for n in range(300)]})
    pq.write_table(rows, "large/rows.parquet", row_group_size=50, compression="none")
    Path("large/short.txt").write_text(FERRY, "utf-8")
    folders = shards("large", 6, options=st.Options(documents=DocumentOptions(language="en")))
    opened = [st.open(folder).documents for folder in folders]
    for name in ("rows.jsonl", "rows.parquet"):
        assert sum(any(doc.startswith(name) for doc in part["doc"].to_pylist()) for part in opened) >= 2
    together = schemas.DOCUMENTS.check(pa.concat_tables(opened))
    assert together.equals(
        st.read_documents("large", options=DocumentOptions(language="en")).replace_schema_metadata(None)
    )


def test_a_damaged_file_is_told_once() -> None:
    Path("pile").mkdir()
    Path("pile/ferry.txt").write_text(FERRY, "utf-8")
    Path("pile/broken.parquet").write_bytes(b"PAR1\x15" + bytes(3 * BLOCK_BYTES))
    known = at_once("pile", SMALL, None)["skipped"]
    assert as_rows(known) == as_rows(join(shards("pile", 5)).skipped)
    assert known.num_rows == 1


def test_documents_are_called_as_one_machine_calls_them() -> None:
    """Two files of one name go by their paths; so does a file whose name is an id of the user's in another shard."""
    for name in ("x/a.txt", "y/a.txt", "y/b.txt", "y/c.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(f"{name} {FERRY}", "utf-8")
    write_lines("x/rows.jsonl", [{"id": "b.txt", "text": ORCHARD}, {"text": FERRY_SPUN}])
    found, known = join(shards(["x", "y"], 7)), at_once(["x", "y"], st.Options(), None)
    assert as_rows(found.documents) == as_rows(known["documents"])
    assert {"b.txt", "y/b.txt", "x/a.txt", "y/a.txt", "c.txt", "rows.jsonl#2"} == {*found.documents["doc"].to_pylist()}
    names = {row["doc"] for row in found.fingerprints.to_pylist()}
    assert names == {*found.documents["doc"].to_pylist()}
    assert {row["a"] for row in found.pairs.to_pylist()} <= names


def test_one_id_in_two_shards_is_named_apart_as_on_one_machine() -> None:
    Path("pile").mkdir()
    write_lines("pile/a.jsonl", [{"id": "1", "text": FERRY}, {"id": "2", "text": FERRY_SPUN}])
    write_lines("pile/b.jsonl", [{"id": "1", "text": ORCHARD}])
    one, several = st.read_documents("pile"), join(shards("pile", 2))
    assert several.documents["doc"].to_pylist() == one["doc"].to_pylist() == ["2", "a.jsonl:1", "b.jsonl:1"]
    told = {"stage": "documents", "what": RECURRING, "count": 2}
    assert told in schemas.remarks([one], "notes").to_pylist()
    assert told in several.notes.to_pylist()


def test_quotations_are_looked_for_where_shards_hold_their_view(pile: str) -> None:
    views = FingerprintOptions(views=schemas.VIEWS, sample_from=0)
    options = st.Options(fingerprints=views, pairs=PairOptions(quotations=True))
    found = join(shards(pile, 3, options=st.Options(fingerprints=views)))
    assert as_rows(found.pairs) == as_rows(at_once(pile, options, None)["pairs"])


def spoil(folder: str, about: dict[str, Any] | None = None, tables: dict[str, pa.Table] | None = None) -> None:
    """Make a folder say something else of itself, or hold other tables."""
    opened = Folder.open(folder)
    held = {name: opened.read(name) for name in opened.catalog.tables}
    opened.write(held | (tables or {}), about={**opened.catalog.about, **(about or {})})


def respell(folder: str, **told: Any) -> None:
    """Make a shard say something else of how it was made."""
    sketch: Any = Folder.open(folder).catalog.about["sketch"]
    spoil(folder, {"sketch": {**sketch, **told}})


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"options": st.Options(fingerprints=FingerprintOptions(skeleton_rate=4))}, "in 4, others one in 8"),
        ({"options": st.Options(fingerprints=FingerprintOptions(surface_rate=4))}, "surface in 4, others one in 16"),
        (
            {"options": st.Options(fingerprints=FingerprintOptions(floor=9))},
            "keeps 9 k-grams of a text at least, others 64",
        ),
        (
            {"options": st.Options(fingerprints=FingerprintOptions(views=("surface",)))},
            "views surface, others skeleton, s",
        ),
        ({"options": st.Options(documents=DocumentOptions(limit_bytes=10_000))}, "was read with other limits"),
        ({"options": st.Options(documents=DocumentOptions(pages="fast"))}, "other --pages than the others"),
        ({"statistics": "facts.parquet"}, "was made with other statistics"),
        ({"shard": "3/4"}, "is one of 4, where others are one of 3"),
        ({"sources": ["pile/a", "pile/b"]}, "was cut from other files"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_unlike_shards_are_refused(more: dict[str, Any], says: str, three: list[str]) -> None:
    """The odd one is named, and what is odd about it."""
    made: dict[str, Any] = {"sources": "pile", "output": three[2], "shard": "3/3"}
    fingerprint_shard(**made | more)
    with pytest.raises(OptionError, match=says) as error:
        join(three)
    assert error.value.what.startswith("shard 3 ")
    assert error.value.where == three[2]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"version": "9.9"}, "shard 2 was made by stemmata 9.9"),
        ({"hashes": "0" * 16}, "shard 2 has other hashes of the same words"),
        ({"words": "wordfreq 9.9"}, "shard 2 was made with the word lists of wordfreq 9.9"),
        ({"k": 4}, "shard 2 has k-grams of 4 words, others of 5"),
        ({"sampled": False}, "shard 2 keeps all k-grams where others sample"),
    ],
    ids=str,
)
def test_shards_of_another_program_are_refused(told: dict[str, Any], says: str, three: list[str]) -> None:
    respell(three[1], **told)
    with pytest.raises(OptionError, match=says):
        join(three)


@pytest.mark.parametrize(
    "told",
    [
        {"of": 10**15},
        {"of": "3"},
        {"shard": 0},
        {"shard": True},
        {"views": 7},
        {"views": [["surface"]]},
        {"views": ["surfaces"]},
        {"files": None},
        {"sampled": 1},
    ],
    ids=str,
)
def test_a_shard_that_says_nonsense_of_itself_is_refused(told: dict[str, Any], three: list[str]) -> None:
    """Before so much as the missing shards are counted."""
    respell(three[1], **told)
    with pytest.raises(FormatError, match="what the shard says of itself is damaged") as error:
        join(three)
    assert error.value.where == three[1]


@pytest.mark.parametrize("sketch", [None, 7, {}], ids=str)
def test_a_shard_that_says_nothing_of_itself_is_refused(sketch: object, three: list[str]) -> None:
    spoil(three[1], {"sketch": sketch})
    with pytest.raises(FormatError, match="what the shard says of itself is damaged"):
        join(three)


def test_tables_of_a_shard_that_do_not_go_together_are_refused(three: list[str]) -> None:
    """K-grams of a document that is not there; places in another order than the documents; options of others."""
    shutil.copytree(three[1], "whole")
    places, kept = (Folder.open(three[1]).read(name) for name in ("places", "fingerprints"))
    strangers = pc.binary_join_element_wise(kept["doc"].cast(pa.string()), "!", "").dictionary_encode()
    spoil(three[1], tables={"fingerprints": kept.set_column(0, "doc", strangers)})
    with pytest.raises(FolderError, match="k-grams of a document, or of a view, that is not there") as error:
        join(three)
    assert error.value.where == three[1]
    spoil(three[1], tables={"fingerprints": kept, "places": places.take(list(range(places.num_rows))[::-1])})
    with pytest.raises(FolderError, match="documents, and where they stand, do not agree"):
        join(three)
    options: Any = Folder.open(three[0]).catalog.about["options"]
    spoil(three[0], {"options": options | {"documents": {"limit_lines": 7}}})
    with pytest.raises(FormatError, match="options of the stage 'documents' are not understood"):
        join([three[0], "whole", three[2]])


def test_a_pile_of_another_version_is_refused(three: list[str]) -> None:
    """By its options and by the hashes of its words; what wrote it is named."""
    join_shards(three, "joined")
    about: Any = dict(Folder.open("joined").catalog.about)
    for told, says in (
        ({"options": about["options"] | {"pairs": {"cap": 40}}}, "options of the stage 'pairs' are not understood"),
        ({"options": about["options"] | {"pairs": {"candidate": 0}}}, "of the stage 'pairs' are not understood"),
        ({"options": None}, "options of the stage 'documents' are not understood"),
        ({"hashes": "0" * 16}, "its words were cut or hashed in another way"),
    ):
        spoil("joined", {**about, **told, "version": "9.9"})
        for verb in (st.trace, st.dedup):
            with pytest.raises(FormatError, match=says) as error:
                verb("joined")
            assert error.value.where == "joined, written by stemmata 9.9"


def test_dedup_refuses_places_that_are_not_those_of_the_documents(three: list[str]) -> None:
    join_shards(three, "joined")
    places = Folder.open("joined").read("places")
    spoil("joined", tables={"places": places.take(list(range(places.num_rows))[::-1])})
    with pytest.raises(FolderError, match="documents, and where they stand, do not agree"):
        st.dedup("joined")


def test_missing_and_doubled_shards_are_named(three: list[str]) -> None:
    with pytest.raises(OptionError, match="of 3 shards 2 are missing: 1, 3") as error:
        join([three[1]])
    assert "--shard 1/3" in error.value.mend
    with pytest.raises(OptionError, match="of 3 shards 1 is missing: 2"):
        join([three[2], three[0]])
    with pytest.raises(OptionError, match="shard 2 is given 2 times") as error:
        join([*three, three[1]])
    assert error.value.where == f"{three[1]}, {three[1]}"


def test_other_folders_are_no_shards(pile: str) -> None:
    """What they are instead is said."""
    folders = shards(pile, 1)
    join_shards(folders, "joined")
    st.trace(f"{pile}/b").save("run")
    Folder.create("new")
    for folder, says in (
        ("joined", "this folder holds no shard, but a pile that was joined"),
        ("run", "this folder holds no shard, but what 'stemmata trace' saved"),
        ("new", "this folder holds no shard, but nothing"),
        (pile, "there is no shard here"),
        (f"{pile}/a/ferry.txt", "there is no shard here"),
    ):
        with pytest.raises(SourceError, match=says):
            join([folder])
    with pytest.raises(MissingSource, match="a shard is not there"):
        join(["nowhere"])
    with pytest.raises(OptionError, match="there is no shard"):
        join([])
    with pytest.raises(FormatError, match="was written by 'stemmata fingerprint', and would be overwritten"):
        join_shards(folders, folders[0])


def test_a_file_that_is_changed_between_two_shards_is_noticed(pile: str) -> None:
    folders = shards(pile, 2)
    Path(pile, "a/ferry.txt").write_text(FERRY + "More.", "utf-8")
    fingerprint_shard(pile, folders[1], shard="2/2")
    with pytest.raises(OptionError, match="was cut from other files than the others, or a file had another size"):
        join(folders)


def test_a_pile_gives_way_to_no_run_and_a_run_to_no_pile(three: list[str], run: Run) -> None:
    """A pile may be days of work; joined anew it may be written over."""
    join_shards(three, "joined")
    join_shards(three, "joined")
    assert run("trace", "joined", "-o", "run")[0] == 0
    for told in (
        ("trace", "joined", "-o", "joined"),
        ("fingerprint", "pile", "--shard", "1/2", "-o", "joined"),
        ("join", *three, "-o", "run"),
        ("join", *three, "-o", three[0]),
    ):
        assert run(*told)[0] != 0
    with pytest.raises(FormatError, match="was written by 'stemmata join'"):
        st.open("run").save("joined")
    assert run("dedup", "joined", "-o", "kept.jsonl")[0] == 0


def test_a_file_rewritten_at_the_same_size_between_two_shards_is_noticed() -> None:
    """Of a large one each shard reads its own rows: others would be lost, and some there twice."""
    rows = pa.table({"text": [f"{number:03} {'The council met on Thursday. ' * 3000}" for number in range(300)]})
    Path("large").mkdir()
    pq.write_table(rows, "large/rows.parquet", row_group_size=50, compression="none", use_dictionary=False)
    folders = shards("large", 2)
    os.utime("large/rows.parquet", (1, 1))
    fingerprint_shard("large", folders[1], shard="2/2")
    with pytest.raises(OptionError, match="changed after some of the shards were made") as error:
        join(folders)
    assert str(error.value.where).endswith("rows.parquet")


@pytest.mark.parametrize("shard", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/1000000", "٣/٧"])
def test_a_shard_is_a_number_and_how_many_there_are(shard: str) -> None:
    with pytest.raises(OptionError, match="shard must be one of several") as error:
        Share.read(shard)
    assert "3/7" in error.value.mend


def test_only_files_are_shared_out() -> None:
    with pytest.raises(SourceError, match="only files can be shared out"):
        fingerprint_shard(st.Text(FERRY, doc="a"), "shard")
    assert not Path("shard").exists()


def test_statistics_are_a_file_that_stemmata_wrote(pile: str) -> None:
    """A file of them that lies among the sources is no source."""
    with pytest.raises(MissingSource, match="no such file of statistics"):
        fingerprint_shard(pile, "shard", statistics="nowhere.parquet")
    with pytest.raises(SourceError, match="this is no file of statistics"):
        fingerprint_shard(pile, "shard", statistics=f"{pile}/a/ferry.txt")
    with pytest.raises(OptionError, match="one of the sources"):
        write_statistics(pile, f"{pile}/a/ferry.txt")
    written = write_statistics(pile, f"{pile}/facts.parquet")
    assert written.counts["documents"] == 13
    plain = pa.table({"text": [FERRY]})
    pq.write_table(read_statistics(f"{pile}/facts.parquet").table, "plain.parquet")  # says nothing of its options
    with pytest.raises(SourceError, match="this is no file of statistics"):
        fingerprint_shard(pile, "shard", statistics="plain.parquet")
    pq.write_table(plain, f"{pile}/plain.parquet")
    with pytest.raises(OptionError, match="one of the sources"):
        write_statistics(pile, f"{pile}/plain.parquet")
    Path(pile, "plain.parquet").unlink()
    assert write_statistics(pile, f"{pile}/facts.parquet").counts == written.counts  # it is no source of its successor
    with pytest.raises(OptionError, match="one of the sources"):
        write_statistics([pile, f"{pile}/facts.parquet"], f"{pile}/facts.parquet")
    fingerprint_shard(pile, "shard", statistics=f"{pile}/facts.parquet")
    assert {row["uri"] for row in st.open("shard").skipped.to_pylist()} == {"pile/b/empty.txt", "pile/rows.jsonl#2"}


def test_trace_goes_on_from_the_joined_pile(pile: str) -> None:
    """And finds what it finds in the files themselves."""
    write_statistics(pile, "facts.parquet")
    join_shards(shards(pile, 3, statistics="facts.parquet"), "joined")
    on, known = st.trace("joined"), st.trace(pile)
    for schema in schemas.TABLES + schemas.SIDE_TABLES:
        assert as_rows(getattr(on, schema.name)) == as_rows(getattr(known, schema.name)), schema.name
    assert on.families.num_rows
    on.save("run")
    assert "ferry" in st.open("run").report("run/report.html").read_text("utf-8")


def test_a_pile_says_by_which_options_its_statistics_were_made(pile: str) -> None:
    """And is gone on with by these, or by none."""
    own = st.Options(statistics=StatisticsOptions(own_names=10))
    write_statistics(pile, "facts.parquet", options=own)
    join_shards(shards(pile, 2, statistics="facts.parquet"), "joined")
    for found in (st.open("joined"), st.trace("joined"), st.trace("joined", options=own)):
        told: Any = found.about["options"]
        assert told["statistics"]["own_names"] == 10
    with pytest.raises(OptionError, match="stage 'statistics' come too late") as error:
        st.trace("joined", options=st.Options(statistics=StatisticsOptions(own_names=11)))
    assert "'stemmata statistics'" in error.value.mend


def test_trace_collects_statistics_where_shards_had_none(pile: str) -> None:
    join_shards(shards(pile, 2), "joined")
    assert as_rows(st.trace("joined").statistics) == as_rows(st.trace(pile).statistics)


def test_dedup_goes_on_from_the_joined_pile_and_keeps_the_rows_of_the_files() -> None:
    """With all their columns, of which shards know nothing; exact copies are chosen among by what is preferred."""
    Path("pile").mkdir()
    write_lines("pile/a.jsonl", [{"text": FERRY, "mark": 1}, {"text": ORCHARD, "mark": 5}])
    write_lines("pile/b.jsonl", [{"text": FERRY_SPUN, "mark": 4}, {"text": FERRY.replace("\n", "\r\n"), "mark": 9}])
    write_lines("pile/c.jsonl", [{"text": FERRY.replace("1,200", "2,100"), "mark": 2}, {"text": "word", "mark": 0}])
    join_shards(shards("pile", 3), "joined")
    for keep in (None, "mark desc", "mark asc"):
        on, known = st.dedup("joined", keep=keep), st.dedup("pile", keep=keep)
        assert as_rows(on.decisions) == as_rows(known.decisions)
        assert as_rows(on.table()) == as_rows(known.table())
    assert on.table()["mark"].to_pylist() == [1, 5, 0]
    held = st.dedup("joined", against=st.Text(ORCHARD, doc="secret"), keep="longest")
    assert as_rows(held.decisions) == as_rows(
        st.dedup("pile", against=st.Text(ORCHARD, doc="secret"), keep="longest").decisions
    )


def test_dedup_decides_on_a_pile_as_on_its_files_with_the_same_statistics(pile: str) -> None:
    """By itself it counts each text once, where the statistics of a pile count all documents."""
    write_statistics(pile, "facts.parquet")
    join_shards(shards(pile, 3, statistics="facts.parquet"), "joined")
    known = {"statistics": read_statistics("facts.parquet").table}
    sieve = Sieve(KeepOptions(), st.Options(), st.LocalEngine(), Clock(), made=known)
    decisions, _ = sieve.choose(st.read_documents(pile), None, False)
    assert as_rows(st.dedup("joined").decisions) == as_rows(decisions)
    assert not all(decisions["keep"].to_pylist())


def test_dedup_refuses_files_that_were_changed_since(pile: str) -> None:
    join_shards(shards(pile, 2), "joined")
    os.utime(f"{pile}/a/ferry.txt", (0, 0))
    with pytest.raises(SourceError, match="changed after its shard was made"):
        st.dedup("joined")
    Path(pile, "a/ferry.txt").unlink()
    with pytest.raises(SourceError, match="cannot be looked at any more") as error:
        st.dedup("joined")
    assert error.value.where.endswith("pile/a/ferry.txt")
    assert st.trace("joined").documents.num_rows == 13  # that needs no files


@pytest.mark.parametrize(
    ("call", "mend"),
    [
        (
            lambda: st.trace("joined", options=st.Options(documents=DocumentOptions(limit_bytes=10))),
            "'stemmata fingerprint'",
        ),
        (lambda: st.trace("joined", options=st.Options(pairs=PairOptions(verified=3))), "'stemmata join'"),
        (
            lambda: st.dedup("joined", options=st.Options(fingerprints=FingerprintOptions(floor=3))),
            "'stemmata fingerprint'",
        ),
        (
            lambda: st.trace("joined", metadata=pa.table({"doc": ["a/ferry.txt"], "published": ["2026-01-01"]})),
            "hold them in columns",
        ),
    ],
)
def test_what_comes_too_late_is_refused(call: Callable[[], object], mend: str, pile: str) -> None:
    """It is said which command it belongs to."""
    join_shards(shards(pile, 1), "joined")
    with pytest.raises(OptionError, match="too late") as error:
        call()
    assert mend in error.value.mend


def test_shards_are_joined_before_they_are_gone_on_with(three: list[str]) -> None:
    """Be it one, several, or the folder that holds them; where documents lie beside them, these are read."""
    for sources in ([three[0]], three, ["shards0"]):
        for verb in (st.trace, st.dedup):
            with pytest.raises(OptionError, match="these are shards") as error:
                verb(sources)
            assert "stemmata join" in error.value.mend
    Path("shards0/ferry.txt").write_text(FERRY, "utf-8")
    assert st.trace("shards0").documents["doc"].to_pylist() == ["ferry.txt"]


@pytest.mark.parametrize(
    "write",
    [
        lambda place: write_statistics("pile", place),
        lambda place: fingerprint_shard("pile", place),
        lambda place: join_shards("shards0", place),
        lambda place: st.trace("pile/b").save(place),
        lambda place: st.trace("pile/b").report(place),
        lambda place: st.dedup("pile/b").write(f"{place}.jsonl"),
        lambda place: st.dedup("pile/b", annotate=True).write(f"{place}.jsonl"),
        lambda place: st.build_counts("pile", place, language="en"),
        unpack,
    ],
)
@pytest.mark.usefixtures("three")
def test_a_path_with_a_nul_is_refused_wherever_one_is_written(write: Callable[[str], object]) -> None:
    for place in ("kept\0", "kept\0/run"):
        with pytest.raises(OptionError, match="a path cannot hold a NUL") as error:
            write(place)
        assert error.value.where.startswith("kept\\0")


def test_a_run_s_folder_is_no_place_for_other_files(three: list[str], run: Run) -> None:
    join_shards(three, "joined")
    st.trace("pile/b").save("run")
    for told in (
        ("dedup", "joined", "-o", "joined/kept.jsonl"),
        ("dedup", "pile", "-o", "joined/tables/kept.jsonl"),
        ("dedup", "pile", "-o", "run/kept.jsonl", "--annotate"),
        ("statistics", "pile", "-o", "shards0/1/facts.parquet"),
        ("counts", "build", "pile", "--language", "en", "-o", "run/en.parquet"),
    ):
        status, _, said = run(*told)
        assert (status, "a folder of stemmata's own" in said) == (2, True), told
    with pytest.raises(OptionError, match="a folder of stemmata's own"):
        st.dedup("joined").write("joined/kept.jsonl")


def test_a_joined_pile_is_a_source_alone(pile: str) -> None:
    join_shards(shards(pile, 1), "joined")
    with pytest.raises(OptionError, match="one source of several"):
        st.trace(["joined", pile])


def test_notes_of_the_reader_are_counted_once() -> None:
    """They stand in all shards that noted something, and travel with the documents through later stages."""
    Path("pile").mkdir()
    for name in ("a", "b", "c"):
        Path(f"pile/{name}.txt").write_bytes(FERRY.encode() + b"\xef\xbf\xbd\xff\n" + name.encode())
    Path("pile/.hidden").write_text("x")
    join_shards(shards("pile", 3), "joined")
    known = st.read_documents("pile")
    noted = as_rows(schemas.remarks([known], "notes"))
    assert noted
    for found in (st.trace("pile"), st.trace("joined"), st.open("joined")):
        assert [row for row in found.notes.to_pylist() if row["stage"] == "documents"] == noted


def leave(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main([*words])
    return int(left.value.code or 0)


def test_the_commands_do_all_of_this(pile: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave("statistics", pile, "-o", "facts.parquet") == 0
    assert "about 13 documents." in capsys.readouterr().out
    for number in (1, 2):
        words = ["fingerprint", pile, "--shard", f"{number}/2", "--statistics", "facts.parquet"]
        assert leave(*words, "-o", f"parts/{number}", "--workers", "1", "--memory", "100MB") == 0
        assert f"Shard {number} of 2: " in capsys.readouterr().out
    assert leave("join", "parts", "-o", "joined", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["shards"], told["documents"], len(told["skipped"])) == (2, 13, 2)
    assert leave("trace", "joined", "-o", "run") == 0
    assert leave("dedup", "joined", "-o", "kept.jsonl") == 0
    assert Path("run/report.html").exists()
    assert len(Path("kept.jsonl").read_text("utf-8").splitlines()) < 13


def test_the_commands_say_how_they_end(pile: str, capsys: pytest.CaptureFixture[str]) -> None:
    """1 with --strict where inputs were skipped, 2 for a wrong call; an empty shard is no failure."""
    Path("few").mkdir()
    Path("few/ferry.txt").write_text(FERRY, "utf-8")
    assert leave("fingerprint", "few", "--shard", "3/9", "-o", "parts/3") == 0
    assert "Shard 3 of 9: 0 documents, 0 k-grams kept." in capsys.readouterr().out
    assert leave("fingerprint", pile, "-o", "whole", "--strict", "--json") == 1
    assert json.loads(capsys.readouterr().out)["documents"] == 13
    assert leave("join", "parts", "-o", "joined") == 2
    assert "of 9 shards 8 are missing" in capsys.readouterr().err
    assert leave("fingerprint", pile, "--shard", "3", "-o", "parts/4") == 2


COMMANDS = (
    ("statistics", "-o", "facts.parquet"),
    ("fingerprint", "-o", "shard"),
    ("join", "-o", "joined"),
    ("trace", "-o", "run"),
    ("dedup", "-o", "kept.jsonl"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_what_cannot_be_read_ends_all_commands_alike(command: tuple[str, ...], pile: str) -> None:
    """1 where nothing can be read, or with --strict something was skipped; 2 where a source is not there; 0 else."""
    verb, *rest = command
    Path("bad").mkdir()
    Path("bad/empty.txt").write_text("")
    fingerprint_shard(pile, "whole")
    fingerprint_shard("bad", "blank")
    for sources, status in (("nowhere", 2), ("bad", 1), (pile, 0)):
        own = {"bad": "blank", pile: "whole"}.get(sources, sources) if verb == "join" else sources
        assert leave(verb, own, *rest) == status, sources
    assert leave(verb, "whole" if verb == "join" else pile, *rest, "--strict") == 1
    assert leave("join", pile, "-o", "other") == 1  # no shard in it
