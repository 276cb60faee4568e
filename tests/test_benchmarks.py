"""The measuring itself: tables are written where they belong, planting and folds are the same everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from benchmarks import corpora, kinds, quality, speed, writing
from benchmarks.corpora import PanPair
from benchmarks.measurement import Measurement, Table, share
from benchmarks.ocr import recognise
from benchmarks.sentence_seeds import align_sentences, split
from benchmarks.short_reuse import planting

PAGE = (
    "# Quality\n\n<!-- measured: ferries -->\nold\n<!-- end -->\n\nBy hand.\n\n<!-- measured: tides -->\n<!-- end -->\n"
)
FERRIES = Measurement(
    title="Ferries",
    corpus="harbour log",
    part="spring",
    sample="3 ferries",
    scorer="counted",
    tables=(Table(header=("ferry", "on time"), rows=(("Linden", ".9"), ("", "")), caption="All:"),),
    figures={"Linden on time": 0.9},
)
HOST = (
    "The ferry left the harbour at nine. Nobody saw the fog come in from the north. The captain rang the bell twice. "
    "A man on the pier waved his hat."
)
GARDEN = (
    "Roses want sun and a deep soil. Water them in the morning, never on the leaves. Cut what has flowered in June. "
    "The frost of March does little harm."
)
COPIED = (
    "The council voted on Tuesday to close the swimming bath in Mill Street after forty years of service. "
    "Repairs would have cost nearly two million, a sum that the treasurer called impossible before the next election. "
    "Swimmers will be sent to the new pool beside the railway station, which opens its doors in early autumn."
)
POOL = {8: ["The lighthouse keeper counted nine grey seals today.", "Seven lanterns burned along the quay all night."]}


def test_a_table_goes_between_its_markers_and_nothing_else_changes(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PAGE, encoding="utf-8")
    writing.write({"ferries": FERRIES}, "benchmarks.quality", page)
    text = page.read_text(encoding="utf-8")
    assert "| ferry | on time |\n| --- | --- |\n| Linden | .9 |\n| | |\n" in text
    assert "Measured by `python -m benchmarks.quality --only ferries` on harbour log (spring): 3 ferries." in text
    assert "old" not in text
    assert re.sub(r"(ferries -->\n).*?(<!-- end)", r"\1\2", text, count=1, flags=re.S) == PAGE.replace("old\n", "")


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PAGE, encoding="utf-8")
    writing.write({"ferries": FERRIES}, "benchmarks.quality", page)
    once = page.read_text(encoding="utf-8")
    writing.write({"ferries": FERRIES}, "benchmarks.quality", page)
    assert page.read_text(encoding="utf-8") == once


def test_a_page_without_the_markers_is_refused() -> None:
    with pytest.raises(SystemExit, match="<!-- measured: storms -->"):
        writing.between_markers(PAGE, "storms", "table")


def test_every_measurement_has_its_place_in_the_docs() -> None:
    places = re.findall(r"<!-- measured: (\w+) -->", writing.PAGE.read_text(encoding="utf-8"))
    assert sorted(places) == sorted([*quality.MEASUREMENTS, *speed.MEASUREMENTS])


def test_a_part_of_the_data_is_never_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        quality.main(["--only", "clough", "--every", "2", "--write"])
    assert "full data" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.9537, ".954"), (1.0, "1.0"), (0.9999, "1.000"), (1.008, "1.008"), (0.0, "0"), (0.0001, ".000")],
)
def test_a_share_is_written_without_its_nought(value: float, written: str) -> None:
    assert share(value) == written


def test_a_sentence_is_planted_into_both_texts_at_a_boundary() -> None:
    """The same one at the same places each time, and where each text says."""
    pair = PanPair("01-no-plagiarism", "susp/a", "src/b", [])
    planted = planting({"susp/a": HOST, "src/b": GARDEN}, pair, 8, POOL)
    assert planted == planting({"susp/a": HOST, "src/b": GARDEN}, pair, 8, POOL)
    for text, (start, end), host in (
        (planted.copy, planted.in_copy, HOST),
        (planted.source, planted.in_source, GARDEN),
    ):
        assert text[start:end] in POOL[8]
        assert text[:start] + text[end + 1 :] == host
        assert start == 0 or text[start - 2 : start] == ". "


def test_a_sentence_that_a_text_holds_is_not_planted() -> None:
    pair = PanPair("01-no-plagiarism", "susp/a", "src/b", [])
    texts = {"susp/a": f"{HOST} {POOL[8][0]}", "src/b": GARDEN}
    planted = planting(texts, pair, 8, POOL)
    assert planted.source[slice(*planted.in_source)] == POOL[8][1]


def test_an_edited_planting_differs_in_one_word() -> None:
    pair = PanPair("01-no-plagiarism", "susp/a", "src/b", [])
    planted = planting({"susp/a": HOST, "src/b": GARDEN}, pair, 8, POOL, edited=True)
    copy, source = planted.copy[slice(*planted.in_copy)].split(), planted.source[slice(*planted.in_source)].split()
    assert len(copy) == len(source)
    assert sum(a != b for a, b in zip(copy, source, strict=True)) == 1


def test_the_baseline_finds_a_copied_paragraph() -> None:
    copy, source = f"{HOST}\n\n{COPIED}\n\n{HOST}", f"{GARDEN}\n\n{COPIED}\n\n{GARDEN}"
    found = align_sentences(split(copy), split(source))
    assert [copy[p.a_start : p.a_end] for p in found] == [COPIED]
    assert [source[p.b_start : p.b_end] for p in found] == [COPIED]


def test_the_baseline_finds_nothing_in_unrelated_texts() -> None:
    assert align_sentences(split(f"{HOST} {COPIED}"), split(GARDEN)) == []
    assert align_sentences(split(""), split(GARDEN)) == []


def test_the_fold_of_a_source_never_changes() -> None:
    """The trainer and the scorer must leave out the same texts, on every machine."""
    assert [corpora.fold(name) for name in ("ferry", "tide", "паром", "渡船")] == [2, 4, 3, 1]


def test_a_choice_of_pairs_does_not_depend_on_their_order() -> None:
    pairs = [corpora.Pair(f"copy{n}", f"source{n}", "edited") for n in range(20)]
    chosen = corpora.choose(pairs, 5)
    assert len(chosen) == 5
    assert sorted(corpora.choose(pairs[::-1], 5)) == sorted(chosen)
    assert corpora.choose(pairs, 50) == pairs


def test_every_kind_weighs_the_same() -> None:
    """Three of four spun pairs right and one of one edited: the rare kind counts as much as the common one."""
    answers = [kinds.Answer("x", "spun", "spun", 1.0)] * 3
    answers += [kinds.Answer("x", "spun", "edited", 1.0), kinds.Answer("y", "edited", "edited", 1.0)]
    figures = kinds.score(answers)
    assert figures["spun recall"] == 0.75
    assert figures["spun precision"] == 1
    assert figures["edited precision"] == pytest.approx(1 / 1.25)
    assert figures["calibration error"] == pytest.approx(0.125)
    assert figures["edited called spun"] == 0


def test_as_many_characters_are_recognised_wrongly_as_asked_for_and_the_same_ones_every_time() -> None:
    text = HOST * 100
    assert recognise(text, 0.0, "a") == text
    assert recognise(text, 0.1, "a") == recognise(text, 0.1, "a") != recognise(text, 0.1, "b")
    wrong = sum(recognise(sign, 0.1, f"{place}") != sign for place, sign in enumerate(text)) / len(text)
    assert 0.09 < wrong < 0.11
