"""Names that a spaCy pipeline recognises; a tiny one with a list of names stands for a trained one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stemmata
from stemmata import schemas
from stemmata.__main__ import main
from stemmata.alignments import align
from stemmata.alterations import recognised
from stemmata.alterations.recognised import PIECE, pieces, words_in_names
from stemmata.changes import ChangeOptions, list_changes
from stemmata.engines import LocalEngine
from stemmata.errors import OptionError
from stemmata.pipeline import Options
from stemmata.tokens import words_of
from tests.test_changes import AFTER, BEFORE, directed, documents

Save = Callable[..., str]

LOWERED = (BEFORE + "the first captain was %s, a tall man." + AFTER).lower()
NOTE = "documents in another language than the pipeline's (%s): names by their capitals alone"


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Save a pipeline that knows some names, each as ``KIND name``, and return its folder."""
    spacy = pytest.importorskip("spacy", reason="the extra [spacy] is not installed")

    def saved(*names: str, lang: str = "en", before: tuple[str, ...] = ()) -> str:
        pipeline = spacy.blank(lang)
        for component in before:
            pipeline.add_pipe(component)
        if names:
            ruler = pipeline.add_pipe("entity_ruler")
            kinds = (name.split(" ", 1) for name in names)
            ruler.add_patterns([{"label": kind, "pattern": name} for kind, name in kinds])
        folder = tmp_path / f"{lang}-{len(list(tmp_path.iterdir()))}"
        pipeline.to_disk(folder)
        return str(folder)

    return saved


def found(source: str, copy: str, names: str, language: str | None = "en") -> pa.Table:
    """Return the changes from one text to another."""
    texts = documents(source, copy, language=language)
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"], "copy": ["b"]}))
    return list_changes(texts, alignments, directed(("a", "b")), options=ChangeOptions(names=names))


def told(*texts: Any) -> list[tuple[str, str, str]]:
    return [(row["type"], row["before"], row["after"]) for row in found(*texts).to_pylist()]


def test_names_in_lower_case_are_told_by_a_pipeline_alone(save: Save) -> None:
    """By their shape they are words like others."""
    texts = LOWERED % "marnow", LOWERED % "petrov"
    assert told(*texts, "shape") == [("wording", "marnow", "petrov")]
    assert told(*texts, save("PERSON marnow", "PERSON petrov")) == [("name", "marnow", "petrov")]


def test_what_a_pipeline_overlooks_is_still_told_by_its_capital(save: Save) -> None:
    """What is recognised comes on top."""
    texts = (BEFORE + f"The first captain was {name} Marnow." + AFTER for name in ("Ilse", "Greta"))
    assert told(*texts, save("GPE Oslo")) == [("name", "Ilse", "Greta")]


def test_names_in_german_are_told_from_nouns_by_a_pipeline(save: Save) -> None:
    """German writes every noun with a capital."""
    text = (
        "Die Fähre zur Insel fährt seit dem Krieg jeden Sommer, und die Stadt bezahlt fast alles davon. Der erste "
        "Kapitän hieß %s und blieb bis zum Winter, in dem das Eis den Hafen schloss."
    )
    texts = text % "Marnow", text % "Petrow"
    assert told(*texts, "shape", "de") == [("wording", "Marnow", "Petrow")]
    pipeline = save("PER Marnow", "PER Petrow", lang="de")
    assert told(*texts, pipeline, "de") == [("name", "Marnow", "Petrow")]


def test_what_is_recognised_and_no_name_does_not_count(save: Save) -> None:
    """Pipelines recognise dates and amounts as well."""
    texts = LOWERED % "early", LOWERED % "tardy"
    assert told(*texts, save("DATE early", "DATE tardy")) == [("wording", "early", "tardy")]


@pytest.mark.parametrize("language", ["fr", None])
def test_a_document_of_another_language_is_not_read_and_is_noted(save: Save, language: str | None) -> None:
    table = found(LOWERED % "marnow", LOWERED % "petrov", save("PERSON marnow", "PERSON petrov"), language)
    assert [row["type"] for row in table.to_pylist()] == ["wording"]
    assert schemas.remarks([table], "notes").to_pylist() == [{"stage": "changes", "what": NOTE % "en", "count": 2}]


def test_a_pipeline_for_many_languages_reads_all(save: Save) -> None:
    pipeline = save("PER marnow", "PER petrov", lang="xx")
    table = found(LOWERED % "marnow", LOWERED % "petrov", pipeline, "fr")
    assert [row["type"] for row in table.to_pylist()] == ["name"]
    assert schemas.remarks([table], "notes").num_rows == 0


