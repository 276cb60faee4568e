"""What the alignment of a pair is made of: bounds, rectangles, summaries, words, and what is cut out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.languages import FLOOR, Frequencies, frequencies
from stemmata.passages import rectangles
from stemmata.passages.cuts import Piece, cut_passage
from stemmata.passages.pair import CAP, TextPair, prepare, word_span
from stemmata.passages.rectangles import Rectangle, find_rectangles
from stemmata.passages.roles import Boilerplate, Mark, Roles, Text
from stemmata.passages.summary import find_summary, replace_by_summary
from stemmata.passages.wording import list_edits, matched_words, set_words
from stemmata.schemas import OPS
from stemmata.tokens import hash_words, words_of
from tests.texts import summarised, texts
from tests.witnesses import WITNESSES, replaced

ENGLISH = WITNESSES["en"]
PARAGRAPHS = ENGLISH.text.strip().split("\n\n")


def pair_of(a: str, b: str, language: Frequencies | None = None) -> TextPair:
    """Two texts made ready."""
    return prepare(a, words_of(a), b, words_of(b), language or frequencies("en"))


def whole(pair: TextPair) -> Rectangle:
    return Rectangle(0, len(pair.a), 0, len(pair.b), 0.0, 0.5, 0.5)


def marks(pair: TextPair) -> tuple[list[Mark], list[Mark]]:
    """What has a role of its own in either text."""
    a, b = (Text(side.text, side.words, None) for side in (pair.a, pair.b))
    return Roles(a, b, known=False, boilerplate=Boilerplate()).marks


def pieces(a: str, b: str) -> list[tuple[str, str, str]]:
    """What ``cut_passage`` makes of two texts that are one passage from end to end."""
    pair = pair_of(a, b)
    found = cut_passage(pair, set_words(pair, whole(pair)), whole(pair), marks(pair))
    spans = [(pair.a.span(p.a_from, p.a_to), pair.b.span(p.b_from, p.b_to), p.role) for p in found]
    return [(a[slice(*x)], b[slice(*y)], role) for x, y, role in spans]


@pytest.mark.parametrize(
    ("text", "first", "last", "span"),
    [
        ("He said “go on”, twice.", 2, 4, "“go on”,"),
        ("(an ex-president spoke)", 0, 1, "(an"),
        ("(an ex-president spoke)", 1, 2, "ex"),
        ("(an ex-president spoke)", 2, 3, "president"),
        ("(an ex-president spoke)", 3, 4, "spoke)"),
        ("灯亮了。船走了。", 0, 3, "灯亮了"),
        ("灯亮了。船走了。", 3, 6, "船走了。"),
        ("  … one two …  ", 0, 2, "one two"),
        ("--one two--", 0, 2, "--one two--"),
    ],
)
def test_a_span_takes_the_signs_that_touch_its_words(text: str, first: int, last: int, span: str) -> None:
    """Up to white space; signs that touch a word outside are that word's own."""
    start, end = word_span(text, words_of(text), first, last)
    assert text[start:end] == span


@given(texts)
def test_spans_of_neighbouring_words_do_not_overlap(text: str) -> None:
    words = words_of(text)
    spans = [word_span(text, words, k, k + 1) for k in range(len(words))]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(
        low <= start and end <= high for (low, high), start, end in zip(spans, words.start, words.end, strict=True)
    )


@given(st.lists(st.sampled_from(["the", "lamp", "of", "Skerrow", "ten", "10", "Halcyon"]), max_size=12), st.data())
def test_word_types_are_shared_and_what_the_pair_repeats_is_cheap(a: list[str], data: st.DataObject) -> None:
    b = data.draw(st.permutations([*a, "storm"]))
    pair = pair_of(" ".join(a), " ".join(b))
    types = {
        w: t for side, spelled in ((pair.a, a), (pair.b, b)) for t, w in zip(side.ids.tolist(), spelled, strict=True)
    }
    folded = {word: "10" if word == "ten" else word for word in types}
    known = dict(zip(types, frequencies("en").look_up(hash_words(types), FLOOR), strict=True))
    for word, t in types.items():
        counts = [sum(folded[w] == folded[word] for w in side) for side in (a, b)]
        again = sum(max(0, count - 1) for count in counts)
        expected = (again + 2000 * known[word]) / (len(a) + len(b) + 2000)
        assert pair.frequency[t] == pytest.approx(max(1e-6, expected))
        assert pair.weight[t] == pytest.approx(min(CAP, -np.log(pair.frequency[t])))
        assert pair.background[t] == known[word]
    assert (len(set(types.values())), len(pair.frequency)) == (len(set(folded.values())),) * 2


