"""``compare``: two documents in, the truth out; and a clear answer for whatever else is given."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

import stemmata as st
from stemmata.alignments import align
from stemmata.engines import Progress
from stemmata.errors import ClashError, MissingSource, OptionError, SourceError
from stemmata.fingerprints import fingerprint
from stemmata.pairs import find_pairs
from stemmata.relations import classify
from tests.articles import FERRY, FERRY_SPUN, ORCHARD

EXAMPLES = Path(__file__).parent.parent / "examples"


def relation(trace: st.Trace) -> dict[str, object]:
    """The one relation of a comparison."""
    rows = trace.relations.to_pylist()
    assert len(rows) == 1
    return dict(rows[0])


@pytest.fixture(scope="module")
def ferry() -> st.Trace:
    return st.compare(EXAMPLES / "ferry.txt", EXAMPLES / "ferry-spun.txt")


def test_a_spun_copy_is_named_with_its_source(ferry: st.Trace) -> None:
    """The sample pair of the README: kind, extent, source."""
    found = relation(ferry)
    assert (found["kind"], found["extent"]) == ("spun", "whole")
    direction = ferry.directions.to_pylist()[0]
    assert (direction["verdict"], direction["source"]) == ("copy", "ferry.txt")


def test_the_altered_facts_of_a_spun_copy_are_found(ferry: st.Trace) -> None:
    """410,000 became 140,000, and a "not" was lost, among more than a hundred exchanged words."""
    factual = [row for row in ferry.changes.to_pylist() if row["factual"]]
    numbers = {(r["before"], r["after"]) for r in factual if r["type"] == "number"}
    assert numbers == {("410,000 pounds", "140,000 pounds")}
    assert any(r["type"] == "negation" and "not" in r["before"] for r in factual)


def test_a_family_of_two_has_a_tree(ferry: st.Trace) -> None:
    parents = {row["doc"]: row["parent"] for row in ferry.stemma.to_pylist()}
    assert parents == {"ferry.txt": None, "ferry-spun.txt": "ferry.txt"}


def test_the_answer_does_not_depend_on_order() -> None:
    """compare(a, b) and compare(b, a) give the same rows."""
    a, b = st.Text(FERRY, doc="a"), st.Text(FERRY_SPUN, doc="b")
    one, other = st.compare(a, b), st.compare(b, a)
    for name in ("pairs", "alignments", "relations", "families", "directions", "stemma", "changes"):
        assert getattr(one, name).equals(getattr(other, name)), name


def test_the_answer_does_not_depend_on_ids() -> None:
    """With the names exchanged every row is mirrored, exactly."""
    one = st.compare(st.Text(FERRY, doc="a"), st.Text(FERRY_SPUN, doc="b"))
    other = st.compare(st.Text(FERRY, doc="b"), st.Text(FERRY_SPUN, doc="a"))
    x, y = relation(one), relation(other)
    for column in ("kind", "extent", "confidence", "evidence"):
        assert x[column] == y[column]
    assert (x["coverage_a"], x["coverage_b"]) == (y["coverage_b"], y["coverage_a"])
    p, q = one.directions.to_pylist()[0], other.directions.to_pylist()[0]
    assert (p["source"], q["source"]) == ("a", "b")
    assert (p["confidence"], p["evidence"], p["via_lost"]) == (q["confidence"], q["evidence"], q["via_lost"])
    same = ("n", "type", "before", "after", "source_start", "source_end", "copy_start", "copy_end", "says")
    assert one.changes.select(list(same)).equals(other.changes.select(list(same)))


def test_the_copy_that_the_caller_knows_is_believed() -> None:
    """A known copy overrules the text, and is named as the reason."""
    trace = st.compare(EXAMPLES / "ferry.txt", EXAMPLES / "ferry-spun.txt", copy="a")
    direction = trace.directions.to_pylist()[0]
    assert (direction["verdict"], direction["source"]) == ("copy", "ferry-spun.txt")
    assert [each["reason"] for each in direction["evidence"] if each["points"]] == ["the caller says so"]
    assert "the other way round, at 94 %" in direction["evidence"][1]["reason"]


def test_a_side_that_is_none_is_refused() -> None:
    with pytest.raises(OptionError, match="'a' or 'b'"):
        st.compare(st.Text("x", doc="x"), st.Text("y", doc="y"), copy="x")


def test_what_stands_in_a_base_text_does_not_count(tmp_path: Path) -> None:
    """The command and the digests of base texts are kept with the options, the texts are not."""
    task = tmp_path / "task.txt"
    task.write_text(FERRY[:600], "utf-8")
    without, with_it = (st.compare(st.Text(FERRY, doc="a"), st.Text(FERRY_SPUN, doc="b"), base=b) for b in (None, task))
    options = [json.loads(json.dumps(trace.about["options"])) for trace in (without, with_it)]
    assert "base" not in options[0]
    assert options[1]["base"] == [{"doc": "task.txt", "sha256": hashlib.sha256(task.read_bytes()).hexdigest()}]
    assert "--base task.txt" in str(with_it.about["command"])
    assert "base" in with_it.alignments.column("role").to_pylist()
    assert with_it.relations["coverage_a"][0].as_py() < without.relations["coverage_a"][0].as_py()


def test_a_base_text_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """To leave it out in silence would count what everybody was given."""
    task = tmp_path / "task.txt"
    task.write_bytes(b"")
    with pytest.raises(SourceError, match="a base text was not read"):
        st.compare(st.Text(FERRY, doc="a"), st.Text(ORCHARD, doc="b"), base=task)
    with pytest.raises(MissingSource):
        st.compare(st.Text(FERRY, doc="a"), st.Text(ORCHARD, doc="b"), base=tmp_path / "none.txt")


def test_two_strangers_have_nothing_in_common() -> None:
    """Texts on different subjects: no passage, no family, and the reason said."""
    trace = st.compare(st.Text(FERRY, doc="ferry"), st.Text(ORCHARD, doc="orchard"))
    found = relation(trace)
    assert (found["kind"], found["extent"]) == ("none", None)
    assert trace.alignments.num_rows == trace.families.num_rows == trace.changes.num_rows == 0
    assert "no passage" in str(found["evidence"])
    assert trace.directions.to_pylist()[0]["verdict"] == "unknown"


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(SourceError) as caught:
        st.compare(EXAMPLES / "ferry.txt", tmp_path / "empty.txt")
    assert "empty.txt" in caught.value.where
    assert caught.value.mend


def test_one_word_is_too_little_to_tell(tmp_path: Path) -> None:
    (tmp_path / "word.txt").write_text("Ferry")
    found = relation(st.compare(EXAMPLES / "ferry.txt", tmp_path / "word.txt"))
    assert found["kind"] == "none"
    assert "1 word: too few to tell" in str(found["evidence"])
    assert found["confidence"] == 0.5


def on_one_line(size: int) -> str:
    """The article amid so many characters."""
    words = random.Random(7)
    stock = ["".join(words.choices("bcdfghklmnprstaeiou", k=words.randint(3, 9))) for _ in range(30_000)]
    noise = " ".join(words.choices(stock, k=size // 6))[:size]
    return f"{noise[: size * 3 // 5]} {FERRY.replace(chr(10), ' ')} {noise[size * 3 // 5 :]}"


def test_a_line_of_megabytes_is_compared(tmp_path: Path) -> None:
    """The article is found inside a line of five million characters; all stages see it."""
    (tmp_path / "line.txt").write_text(on_one_line(5_000_000))
    found = relation(st.compare(tmp_path / "line.txt", EXAMPLES / "ferry.txt"))
    assert (found["kind"], found["extent"]) == ("verbatim", "excerpt")
    assert float(str(found["coverage_a"])) > 0.85


def test_fifty_megabytes_on_one_line_are_read(tmp_path: Path) -> None:
    """And the article is found inside, as far as what the pair is; the stages after that take as long again."""
    (tmp_path / "line.txt").write_text(on_one_line(50_000_000))
    documents = st.read_documents([tmp_path / "line.txt", EXAMPLES / "ferry.txt"])
    assert max(map(len, documents["text"].to_pylist())) > 50_000_000
    pairs = find_pairs(documents, fingerprint(documents))
    (found,) = classify(documents, pairs, align(documents, pairs)).to_pylist()
    assert (found["kind"], found["extent"]) == ("verbatim", "excerpt")
    assert found["coverage_a"] > 0.85


def test_more_than_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    from stemmata.documents import DocumentOptions

    (tmp_path / "long.txt").write_text("word " * 1000)
    with pytest.raises(SourceError, match=r"5,000|5000"):
        st.compare(
            EXAMPLES / "ferry.txt",
            tmp_path / "long.txt",
            options=st.Options(documents=DocumentOptions(limit_bytes=4000)),
        )


def test_invalid_utf_8_is_read_with_a_note(tmp_path: Path) -> None:
    """A few broken bytes do not make a text unreadable, nor another encoding of it."""
    raw = FERRY_SPUN.encode()
    (tmp_path / "broken.txt").write_bytes(raw[:500] + b"\xff\xfe\xc3" + raw[500:])
    trace = st.compare(EXAMPLES / "ferry.txt", tmp_path / "broken.txt")
    assert relation(trace)["kind"] == "spun"
    assert any("not valid" in note["what"] for note in trace.notes.to_pylist())


def test_the_same_file_twice_is_a_clash() -> None:
    path = EXAMPLES / "ferry.txt"
    with pytest.raises(ClashError, match="given twice"):
        st.compare(path, path)


def test_equal_files_under_two_names_are_verbatim_without_direction(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(FERRY)
    trace = st.compare(tmp_path / "one.txt", tmp_path / "two.txt")
    found = relation(trace)
    assert (found["kind"], found["extent"], found["coverage_a"]) == ("verbatim", "whole", 1.0)
    assert trace.directions.to_pylist()[0]["verdict"] == "unknown"
    assert [row["exact_of"] for row in trace.families.to_pylist()] == [None, "one.txt"]
    assert {row["role"] for row in trace.stemma.to_pylist()} == {"unresolved"}
    assert trace.changes.num_rows == 0


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    """And the copy is the one that was named, though both are called page.txt."""
    for folder, text in (("old", FERRY), ("new", FERRY_SPUN)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(text)
    old, new = tmp_path / "old" / "page.txt", tmp_path / "new" / "page.txt"
    trace = st.compare(old, new, copy="b")
    assert trace.directions.to_pylist()[0]["copy"] == new.as_posix()


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(MissingSource) as caught:
        st.compare(EXAMPLES / "ferry.txt", tmp_path / "nowhere.txt")
    assert "nowhere.txt" in caught.value.where


def test_a_table_of_many_documents_is_no_side_of_a_pair(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"text": "One text."}\n{"text": "Another text."}\n')
    with pytest.raises(SourceError, match="hold 3"):
        st.compare(tmp_path / "many.jsonl", EXAMPLES / "ferry.txt")


def test_a_trace_is_saved_and_opened(ferry: st.Trace, tmp_path: Path) -> None:
    ferry.save(tmp_path / "run")
    again = st.open(tmp_path / "run")
    assert again.changes.equals(ferry.changes)
    assert again.statistics.equals(ferry.statistics)
    assert again.about["command"] == ferry.about["command"]


def test_the_stages_are_told_in_order() -> None:
    seen: list[Progress] = []
    st.compare(st.Text(FERRY, doc="a"), st.Text(FERRY_SPUN, doc="b"), progress=seen.append)
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        "documents",
        "statistics",
        "fingerprints",
        "pairs",
        "alignments",
        "relations",
        "families",
        "collations",
        "directions",
        "stemma",
        "readings",
        "changes",
    ]


def test_importing_the_package_imports_nothing_heavy() -> None:
    """Neither numpy nor pyarrow nor numba is loaded before it is needed."""
    code = "import sys, stemmata; print(sorted({'numpy', 'pyarrow', 'numba', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_public_names_are_those_that_are_listed() -> None:
    """Every name of ``__all__`` can be had, and no other is promised."""
    assert dir(st) == sorted(st.__all__) or set(dir(st)) == set(st.__all__)
    for name in st.__all__:
        assert getattr(st, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = st.nonsense


@pytest.mark.parametrize("side", ["a", "b"])
def test_the_known_copy_is_the_one_that_was_named(side: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the paths: a name of its own, or one that is part of the other's path."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    Path("x.txt").write_text(FERRY)
    Path("sub/x.txt").write_text(FERRY_SPUN)
    direction = st.compare("x.txt", "sub/x.txt", copy=side).directions.to_pylist()[0]
    assert direction["copy"] == {"a": "x.txt", "b": "sub/x.txt"}[side]


def test_the_known_copy_may_be_of_any_kind_of_source(tmp_path: Path) -> None:
    """A row of a file, a table at hand, a text: read once, in whatever order."""
    import pyarrow as pa

    row = tmp_path / "row.jsonl"
    row.write_text(json.dumps({"id": "row", "text": FERRY}) + "\n")
    table = pa.table({"text": [FERRY_SPUN]})
    for one, other in ((st.Text(FERRY, doc="z"), table), (table, st.Text(FERRY, doc="z"))):
        side = "a" if one is table else "b"
        assert st.compare(one, other, copy=side).directions.to_pylist()[0]["copy"] == "table#1"
    assert st.compare(table, row, copy="b").directions.to_pylist()[0]["copy"] == "row"


def test_texts_that_repeat_themselves_are_compared_as_wholes() -> None:
    """Words repeated without end are no evidence; that all but one are the same is."""
    text = "the cat sat on the mat and the dog sat on the log " * 40
    found = relation(st.compare(st.Text(text, doc="a"), st.Text(text.replace("cat", "bat", 1), doc="b")))
    assert (found["kind"], found["extent"]) == ("edited", "whole")


def test_stages_work_without_a_column_for_the_language() -> None:
    """Documents of ``doc`` and ``text`` alone: each text's letters tell its language."""
    import pyarrow as pa

    documents = pa.table({"doc": ["a", "b"], "text": [FERRY, FERRY_SPUN]})
    pairs = pa.table({"a": ["a"], "b": ["b"]})
    alignments = st.align(documents, pairs)
    relations = st.classify(documents, pairs, alignments)
    directions = st.find_directions(documents, pairs, alignments, relations)
    assert relations.to_pylist()[0]["kind"] == "spun"
    assert directions.to_pylist()[0]["source"] == "a"
    assert {"number", "negation"} <= {
        row["type"] for row in st.list_changes(documents, alignments, directions).to_pylist()
    }
