"""A library: documents are added, found, removed and written anew."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import catalog, schemas
from stemmata.catalog import LIBRARY
from stemmata.engines import LocalEngine
from stemmata.errors import ClashError, FolderError, FormatError, MissingSource, OptionError, SourceError
from stemmata.fingerprints import FingerprintOptions
from stemmata.folder import Folder
from stemmata.locks import locked
from stemmata.pipeline import Options
from stemmata.pipeline import run as run_pipeline
from stemmata.report.answer import headline
from stemmata.shards import write_statistics
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.witnesses import REWRITTEN, WITNESSES

LANGUAGES = ("en", "ru", "ar", "zh")
TABLES = [name for name in schemas.BY_NAME if name not in ("fingerprints", "skipped")]
ENGLISH, RUSSIAN = WITNESSES["en"], WITNESSES["ru"]


def newsroom() -> list[st.Text]:
    """An article in each language, and one on another matter."""
    texts = [st.Text(WITNESSES[language].text, doc=f"{language}/article") for language in LANGUAGES]
    return texts + [st.Text(WITNESSES[language].stranger, doc=f"{language}/stranger") for language in LANGUAGES]


@pytest.fixture
def library(tmp_path: Path) -> st.Library:
    made = st.Library(tmp_path / "library")
    made.add(newsroom())
    return made


def texts(library: st.Library) -> dict[str, str]:
    held = library.documents
    return dict(zip(held["doc"].to_pylist(), held["text"].to_pylist(), strict=True))


def content(path: Path) -> bytes:
    """All bytes of a folder, the catalogue's log included."""
    return b"".join(file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file())


def test_what_is_added_is_there_and_is_there_when_it_is_opened_again(library: st.Library) -> None:
    again = st.Library(library.path)
    assert texts(again) == texts(library) == {text.doc: text.text for text in newsroom()}
    assert (len(again), repr(again)) == (8, "<Library: 8 documents>")
    again.check()


def test_documents_that_are_held_are_passed_over(library: st.Library) -> None:
    """So that an addition that broke off is taken up by making it again."""
    added = library.add([*newsroom(), st.Text(REWRITTEN, doc="en/rewritten")])
    assert (added.docs, added.versions, added.held) == (["en/rewritten"], 0, 8)
    generation = library._holdings.folder.catalog.generation
    assert library.add(newsroom())[:3] == ([], 0, 8)
    assert library._holdings.folder.catalog.generation == generation, "nothing was written"


def test_a_new_text_under_an_id_is_a_version_of_it(library: st.Library) -> None:
    """Each is kept; any of the texts, added again, is known; a version of one that is a version is the next."""
    article = "ru/article"
    assert library.add(st.Text(RUSSIAN.edited, doc=article)).docs == ["ru/article@2"]
    assert library.add(st.Text(RUSSIAN.edited + "Приписка.", doc=article))[:2] == (["ru/article@3"], 1)
    for text in (RUSSIAN.text, RUSSIAN.edited):
        assert library.add(st.Text(text, doc=article))[:3] == ([], 0, 1)
    assert library.add(st.Text(RUSSIAN.edited, doc="ru/article@2"))[:3] == ([], 0, 1), "as it was exported"
    assert texts(library)["ru/article@2"] == RUSSIAN.edited
    library.check()


def test_a_version_is_not_given_the_id_of_another_document(tmp_path: Path) -> None:
    """Whether that is held, or comes with it."""
    library = st.Library(tmp_path / "library")
    library.add([st.Text(ENGLISH.text, doc="a"), st.Text(ENGLISH.stranger, doc="a@2")])
    assert library.add([st.Text(ENGLISH.edited, doc="a"), st.Text(REWRITTEN, doc="a@3")]).docs == ["a@4", "a@3"]
    with pytest.raises(ClashError, match="another document with the id 'a@4'") as caught:
        library.add([st.Text(ENGLISH.text, doc="b"), st.Text(RUSSIAN.text, doc="a@4")])
    assert "a version of 'a'" in caught.value.where
    assert "b" not in texts(library)