def test_a_passage_may_begin_and_end_at_sentences_and_lines() -> None:
    """What each gap earns: sentences and edges most, the middle of a sentence least."""
    pair = pair_of("One two. Three\nfour\nFive\n\nsix Seven", "")
    assert pair.a.bonus.tolist() == [2.5, -2.5, 2.5, -2.5, 2.0, 2.0, -0.5, 2.5]
    assert pair.b.bonus.tolist() == [2.5]


def test_rectangles_are_found_and_do_not_overlap_on_a() -> None:
    host = f"{PARAGRAPHS[3]}\n\n{ENGLISH.stranger}\n\n{PARAGRAPHS[1]}"
    pair = pair_of(ENGLISH.text, host)
    found = find_rectangles(pair, 0.3, 40, reused=True)
    spans = sorted(r[:4] for r in found.rectangles)
    assert [pair.a.text[slice(*pair.a.span(*r[:2]))] for r in spans] == [PARAGRAPHS[1], PARAGRAPHS[3]]
    assert [pair.b.text[slice(*pair.b.span(*r[2:]))] for r in spans] == [PARAGRAPHS[1], PARAGRAPHS[3]]
    assert [r.score for r in found.rectangles] == sorted((r.score for r in found.rectangles), reverse=True)
    assert all(0.4 <= r.q <= 0.98 and 0.1 <= r.r <= 0.98 for r in found.rectangles)
    assert found.untried == 0