def test_a_document_is_read_once_in_however_many_pairs_it_stands(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that stands in none is not read."""
    texts = documents(*(LOWERED % name for name in ("marnow", "petrov", "olsen", "berg")), "an orchard")
    pairs = [(a, b) for a in "abcd" for b in "abcd" if a < b]
    alignments = align(texts, pa.table({"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}))
    read = []

    def reading(text: str, _pipeline: Any) -> bytes:
        read.append(text)
        return b""

    monkeypatch.setattr(recognised, "_spans", reading)
    options = ChangeOptions(names=save("PERSON marnow"))
    list_changes(texts, alignments, directed(*pairs), options=options, engine=LocalEngine(parts=3, workers=2))
    assert sorted(read) == sorted(texts.column("text").to_pylist()[:4])


def test_rows_and_notes_are_the_same_for_any_number_of_parts(save: Save) -> None:
    names = ("marnow", "petrov", "olsen", "berg")
    texts = documents(*(LOWERED % name for name in names), LOWERED % "nobody")
    texts = texts.set_column(2, "language", pa.array(["en", "en", "en", "en", "nl"]))
    pairs = [(a, b) for a in "abcde" for b in "abcde" if a < b]
    alignments = align(texts, pa.table({"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}))
    options = ChangeOptions(names=save(*(f"PERSON {name}" for name in names)))
    once, *others = (
        list_changes(texts, alignments, directed(*pairs), options=options, engine=LocalEngine(parts=parts, workers=2))
        for parts in (1, 2, 7)
    )
    assert sum(kind == "name" for kind in once.column("type").to_pylist()) == 6
    assert all(other.equals(once, check_metadata=True) for other in others)


def test_a_long_text_is_read_in_pieces_and_its_names_keep_their_places(save: Save) -> None:
    """However long it is; a pipeline bounds what it reads at once."""
    middle = "".join(f"the boat left on day {k} and came back on day {k + 1}.\n\n" for k in range(PIECE // 20))
    source, copy = ((BEFORE.lower() + middle + LOWERED) % name for name in ("marnow", "petrov"))
    (row,) = found(source, copy, save("PERSON marnow", "PERSON petrov")).to_pylist()
    assert len(middle) > 2 * PIECE
    assert (row["type"], row["before"], row["after"]) == ("name", "marnow", "petrov")


TEXTS = st.text(st.sampled_from("ab \n."), max_size=80)


@given(TEXTS, st.integers(2, 30))
def test_pieces_make_up_the_text_and_none_is_longer_than_may_be(text: str, longest: int) -> None:
    cuts = list(pieces(text, longest))
    assert "".join(text[start:end] for start, end in cuts) == text
    assert all(end - start <= longest for start, end in cuts)


def test_pieces_end_where_a_paragraph_does_else_a_line_else_a_word() -> None:
    text = "one two\n\nthree\nfour five\nsix seveneightnineten"
    assert [text[start:end] for start, end in pieces(text, 12)] == [
        "one two\n\n", "three\n", "four five\n", "six ", "seveneightni", "neten",
    ]  # fmt: skip


def marked(text: str, *names: str) -> list[str]:
    """Return the words of some names in a text."""
    words = words_of(text)
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    held = words_in_names(words, np.array(spans, np.int32).reshape(-1, 2), "en")
    return [text[words.start[k] : words.end[k]] for k in np.flatnonzero(held)]


def test_articles_at_the_edges_of_a_name_are_not_part_of_it() -> None:
    """So that *the Senate* is no longer a name than *Senate*; words inside it, or with a capital of their own, are."""
    text = "They asked the Senate and the University of Lund, and Will Marnow. The Navy's boat met them."
    assert marked(text, "the Senate", "the University of Lund", "Will Marnow", "The Navy") == [
        "Senate", "University", "of", "Lund", "Will", "Marnow", "Navy's",
    ]  # fmt: skip
    assert marked(text, "They") == ["They"]
    assert marked(text) == []


@given(st.data())
def test_words_in_names_are_those_that_share_a_letter_with_one(data: st.DataObject) -> None:
    """Whatever the spans are; in a language without a list nothing is left out."""
    text = data.draw(st.text(st.sampled_from("ab '東,"), min_size=1, max_size=40))
    edges = data.draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2).map(sorted), max_size=5))
    words = words_of(text)
    held = words_in_names(words, np.array(edges, np.int32).reshape(-1, 2), None)
    places = list(zip(words.start.tolist(), words.end.tolist(), strict=True))
    assert held.tolist() == [any(max(a, c) < min(b, d) for c, d in edges) for a, b in places]


def test_what_names_do_not_need_is_not_at_work(save: Save, tmp_path: Path) -> None:
    """A recogniser that was trained reads words alone, or vectors that it listens to; a list of rules may ask more."""
    spacy = pytest.importorskip("spacy", reason="the extra [spacy] is not installed")
    listening = {"model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}}}
    for hears, kept in (({}, ["ner"]), (listening, ["tok2vec", "ner"])):
        pipeline = spacy.blank("en")
        pipeline.add_pipe("tok2vec")
        pipeline.add_pipe("tagger").add_label("NOUN")
        pipeline.add_pipe("ner", config=hears).add_label("PERSON")
        pipeline.initialize()
        folder = tmp_path / "-".join(kept)
        pipeline.to_disk(folder)
        assert recognised._pipeline(str(folder)).pipe_names == kept
    ruled = save("PERSON marnow", before=("sentencizer",))
    assert recognised._pipeline(ruled).pipe_names == ["sentencizer", "entity_ruler"]


def test_where_nothing_was_aligned_there_is_nothing_to_read(save: Save) -> None:
    options = ChangeOptions(names=save("PERSON marnow"))
    texts = documents(LOWERED, LOWERED)
    assert list_changes(texts, schemas.ALIGNMENTS.empty(), directed(), options=options).num_rows == 0


def test_a_pipeline_is_loaded_once_in_a_process(save: Save) -> None:
    name = save("PERSON marnow")
    assert recognised._pipeline(name) is recognised._pipeline(name)


def refused(names: str) -> OptionError:
    """Return the error with which a comparison is refused before its sources are read; they are not there."""
    with pytest.raises(OptionError) as caught:
        stemmata.compare("nowhere.txt", "nor here.txt", options=Options(changes=ChangeOptions(names=names)))
    with pytest.raises(OptionError, match="the spaCy pipeline"):
        found(LOWERED, LOWERED, names)
    return caught.value


def test_without_spacy_a_pipeline_is_refused_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    error = refused("en_core_web_sm")
    assert error.what.startswith("names are to be found by the spaCy pipeline 'en_core_web_sm', and spaCy is not")
    assert error.where == "ChangeOptions, names"
    assert "pip install 'stemmata[spacy]'" in error.mend


def test_without_spacy_capitals_tell_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing asks for it where the option does not."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    texts = (BEFORE + f"The first captain was {name}." + AFTER for name in ("Marnow", "Petrov"))
    assert told(*texts, "shape") == [("name", "Marnow", "Petrov")]


def test_a_pipeline_that_is_not_installed_is_refused_with_how_to_get_it() -> None:
    pytest.importorskip("spacy", reason="the extra [spacy] is not installed")
    error = refused("en_nothing_of_the_kind")
    assert error.what == "the spaCy pipeline 'en_nothing_of_the_kind' is not installed."
    assert "python -m spacy download en_nothing_of_the_kind" in error.mend


def test_a_folder_that_holds_no_pipeline_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="the extra [spacy] is not installed")
    (tmp_path / "empty").mkdir()
    assert "cannot be loaded (" in refused(str(tmp_path / "empty")).what


def test_a_pipeline_that_recognises_no_names_is_refused(save: Save) -> None:
    assert refused(save(before=("sentencizer",))).what.endswith("recognises no names.")


@pytest.mark.parametrize("names", ["", None, 1, b"shape", ("shape",)])
def test_an_option_that_names_nothing_is_refused(names: Any) -> None:
    with pytest.raises(OptionError, match="names must be 'shape' or name a spaCy pipeline"):
        ChangeOptions(names=names)


def test_a_path_is_kept_as_a_string() -> None:
    """So that the record of the options is plain."""
    assert ChangeOptions(names=Path("some") / "folder").names == str(Path("some") / "folder")  # type: ignore[arg-type]


def test_the_command_line_hands_a_pipeline_on(
    save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a run's record names it, so that the run can be made again."""
    monkeypatch.chdir(tmp_path)
    names = save("PERSON marnow", "PERSON petrov")
    for name in ("marnow", "petrov"):
        Path(f"{name}.txt").write_text(LOWERED % name, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["compare", "marnow.txt", "petrov.txt", "--names", names, "--save", "run"])
    assert left.value.code == 0
    trace = stemmata.open("run")
    assert [row["type"] for row in trace.changes.to_pylist()] == ["name"]
    assert trace.about["command"] == f"stemmata compare marnow.txt petrov.txt --names {names}"
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(["trace", "nowhere", "--names", str(tmp_path / "nowhere")])
    assert left.value.code == 2
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0]) == ("", f"the spaCy pipeline {str(tmp_path / 'nowhere')!r} is not installed.")
