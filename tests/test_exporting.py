"""A family as a file of another program: from a run, from a library, and from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.compute as pc
import pytest

import stemmata as st
from stemmata.errors import OptionError
from stemmata.interchange.formats import FORMATS, read_collation
from tests.articles import FERRY, FERRY_SPUN
from tests.conftest import Run
from tests.lanterns import LANTERNS
from tests.witnesses import WITNESSES

ENGLISH = WITNESSES["en"]
PILE = {
    "ferry": FERRY,
    "ferry-again": FERRY.replace("410,000", "480,000"),
    "spun": FERRY_SPUN,
    "book": ENGLISH.text,
    "book-edited": ENGLISH.edited,
}
ENDS = (".svg", *FORMATS)
SEVERAL = (".dot", ".nex", ".graphml", ".gexf", ".json")


def sources(texts: dict[str, str]) -> list[st.Text]:
    return [st.Text(text, doc=doc) for doc, text in texts.items()]


@pytest.fixture(scope="module")
def lanterns() -> st.Trace:
    return st.trace_witnesses(sources(LANTERNS))


@pytest.fixture(scope="module")
def pile() -> st.Trace:
    return st.trace(sources(PILE))


def sizes(trace: st.Trace) -> dict[int, str]:
    return {row["size"]: row["family"] for row in trace.families.to_pylist()}


@pytest.mark.parametrize("end", ENDS)
def test_the_only_family_goes_into_a_file_of_each_format(lanterns: st.Trace, tmp_path: Path, end: str) -> None:
    path = lanterns.export(tmp_path / f"lanterns{end}")
    text = path.read_text("utf-8")
    assert text.strip()
    if end != ".tei.xml":
        assert "A" in text
    if end.endswith((".svg", ".xml", ".graphml", ".gexf")):
        ElementTree.fromstring(text)


def test_a_collation_comes_back_as_the_readings_have_it(lanterns: st.Trace, tmp_path: Path) -> None:
    table = read_collation(lanterns.export(tmp_path / "lanterns.csv")).to_table()
    assert table.column_names == list("ABCDEF")
    assert " ".join(filter(None, table["D"].to_pylist())).split() == LANTERNS["D"].split()
    assert table["F"].null_count == 1  # where words are lost


def test_a_stemma_of_the_collation_is_that_of_the_run_but_for_its_root(lanterns: st.Trace, tmp_path: Path) -> None:
    collation = read_collation(lanterns.export(tmp_path / "lanterns.csv"))
    edges = [
        {frozenset((row["doc"], row["parent"])) for row in stemma.to_pylist() if row["parent"]}
        for stemma in (lanterns.stemma, st.stemma_from_collation(collation, language="en"))
    ]
    assert edges[0] == edges[1]


@pytest.mark.parametrize("end", [end for end in ENDS if end not in SEVERAL])
def test_of_several_families_one_is_named_where_a_file_holds_one(pile: st.Trace, tmp_path: Path, end: str) -> None:
    large, small = sizes(pile)[3], sizes(pile)[2]
    with pytest.raises(OptionError, match="one family, and there are 2") as refused:
        pile.export(tmp_path / f"pile{end}")
    assert refused.value.mend.index(f"{large} (3 members)") < refused.value.mend.index(f"{small} (2 members)")
    assert pile.export(tmp_path / f"pile{end}", family=small).exists()


@pytest.mark.parametrize("end", SEVERAL)
def test_all_families_go_where_a_file_holds_several(pile: st.Trace, tmp_path: Path, end: str) -> None:
    text = pile.export(tmp_path / f"pile{end}").read_text("utf-8")
    assert "book-edited" in text
    assert "ferry-again" in text
    alone = pile.export(tmp_path / f"alone{end}", family=sizes(pile)[2]).read_text("utf-8")
    assert "book-edited" in alone
    assert "ferry-again" not in alone


def test_json_has_the_collation_of_one_family(pile: st.Trace, tmp_path: Path) -> None:
    assert json.loads(pile.export(tmp_path / "all.json").read_text("utf-8"))["collation"] is None
    one = json.loads(pile.export(tmp_path / "one.json", family=sizes(pile)[2]).read_text("utf-8"))
    assert one["collation"]["witnesses"] == ["book", "book-edited"]


def test_a_family_that_is_not_there_is_refused_with_those_that_are(pile: st.Trace, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no family 'nobody'") as refused:
        pile.export(tmp_path / "pile.dot", family="nobody")
    assert sizes(pile)[3] in refused.value.mend


def test_without_families_there_is_nothing_to_write(tmp_path: Path) -> None:
    alone = st.trace(sources({"ferry": FERRY}))
    with pytest.raises(OptionError, match="no family"):
        alone.export(tmp_path / "alone.dot")


def test_a_family_without_a_collation_says_so(pile: st.Trace, tmp_path: Path) -> None:
    tables = {name: getattr(pile, name) for name in ("documents", "relations", "families", "stemma")}
    bare = st.Trace(tables | {"collations": pile.collations.slice(0, 0)})
    with pytest.raises(OptionError, match="do not stand beside each other"):
        bare.export(tmp_path / "pile.csv", family=sizes(pile)[3])


@pytest.mark.parametrize("name", ["pile.docx", "pile.xml"])
def test_a_name_of_no_format_is_refused(pile: st.Trace, tmp_path: Path, name: str) -> None:
    with pytest.raises(OptionError, match="no format") as refused:
        pile.export(tmp_path / name)
    assert ".svg" in refused.value.mend


def test_nothing_is_written_into_the_folder_of_a_run(lanterns: st.Trace, tmp_path: Path) -> None:
    lanterns.save(tmp_path / "run")
    with pytest.raises(OptionError, match=r"folder of stemmata's own"):
        st.open(tmp_path / "run").export(tmp_path / "run" / "tree.dot")


def test_the_command_writes_from_runs_and_libraries(
    run: Run, lanterns: st.Trace, pile: st.Trace, tmp_path: Path
) -> None:
    lanterns.save(tmp_path / "run")
    status, out, err = run("export", tmp_path / "run", "-o", tmp_path / "tree.svg")
    assert (status, err) == (0, "")
    assert "6 documents" in out
    held = st.Library(tmp_path / "library")
    held.add(sources(PILE))
    status, out, _ = run(
        *("export", tmp_path / "library", "-o", tmp_path / "one.tei.xml", "--family", sizes(pile)[3]),
    )
    assert status == 0
    assert (tmp_path / "one.tei.xml").exists()
    status, out, _ = run("export", tmp_path / "library", "-o", tmp_path / "all.dot")
    assert "2 families, 5 documents" in " ".join(out.split())
    status, _, _ = run("export", tmp_path / "library", "-o", tmp_path / "tables")
    assert status == 0
    assert st.open(tmp_path / "tables").stemma.equals(pile.stemma)


def test_it_is_said_that_a_collation_holds_a_part_of_the_family(run: Run, pile: st.Trace, tmp_path: Path) -> None:
    part = pile.collations.filter(pc.not_equal(pile.collations["doc"], "spun"))
    tables = {name: getattr(pile, name) for name in ("documents", "relations", "families", "stemma")}
    st.Trace(tables | {"collations": part}).save(tmp_path / "run")
    status, out, _ = run("export", tmp_path / "run", "-o", tmp_path / "one.csv", "--family", sizes(pile)[3])
    assert status == 0
    assert "of the 3 the 2 that stand beside each other" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-o", "tables"), "name a file"),
        (("-o", "tree.docx"), "no format goes by this name"),
        (("-o", "tree.svg", "--family", "nobody"), "there is no family"),
    ],
)
def test_what_cannot_be_exported_is_said(
    run: Run, lanterns: st.Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    lanterns.save("run")
    status, _, err = run("export", "run", *arguments)
    assert status == 2
    assert says in err


def test_a_folder_holds_all_families(run: Run, tmp_path: Path) -> None:
    st.Library(tmp_path / "library").add(sources(PILE))
    status, _, err = run("export", tmp_path / "library", "-o", tmp_path / "tables", "--family", "any")
    assert status == 2
    assert "holds all families" in err