def test_long_texts_are_searched_by_rare_triples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past a size the grid is kept as a list: what both find is the same passage."""
    for language, (text, edited, _) in WITNESSES.items():
        pair = pair_of(text, edited, frequencies(language))
        dense = find_rectangles(pair, 0.3, 40, reused=True).rectangles
        with monkeypatch.context() as patch:
            patch.setattr(rectangles, "DENSE", 0)
            sparse = find_rectangles(pair, 0.3, 40, reused=True).rectangles
        assert [r[:4] for r in sparse] == [r[:4] for r in dense]
        assert len(sparse) == 1


def test_rare_triples_find_nothing_between_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rectangles, "DENSE", 0)
    assert find_rectangles(pair_of(ENGLISH.text, ENGLISH.stranger), -20, 40, reused=True).rectangles == []


def test_what_is_untried_is_counted() -> None:
    host = f"{PARAGRAPHS[3]}\n\n{ENGLISH.stranger}\n\n{PARAGRAPHS[1]}"
    found = find_rectangles(pair_of(ENGLISH.text, host), 0.3, 1, reused=True)
    assert len(found.rectangles) == 1
    assert found.untried > 0


def test_a_passage_that_condenses_the_other_text_is_a_summary() -> None:
    """In other order: no phrase in common, but words of one text in sixty words of the other."""
    source, summary, host = summarised()
    pair = pair_of(host, source, Frequencies(np.zeros(0, np.uint64), np.zeros(0)))
    found = find_summary(pair, [])
    assert found is not None
    rectangle = found.rectangle
    start, end = pair.a.span(rectangle.a_from, rectangle.a_to)
    assert host[start:end] == summary
    assert (rectangle.b_from, rectangle.b_to) == (0, len(pair.b))
    assert found.odds > 0


@pytest.mark.parametrize("a", [ENGLISH.stranger, ENGLISH.edited, "Too short to be a summary of anything."])
def test_neither_a_stranger_nor_a_copy_is_a_summary(a: str) -> None:
    found = find_summary(pair_of(a, ENGLISH.text), [])
    assert found is None or found.odds < -0.5


def test_a_summary_takes_the_place_of_what_it_overlaps() -> None:
    summary = Rectangle(50, 90, 0, 400, 80.0, 0.5, 0.0)
    beside, across, touching = (Rectangle(*span, 0, 9, 9.0, 0.5, 0.5) for span in ((0, 40), (80, 100), (90, 120)))
    assert replace_by_summary(summary, [beside, across, touching]) == [summary, beside, touching]


@pytest.mark.parametrize("language", sorted(WITNESSES))
def test_words_are_set_against_each_other(language: str) -> None:
    """Edits tile both texts; what matches is the same word, in another order only where it moved."""
    text, edited, _ = WITNESSES[language]
    pair = pair_of(text, edited, frequencies(language))
    wording = set_words(pair, whole(pair))
    on_path = wording.path[wording.path >= 0]
    assert np.all(np.diff(on_path) > 0)
    edits = list_edits(pair, wording, whole(pair)[:4])
    assert [i for _, start, end, _, _ in edits for i in range(start, end)] == list(range(len(pair.a)))
    assert sorted(j for *_, start, end in edits for j in range(start, end)) == list(range(len(pair.b)))
    equal = sum(end - start for op, start, end, *_ in edits if OPS[op] in ("match", "restyle", "move"))
    assert matched_words(edits) == equal > 0.8 * len(pair.a)


def test_edits_of_a_piece_know_nothing_outside_it() -> None:
    pair = pair_of("one two three four five", "one two three four five")
    edits = list_edits(pair, set_words(pair, whole(pair)), (1, 4, 0, 3))
    assert [(OPS[op], *spans) for op, *spans in edits.tolist()] == [
        ("insert", 1, 1, 0, 1),
        ("match", 1, 3, 1, 3),
        ("delete", 3, 4, 3, 3),
    ]


def test_a_passage_of_prose_is_one_piece() -> None:
    assert pieces(ENGLISH.text, ENGLISH.edited) == [(ENGLISH.text.strip(), ENGLISH.edited.strip(), "reuse")]


LINE = "Related article: Ten songs about the sea"


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_line_of_furniture_on_one_side_parts_the_passage(side: str) -> None:
    """Both halves end at their paragraphs; the line is in neither."""
    before, after = "\n\n".join(PARAGRAPHS[:2]), "\n\n".join(PARAGRAPHS[2:])
    with_line, without = f"{before}\n\n{LINE}\n\n{after}", f"{before}\n\n{after}"
    found = pieces(with_line, without) if side == "a" else pieces(without, with_line)
    assert found == [(before, before, "reuse"), (after, after, "reuse")]


def test_a_line_of_furniture_on_both_sides_is_a_piece_of_its_own() -> None:
    before, after = "\n\n".join(PARAGRAPHS[:2]), "\n\n".join(PARAGRAPHS[2:])
    text = f"{before}\n\n{LINE}\n\n{after}"
    assert pieces(text, text) == [(before, before, "reuse"), (LINE, LINE, "furniture"), (after, after, "reuse")]


def test_other_furniture_that_a_copy_took_along_is_reuse() -> None:
    """A rights line, carried word for word between two copied paragraphs, was copied with them."""
    before, after = "\n\n".join(PARAGRAPHS[:2]), "\n\n".join(PARAGRAPHS[2:])
    text = f"{before}\n\nCopyright 2011 by the Harbour Gazette, all rights reserved\n\n{after}"
    assert pieces(text, text) == [(text, text, "reuse")]


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_paragraph_without_support_parts_the_passage(side: str) -> None:
    foreign = ENGLISH.stranger.split("\n\n")[-1].strip()
    before, after = "\n\n".join(PARAGRAPHS[:3]), "\n\n".join(PARAGRAPHS[3:])
    with_it, without = f"{before}\n\n{foreign}\n\n{after}", f"{before}\n\n{after}"
    found = pieces(with_it, without) if side == "a" else pieces(without, with_it)
    assert found == [(before, before, "reuse"), (after, after, "reuse")]


def test_a_short_line_without_support_stays_inside() -> None:
    """Fewer than eight words may be a heading that an editor put in."""
    before, after = "\n\n".join(PARAGRAPHS[:3]), "\n\n".join(PARAGRAPHS[3:])
    text = f"{before}\n\nA night to remember\n\n{after}"
    assert pieces(text, ENGLISH.text.strip()) == [(text, ENGLISH.text.strip(), "reuse")]


def test_a_remnant_of_a_few_words_is_dropped() -> None:
    """Between two cuts fewer than five matched words are no passage."""
    a = f"{PARAGRAPHS[1]}\n\n{LINE}\n\nSo it was\n\nwww.example.org\n\n{PARAGRAPHS[2]}"
    b = f"{PARAGRAPHS[1]}\n\nSo it was\n\n{PARAGRAPHS[2]}"
    assert [piece[0] for piece in pieces(a, b)] == [PARAGRAPHS[1], PARAGRAPHS[2]]


@given(st.lists(st.sampled_from([*PARAGRAPHS, LINE, "www.example.org", ENGLISH.stranger]), max_size=5), st.data())
def test_pieces_rise_on_both_sides(blocks: list[str], data: st.DataObject) -> None:
    """Whatever is cut, no word is in two pieces."""
    others = data.draw(st.lists(st.sampled_from([*blocks, LINE, PARAGRAPHS[0]]), max_size=5))
    pair = pair_of("\n\n".join([PARAGRAPHS[0], *blocks]), "\n\n".join([PARAGRAPHS[0], *others]))
    found = cut_passage(pair, set_words(pair, whole(pair)), whole(pair), marks(pair))
    end = Piece(0, 0, 0, 0, "")
    for piece in found:
        assert end.a_to <= piece.a_from < piece.a_to <= len(pair.a)
        assert end.b_to <= piece.b_from < piece.b_to <= len(pair.b)
        end = piece


def test_a_replacement_of_words_is_no_cut() -> None:
    b = replaced(PARAGRAPHS[3], ("ran onto the southern reef", "struck rocks"))
    assert [role for *_, role in pieces(PARAGRAPHS[3], b)] == ["reuse"]