def test_another_file_with_the_same_path_from_its_folder_is_a_clash_that_names_both(tmp_path: Path) -> None:
    """Their ids are made of their paths, and nobody said that they are one; nothing is added. The same file is."""
    for folder, text in (("monday", ENGLISH.text), ("tuesday", ENGLISH.stranger)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(text, "utf-8")
    (tmp_path / "tuesday" / "other.txt").write_text(REWRITTEN, "utf-8")
    library = st.Library(tmp_path / "library")
    library.add(tmp_path / "monday")
    with pytest.raises(ClashError, match=r"another document with the id 'page\.txt'") as caught:
        library.add(tmp_path / "tuesday")
    for folder in ("monday", "tuesday"):
        assert str(tmp_path / folder / "page.txt") in caught.value.where
    assert list(texts(library)) == ["page.txt"]
    (tmp_path / "monday" / "page.txt").write_text(ENGLISH.edited, "utf-8")
    assert library.add(tmp_path / "monday").docs == ["page.txt@2"]


def test_so_are_rows_of_another_file_that_are_called_by_its_path_and_an_id_that_recurs(tmp_path: Path) -> None:
    """They are no versions; rows of the same file are, wherever in it they stand."""
    library = st.Library(tmp_path / "library")
    for folder, rows in (("monday", [ENGLISH.text, REWRITTEN]), ("tuesday", [ENGLISH.stranger, RUSSIAN.text])):
        (tmp_path / folder).mkdir()
        table = pa.table({"id": ["7", "7"], "text": rows})
        pq.write_table(table, tmp_path / folder / "page.parquet")
    assert library.add(tmp_path / "monday").docs == ["page.parquet:7", "page.parquet:7 (2)"]
    with pytest.raises(ClashError, match=r"another document with the id 'page\.parquet:7'") as caught:
        library.add(tmp_path / "tuesday")
    for folder in ("monday", "tuesday"):
        assert str(tmp_path / folder / "page.parquet") in caught.value.where
    table = pa.table({"id": ["6", "7", "7"], "text": [RUSSIAN.text, ENGLISH.edited, REWRITTEN]})
    pq.write_table(table, tmp_path / "monday" / "page.parquet")
    assert library.add(tmp_path / "monday").docs == ["6", "page.parquet:7@2"]


def test_the_first_addition_is_taken_up_after_a_library_was_only_just_begun(tmp_path: Path) -> None:
    """As a process leaves it that is killed before it has said what the folder is."""
    Folder.create(tmp_path / "library", LIBRARY)
    library = st.Library(tmp_path / "library")
    assert len(library) == 0
    library.add(newsroom())
    assert len(library) == 8


def test_where_there_is_no_library_nothing_is_found_in_it(tmp_path: Path) -> None:
    for use in (lambda empty: empty.find("a.txt"), st.Library.trace, st.Library.compact, st.Library.check):
        with pytest.raises(MissingSource, match="there is no library"):
            use(st.Library(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_what_was_settled_when_a_library_was_made_is_named_if_it_differs(library: st.Library, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="made for 100,000 documents, not for 200"):
        st.Library(library.path, expect=200)
    with pytest.raises(OptionError, match=r"made with fingerprints\.skeleton_rate = 8, not 4"):
        st.Library(library.path, options=Options(fingerprints=FingerprintOptions(skeleton_rate=4)))
    trace = library.trace()
    trace.save(tmp_path / "run")
    with pytest.raises(FormatError, match="no library, but a folder that 'stemmata trace' has written"):
        st.Library(tmp_path / "run")
    with pytest.raises(OptionError, match="1000000001 documents cannot be"):
        st.Library(tmp_path / "other", expect=10**9 + 1)


def test_statistics_stay_as_they_were_when_a_library_was_made(tmp_path: Path) -> None:
    """Nothing that is added changes them, nor merging or writing anew."""
    library = st.Library(tmp_path / "library", expect=20)
    library.add(newsroom()[0])
    before = library.trace().statistics
    for text in newsroom()[1:]:
        library.add(text)
    library.compact()
    assert library.trace().statistics.equals(before)
    assert [row["value"] for row in before.to_pylist() if row["fact"] == "documents"] == [20.0]


def test_what_was_fingerprinted_with_older_statistics_is_not_added_to_newer_ones(library: st.Library) -> None:
    """Whoever has a library open does not see that another process rebuilds it."""
    other = st.Library(library.path)
    other.rebuild(expect=20)
    with pytest.raises(FolderError, match="collected the statistics of the library anew") as caught:
        library.add(st.Text(REWRITTEN, doc="en/rewritten"))
    assert "open it again" in caught.value.mend
    assert len(st.Library(library.path)) == 8
    assert st.Library(library.path).add(st.Text(REWRITTEN, doc="en/rewritten")).docs == ["en/rewritten"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_is_found_in_any_script(library: st.Library, language: str) -> None:
    """The article first and alone, with its kind; the other one in that language shares nothing."""
    found = library.find(st.Text(WITNESSES[language].edited, doc="copy"))
    (match,) = found.matches.to_pylist()
    assert match["doc"] == f"{language}/article"
    assert match["kind"] in ("edited", "paraphrased")
    assert match["extent"] == "whole"
    assert found.trace.relations.num_rows == 1
    assert "copy" not in texts(library)


def test_matches_are_ranked_by_how_much_of_the_text_they_hold(library: st.Library) -> None:
    """A whole copy, then one that has half of it; no more than are asked for."""
    half = ENGLISH.text[: len(ENGLISH.text) // 2]
    library.add([st.Text(ENGLISH.edited, doc="whole"), st.Text(half + RUSSIAN.stranger, doc="half")])
    matches = library.find(st.Text(ENGLISH.text, doc="asked")).matches.to_pylist()
    assert [(row["rank"], row["doc"]) for row in matches] == [(1, "en/article"), (2, "whole"), (3, "half")]
    assert matches[0]["kind"] == "verbatim"
    assert matches[2]["coverage"] < 0.6 < matches[1]["coverage"]
    best = library.find(st.Text(ENGLISH.text, doc="asked"), most=1).matches.to_pylist()
    assert [row["doc"] for row in best] == ["en/article"]
    with pytest.raises(OptionError, match="0 matches cannot be found"):
        library.find(st.Text(ENGLISH.text, doc="asked"), most=0)


def test_coverage_says_what_of_a_text_stands_elsewhere_by_role_and_kind(library: st.Library) -> None:
    """Of two sources together, each word once; a text's own words are in none."""
    half = ENGLISH.text[: len(ENGLISH.text) // 2]
    mixed = st.Text(f"{half}\n\n{RUSSIAN.text}\n\n{WITNESSES['ar'].edited[::-1]}", doc="mixed")
    library.add([st.Text(ENGLISH.text, doc="again")])
    found = library.find(mixed)
    assert {row["doc"] for row in found.matches.to_pylist()} >= {"en/article", "again", "ru/article"}
    told = {(row["role"], row["kind"]): row for row in found.coverage.to_pylist()}
    words = [len(text.split()) for text in (half, RUSSIAN.text, mixed.text)]
    reused = sum(row["words"] for (role, _), row in told.items() if role == "reuse")
    assert abs(told["reuse", "verbatim"]["words"] - words[0] - words[1]) <= 12
    assert reused < words[2]
    for row in told.values():
        assert row["share"] == pytest.approx(row["words"] / words[2], rel=0.1)
    assert sum(row["share"] for row in told.values()) < 1


def test_what_stands_only_in_a_document_that_is_no_match_is_not_covered(tmp_path: Path) -> None:
    """Two pages of one site, which have their last lines in common."""
    library = st.Library(tmp_path / "library")
    foot = (
        "\n\nSubscribe to our newsletter. All rights reserved. No part of this page may be copied without the consent "
        "of the publisher, and opinions are those of their authors alone.\n"
    )
    library.add(st.Text(FERRY + foot, doc="ferry"))
    found = library.find(st.Text(ORCHARD + foot, doc="orchard"))
    assert found.trace.alignments.num_rows == 1
    assert found.trace.relations["kind"].to_pylist() == ["none"]
    assert (found.matches.num_rows, found.coverage.num_rows) == (0, 0)


def test_a_held_text_under_its_own_id_is_not_a_match_of_itself(library: st.Library) -> None:
    """Another text under that id is told apart from the document; and the text under another id meets it."""
    assert library.find(st.Text(ENGLISH.text, doc="en/article")).matches.num_rows == 0
    other = library.find(st.Text(ENGLISH.edited, doc="en/article"))
    assert (other.doc, other.matches["doc"].to_pylist()) == ("asked:en/article", ["en/article"])
    assert library.find(st.Text(ENGLISH.text, doc="mine")).matches["kind"].to_pylist() == ["verbatim"]


@pytest.mark.parametrize("text", ["Four words are few", "…!?", "不够"])
def test_a_text_too_short_for_a_k_gram_has_no_match(library: st.Library, text: str) -> None:
    found = library.find(st.Text(text, doc="short"))
    assert (found.matches.num_rows, found.coverage.num_rows, found.candidates) == (0, 0, 0)


def test_a_text_that_is_empty_is_refused(library: st.Library) -> None:
    with pytest.raises(SourceError, match="a text to be found was not read: it has no text"):
        library.find(st.Text("", doc="empty"))


def test_an_unknown_text_has_no_match(library: st.Library) -> None:
    found = library.find(
        st.Text("Nobody here has written of seven green umbrellas that hang over a bakery door.", doc="new")
    )
    assert found.matches.num_rows == 0
    assert found.trace.documents["doc"].to_pylist() == ["new"]


def test_a_source_of_several_texts_is_not_one_that_can_be_found(library: st.Library, tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    file.write_text("".join(json.dumps({"id": str(k), "text": ENGLISH.text}) + "\n" for k in range(2)), "utf-8")
    with pytest.raises(SourceError) as caught:
        library.find(file)
    assert "2" in caught.value.what
    assert caught.value.mend
    with pytest.raises(MissingSource):
        library.find(tmp_path / "absent.txt")


def test_removing_is_by_document_with_all_its_versions_or_by_version(library: st.Library) -> None:
    library.add([st.Text(ENGLISH.edited, doc="en/article"), st.Text(REWRITTEN, doc="ru/article")])
    assert library.remove("en/article@2") == ["en/article@2"]
    assert library.remove(["ru/article", "zh/stranger"]) == ["ru/article", "ru/article@2", "zh/stranger"]
    assert sorted(texts(library)) == [
        "ar/article",
        "ar/stranger",
        "en/article",
        "en/stranger",
        "ru/stranger",
        "zh/article",
    ]
    assert library.find(st.Text(RUSSIAN.edited, doc="q")).matches.num_rows == 0
    with pytest.raises(MissingSource, match="holds no document ru/article"):
        library.remove(["ar/article", "ru/article"])
    assert "ar/article" in texts(library)
    library.check()


def test_what_was_removed_can_be_added_again(library: st.Library) -> None:
    library.remove("en/article")
    assert library.add(newsroom()).docs == ["en/article"]
    assert library.find(st.Text(ENGLISH.edited, doc="q")).matches["doc"].to_pylist() == ["en/article"]


def test_a_commit_writes_of_removed_documents_only_which_were_removed_since(library: st.Library) -> None:
    """However many were removed before."""
    library.remove("en/article")
    with closing(sqlite3.connect(library.path / "catalog.sqlite")) as connection:
        connection.execute("CREATE TRIGGER never DELETE ON removed BEGIN SELECT RAISE(ABORT, 'written again'); END")
    library.remove(["ru/article", "zh/article"])
    library.add(st.Text(REWRITTEN, doc="en/rewritten"))
    assert len(st.Library(library.path)._holdings.removed) == 3
    assert len(texts(library)) == len(library) == 6


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after another trace"])
def test_nothing_of_a_removed_document_is_left_once_a_library_was_compacted(library: st.Library, again: bool) -> None:
    """Neither its id nor a phrase of it, in any file; tables that were made of it are gone as well."""
    gone, phrase = "whistle-blower.txt", "ink of those pages"
    library.add([st.Text(ENGLISH.edited, doc=gone), st.Text(REWRITTEN, doc="en/rewritten")])
    library.trace()
    assert gone.encode() in content(library.path)
    library.remove(["en/article", gone])
    if again:
        library.trace()
    library.compact()
    left = content(library.path)
    assert gone.encode() not in left
    for file in (library.path / "tables").rglob("*.parquet"):
        assert phrase not in json.dumps(Folder.open(library.path).read(file.parent.name).to_pylist(), default=str)
    library.check()
    assert library.trace().documents.num_rows == 8
    before = sorted(os.listdir(library.path / "tables"))
    library.compact()
    assert sorted(os.listdir(library.path / "tables")) == before, "what tells of nothing removed stays"


def test_a_trace_that_another_process_overtakes_by_a_removal_writes_nothing_of_it(library: st.Library) -> None:
    """It answers for what it had opened."""
    gone = "whistle-blower.txt"
    library.add(st.Text(ENGLISH.edited, doc=gone))
    reader = st.Library(library.path)
    library.remove(gone)
    library.compact()
    assert [(row["a"], row["b"]) for row in reader.trace().relations.to_pylist()] == [("en/article", gone)]
    assert gone.encode() not in content(library.path)
    assert library.trace().relations.num_rows == 0


def test_two_processes_that_trace_at_once_write_each_row_once(library: st.Library) -> None:
    library.add(st.Text(ENGLISH.edited, doc="en/copy"))
    library.trace()
    library.add(st.Text(RUSSIAN.edited, doc="ru/copy"))
    first, second = st.Library(library.path), st.Library(library.path)
    assert second.trace().relations.equals(first.trace().relations)
    assert st.open(library.path).relations.num_rows == 2


def test_tables_are_those_of_a_run_over_all_documents(library: st.Library) -> None:
    """With the library's statistics; worked out again, opened as a trace is, or exported, they are the same."""
    library.add([st.Text(WITNESSES[language].edited, doc=f"{language}/copy") for language in LANGUAGES])
    library.add(st.Text(REWRITTEN, doc="en/rewritten"))
    trace = library.trace()
    documents = schemas.DOCUMENTS.conform(library.documents)
    whole = run_pipeline(documents, Options(), LocalEngine(), made={"statistics": trace.statistics})
    opened = st.open(library.path)
    for name in TABLES:
        assert getattr(trace, name).equals(whole[name].select(getattr(trace, name).column_names)), name
        assert getattr(opened, name).equals(getattr(trace, name)), name
    assert {row["kind"] for row in trace.relations.to_pylist()} >= {"edited"}


def test_an_export_is_a_trace_of_the_same_documents(library: st.Library, tmp_path: Path) -> None:
    """With fingerprints, which are what one would make of them."""
    library.add(st.Text(ENGLISH.edited, doc="en/copy"))
    exported = library.export(tmp_path / "run")
    opened = st.open(tmp_path / "run")
    for name in TABLES:
        assert getattr(opened, name).equals(getattr(library.trace(), name)), name
        assert getattr(opened, name).equals(getattr(exported, name)), name
    prints = st.fingerprint(opened.documents, opened.statistics)
    assert opened.fingerprints.to_pylist() == prints.to_pylist()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear editor,", "utf-8")
    with pytest.raises(FormatError, match="other files"):
        library.export(tmp_path / "letters")


def test_a_rebuilt_library_is_as_one_that_was_made_with_these_statistics(library: st.Library, tmp_path: Path) -> None:
    """Collected from what it holds by then: not of what was removed."""
    library.add([st.Text(ENGLISH.edited, doc="en/copy"), st.Text(REWRITTEN, doc="gone")])
    library.remove("gone")
    library.rebuild(expect=50)
    rebuilt = library.trace()
    documents = schemas.DOCUMENTS.conform(library.documents)
    write_statistics(documents, tmp_path / "facts.parquet")
    fresh = st.Library(tmp_path / "fresh", statistics=tmp_path / "facts.parquet", expect=50)
    fresh.add(documents)
    st.Library(tmp_path / "fresh", statistics=tmp_path / "facts.parquet", expect=50)
    with pytest.raises(OptionError, match="made with other statistics"):
        st.Library(tmp_path / "fresh", statistics=tmp_path / "facts.parquet")
    for name in TABLES:
        assert getattr(fresh.trace(), name).equals(getattr(rebuilt, name)), name
    found = [one.find(st.Text(ENGLISH.text, doc="q")).matches for one in (fresh, library)]
    assert found[0].equals(found[1])
    library.check()


def test_many_small_additions_are_merged_into_few_files(tmp_path: Path) -> None:
    """Eight of one level become one of the next; what was removed meanwhile is left out."""
    library = st.Library(tmp_path / "library")
    for number in range(17):
        library.add(st.Text(f"{ENGLISH.text} Copy {number} of it.", doc=f"{number:02}"))
        if number == 5:
            library.remove("03")
    levels = [entry.level for entry in library._holdings.entries["documents"]]
    assert levels == [1, 1, 0]
    assert library._holdings.folder.catalog.removed == ()
    assert len(texts(library)) == len(library) == 16
    library.check()


def test_a_library_can_be_emptied(library: st.Library) -> None:
    library.remove([text.doc or "" for text in newsroom()])
    library.compact()
    assert (len(library), library.documents.num_rows, library.trace().documents.num_rows) == (0, 0, 0)
    assert library.find(st.Text(ENGLISH.text, doc="q")).matches.num_rows == 0
    library.check()
    library.rebuild()
    library.add(newsroom())
    assert len(library) == 8
    library.check()


def test_the_commands_say_what_became_of_a_library(run: Run, tmp_path: Path) -> None:
    """Add, find, remove, compact, check, rebuild and export, one after another."""
    files = tmp_path / "news"
    files.mkdir()
    (files / "article.txt").write_text(ENGLISH.text, "utf-8")
    (files / "статья.txt").write_text(RUSSIAN.text, "utf-8")
    (tmp_path / "copy.txt").write_text(ENGLISH.edited, "utf-8")
    library = tmp_path / "library"
    status, out, _ = run("add", library, files, "--json")
    assert (status, json.loads(out)["added"]) == (0, ["article.txt", "статья.txt"])
    status, out, _ = run("find", library, tmp_path / "copy.txt", "--json", "-o", tmp_path / "found.html")
    assert (status, [row["doc"] for row in json.loads(out)["matches"]]) == (0, ["article.txt"])
    assert "Asked about: <bdi" in (page := (tmp_path / "found.html").read_text("utf-8"))
    assert "Skerrow" in page
    status, out, _ = run("remove", library, "статья.txt", "--compact")
    assert status == 0
    assert "статья.txt" in out
    assert "статья".encode() not in content(library)
    for command in ("check", "compact", "rebuild"):
        status, out, _ = run(command, library)
        assert (status, "1 document" in out) == (0, True), out
    status, out, _ = run("export", library, "-o", tmp_path / "run")
    assert status == 0
    assert st.open(tmp_path / "run").documents.num_rows == 1
    status, _, err = run("remove", library, "статья.txt")
    assert status != 0
    assert "holds no document" in err


def test_a_compaction_is_held_to_memory_and_workers_as_a_rebuilding_is(run: Run, library: st.Library) -> None:
    """It fingerprints all documents anew where their postings are damaged."""
    for file in (library.path / "tables" / "postings").iterdir():
        file.unlink()
    assert run("compact", library.path, "--memory", "1KB")[0] == 2
    status, out, _ = run("compact", library.path, "--memory", "200MB", "--workers", "1")
    assert (status, "8 documents" in out) == (0, True)
    st.Library(library.path).check()


def test_what_is_like_a_library_is_dropped_against_it(run: Run, library: st.Library, tmp_path: Path) -> None:
    """``dedup --against LIBRARY``: its documents are protected texts."""
    (tmp_path / "corpus.jsonl").write_text(
        "".join(
            json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n"
            for name, text in (("copy", RUSSIAN.edited), ("own", WITNESSES["en"].stranger[::-1]))
        ),
        "utf-8",
    )
    status, _, err = run("dedup", tmp_path / "corpus.jsonl", "--against", library.path, "-o", tmp_path / "kept.jsonl")
    assert status == 0, err
    kept = [json.loads(line)["id"] for line in (tmp_path / "kept.jsonl").read_text("utf-8").splitlines()]
    assert kept == ["own"]


def test_nothing_is_written_over_the_files_of_a_library(tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    found = library.find(st.Text(FERRY_SPUN, doc="asked"))
    for place in ("catalog.sqlite", "decisions.csv", "report.html", "tables/documents/2.parquet"):
        with pytest.raises(OptionError, match="a folder of stemmata's own"):
            library.evidence("ferry", "spun", library.path / place)
        with pytest.raises(OptionError, match="a folder of stemmata's own"):
            found.trace.report(library.path / place)
    library.check()


def test_tables_that_another_version_worked_out_are_worked_out_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    library.trace()
    assert "alignments" not in dict(library.trace().about["seconds"])  # type: ignore[call-overload]
    monkeypatch.setattr("stemmata.deriving.__version__", "99.0")
    assert "alignments" in dict(library.trace().about["seconds"])  # type: ignore[call-overload]


def test_of_many_copies_alike_those_of_the_first_ids_are_found_whatever_the_order_of_adding(tmp_path: Path) -> None:
    copies = [st.Text(FERRY, doc=f"copy {number:02}") for number in range(12)]
    found = []
    for name, listed in (("forward", copies), ("backward", copies[::-1])):
        library = st.Library(tmp_path / name)
        for copy in listed:
            library.add(copy)
        found.append(library.find(st.Text(FERRY_SPUN, doc="asked"), most=2).matches["doc"].to_pylist())
    assert found == [["copy 00", "copy 01"]] * 2


def test_another_file_with_the_id_and_the_text_of_one_that_is_held_is_noted(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(FERRY, "utf-8")
    library = st.Library(tmp_path / "library")
    library.add(tmp_path / "one")
    assert library.add(tmp_path / "one").notes.num_rows == 0
    again = library.add(tmp_path / "other")
    assert (again.docs, again.held) == ([], 1)
    what = "other files with the id and the text of one that is held: passed over"
    assert again.notes.to_pylist() == [{"stage": "documents", "what": f"{what} (page.txt)", "count": 1}]
    for folder in ("one", "other"):
        for number in range(6):
            (tmp_path / folder / f"{number}.txt").write_text(f"{FERRY} {number}", "utf-8")
    library.add(tmp_path / "one")
    (note,) = library.add(tmp_path / "other").notes.to_pylist()
    assert note["what"] == f"{what} (0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more)"
    assert note["count"] == 7


def test_tables_are_worked_out_while_another_process_writes_and_where_nothing_may_be_saved(tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    with locked(library.path):
        assert library.trace().relations["kind"].to_pylist() == ["spun"]
    generation = st.Library(library.path)._holdings.folder.catalog.generation
    assert library.trace().relations["kind"].to_pylist() == ["spun"]
    assert st.Library(library.path)._holdings.folder.catalog.generation > generation


def test_tables_are_worked_out_where_there_is_no_room_to_save_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what had been written into the files of a generation that did not come to be."""
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    generation = library._holdings.folder.catalog.generation

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(catalog, "commit", full)
        assert library.trace().relations["kind"].to_pylist() == ["spun"]
    assert st.Library(library.path)._holdings.folder.catalog.generation == generation


def test_a_document_of_the_library_is_found_by_its_id_and_is_no_match_of_its_own(tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    found = library.find("ferry")
    assert found.held
    assert [(match["doc"], match["stands"]) for match in found.matches.to_pylist()] == [("spun", "copy")]
    with pytest.raises(MissingSource, match=r"holds no document nobody\.\n"):
        library.find("nobody")
    for path in ("nosuch.txt", "texts/nosuch"):
        with pytest.raises(MissingSource, match=f"holds no document {path}, and there is no such file") as caught:
            library.find(path)
        assert caught.value.mend.startswith("check the path; or give ids")


def test_a_short_text_that_the_library_holds_is_said_to_be_held(tmp_path: Path) -> None:
    """Though no document can be found by it, not even itself."""
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text("Ferry late again.", doc="short")])
    found = library.find("short")
    assert (found.held, found.is_short) == (True, True)
    assert headline(found).startswith("short shares no text with the 1 other document")
    assert not library.find(st.Text("Ferry late once more.", doc="short")).held


def test_a_table_that_comes_in_batches_is_one_source(tmp_path: Path) -> None:
    """As for a trace: its documents are named by their rows."""
    table = pa.table({"text": [FERRY, FERRY_SPUN]})
    batches = table.to_batches(max_chunksize=1)
    reader = pa.RecordBatchReader.from_batches(table.schema, batches)
    assert st.Library(tmp_path / "library").add(reader).docs == ["table#1", "table#2"]


@pytest.mark.parametrize("inside", ["", "tables", "tables/*.parquet"])
def test_the_files_of_a_library_are_not_added_to_it(library: st.Library, inside: str) -> None:
    before = len(library)
    for sources in (library.path / inside, iter([str(library.path / inside)])):
        with pytest.raises(OptionError, match="files of the library itself") as caught:
            library.add(sources)
        assert caught.value.mend
    with pytest.raises(OptionError, match="files of the library itself"):
        library.watch(library.path / "tables")
    with pytest.raises(MissingSource, match="not there"):
        library.add(f"{library.path}/tables\0")
    assert len(library) == before
    assert library.add(iter([st.Text("The ferry to Skerrow was late once more.", doc="late")])).docs == ["late"]
