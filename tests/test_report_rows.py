"""Which stretches of two texts stand beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stemmata.report.finding import Finding
from stemmata.report.findings import find
from stemmata.report.rows import cut_rows
from tests.test_report_example import ARTICLE, COPY, edits, example, pair


def found(texts: tuple[str, str], passages: Sequence[Mapping[str, Any]]) -> Finding:
    finding = find(pair({"a": texts[0], "b": texts[1]}, passages=passages))
    assert finding is not None
    return finding


def beside(finding: Finding) -> list[tuple[int | None, str, str]]:
    """Return each row as the number of its passage and the texts on both sides."""
    cuts = [(c.source, c.copy, c.passage) for c in cut_rows(finding)]
    ends = [*cuts[1:], (len(finding.source.text), len(finding.copy.text), None)]
    return [
        (passage.rank if passage else None, finding.source.text[s:e], finding.copy.text[c:f])
        for (s, c, passage), (e, f, _) in zip(cuts, ends, strict=True)
    ]


def spans(a: tuple[int, int], b: tuple[int, int]) -> dict[str, int]:
    return {"a_start": a[0], "a_end": a[1], "b_start": b[0], "b_end": b[1]}


def test_passage_stands_beside_its_counterpart() -> None:
    """Between passages stand whatever words the two texts have there."""
    texts = ("Own words. Rain fell all night. The end.", "Rain fell all night. And more.")
    assert beside(found(texts, [spans((11, 31), (0, 20))])) == [
        (None, "Own words. ", ""),
        (1, "Rain fell all night.", "Rain fell all night."),
        (None, " The end.", " And more."),
    ]


def test_signs_between_passages_make_no_row() -> None:
    """A stop that no passage holds stays with the row before it, or with the first."""
    texts = ("«Rain fell», snow fell.", "«Rain fell», snow fell.")
    assert beside(found(texts, [spans((1, 10), (1, 10)), spans((13, 22), (13, 22))])) == [
        (1, "«Rain fell», ", "«Rain fell», "),
        (2, "snow fell.", "snow fell."),
    ]


def test_moved_passage_makes_no_row_of_its_own() -> None:
    """The longest passages in the same order on both sides make the rows; the moved one stands within."""
    finding = find(example())
    assert finding is not None
    assert [rank for rank, _, _ in beside(finding)] == [1, None, 2, 3, 4, None]
    assert "".join(source for _, source, _ in beside(finding)) == ARTICLE
    assert "".join(copy for _, _, copy in beside(finding)) == COPY


def test_overlapping_passages_leave_the_longest() -> None:
    texts = ("abcdef ghijkl mnop", "abcdef ghijkl mnop")
    rows = beside(found(texts, [spans((0, 6), (0, 6)), spans((3, 18), (3, 18)), spans((0, 6), (14, 18))]))
    assert [rank for rank, _, _ in rows] == [None, 2]


def test_paragraphs_of_a_long_passage_begin_rows_together() -> None:
    """Within a passage the edits tell where the source's paragraph stands in the copy."""
    first = "The ferry to the island left at nine in the morning, and the sea was calm for once. " * 4
    second = "“Nobody waited on the pier,” the captain said, “and nobody came.” " * 4
    a = f"{first}\n\n{second}"
    b = f"{first.replace('calm', 'very calm')} {second.replace('waited', 'stood')}"
    passage = spans((0, len(a)), (0, len(b)))
    rows = beside(found((a, b), [{**passage, "edits": edits(a, b, passage)}]))
    assert [(rank, source[:7], copy[:7]) for rank, source, copy in rows] == [
        (1, "The fer", "The fer"),
        (1, "“Nobody", "“Nobody"),
    ]


def test_a_row_may_begin_with_words_that_the_copy_lacks() -> None:
    """They stand before the first edit with words on both sides: the copy's row begins with that edit."""
    lead = "The ferry to the island left at nine in the morning, and the sea was calm for once. " * 4
    lost, kept = "Nobody waited on the pier. ", "The captain rang the bell twice. "
    a, b = f"{lead}\n\n{lost}{kept}", f"Once more: {kept}"
    start, there = a.index(kept), b.index(kept)
    edit = {"op": "match", **spans((start, len(a)), (there, len(b)))}
    rows = beside(found((a, b), [{**spans((0, len(a)), (0, len(b))), "edits": [edit]}]))
    assert rows == [(1, f"{lead}\n\n", "Once more: "), (1, lost + kept, kept)]


def test_edits_may_be_missing() -> None:
    """A passage without edits is one row."""
    text = "The ferry left at nine.\n\n" * 40
    assert len(beside(found((text, text), [spans((0, len(text)), (0, len(text)))]))) == 1


def test_scripts_without_spaces_are_not_torn() -> None:
    """A row begins with its first word, not with the stop of the sentence before."""
    a = "渡船在早上九点离开码头，海面很平静。" * 80
    passage = spans((0, len(a)), (0, len(a)))
    rows = beside(found((a, a), [{**passage, "edits": edits(a, a, passage)}]))
    assert len(rows) > 1
    assert all(source == copy and source.startswith("渡船") for _, source, copy in rows)


def test_lines_broken_by_a_machine_are_told_from_verse() -> None:
    prose = "The ferry to the island left at nine in the morning and the sea\n" * 5
    verse = "The ferry left at nine,\nthe sea was calm,\nnobody waved.\n"
    finding = found((prose, verse), [])
    assert finding.source.wrapped
    assert not finding.copy.wrapped
