"""Building counts: which texts are counted, which are left out, and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from benchmarks import corpora
from rich.console import Console
from scripts import count_words

import stemmata as st
from stemmata import counts
from stemmata.countfiles import read_provenance
from stemmata.documents import Source
from stemmata.errors import FolderError, OptionError, SourceError
from stemmata.report.counts import render_counts, render_counts_json
from tests.prose import GERMAN, RUSSIAN, texts

ENGLISH = "The council met on Thursday and voted to close the swimming baths at the end of June. "
NOISE = "xqz 17 vvv"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "LEAST_WORDS", 5_000)


def sources(*texts: str) -> list[Source]:
    return [st.Text(text, doc=f"{number:03}") for number, text in enumerate(texts)]


@pytest.mark.parametrize(("words", "language"), [(GERMAN, "de"), (RUSSIAN, "ru")])
def test_texts_of_one_language_are_counted_and_the_others_said(
    words: tuple[tuple[str, ...], ...], language: str, tmp_path: Path
) -> None:
    built = st.build_counts(
        sources(*texts(words, 30), ENGLISH * 3, NOISE), tmp_path / "counts", language=language, about="Invented."
    )
    told = built.provenance
    assert (told.language, told.texts, told.least, told.about) == (language, 30, 1, "Invented.")
    assert told.left_out == {"of another language": 1, "of unknown language": 1}
    assert 8_000 < told.words < 12_000
    assert read_provenance(built.path) == told
    rows = pq.read_table(built.path).to_pylist()
    assert sum(row["fact"] == "counted_pair" for row in rows) == told.pairs > 50
    assert {row["language"] for row in rows} == {language}


def test_the_file_is_the_same_for_any_order_and_parts(tmp_path: Path) -> None:
    made = texts(GERMAN, 30)
    one = st.build_counts(sources(*made), tmp_path / "one", language="de", engine=st.LocalEngine(parts=1))
    other = st.build_counts(sources(*made[::-1]), tmp_path / "other", language="de", engine=st.LocalEngine(parts=7))
    assert one.path.read_bytes() == other.path.read_bytes()


def test_what_shares_ten_words_with_a_text_that_is_judged_is_left_out(tmp_path: Path) -> None:
    """Its copies in the background would speak for it."""
    article = "Die Fähre nach Norden fährt ab Mai nur noch montags, weil dem Amt der zweite Lotse fehlt."
    copies = [f"{text} {article}" for text in texts(GERMAN, 4)]
    built = st.build_counts(
        sources(*texts(GERMAN, 30)[4:], *copies),
        tmp_path / "counts",
        language="de",
        leave_out=[st.Text(f"Wie wir hören: {article}", doc="article")],
    )
    assert built.provenance.texts == 26
    assert built.provenance.left_out == {counts.SHARED: 4}


def test_least_says_how_often(tmp_path: Path) -> None:
    made = sources(*texts(GERMAN, 20), "Ein Storch stand gestern auf dem Dach der alten Schule und klapperte.")
    pairs = [
        st.build_counts(made, tmp_path / "counts", language="de", least=least).provenance.pairs for least in (1, 2, 9)
    ]
    assert pairs[0] > pairs[1] > pairs[2] > 0


def test_of_plenty_only_what_was_seen_twice_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below 10 million words every pair counts; unless one says how often."""
    made = sources(*texts(GERMAN, 30))
    for given, plenty, expected in ((None, 6_000, 2), (1, 6_000, 1), (None, 60_000, 1)):
        monkeypatch.setattr(counts, "PLENTY", plenty)
        told = st.build_counts(made, tmp_path / "counts", language="de", least=given).provenance
        assert told.least == expected


@pytest.mark.parametrize(
    ("given", "says", "where"),
    [
        ([ENGLISH], "there is no text of language 'de'", "1 en"),
        ([texts(GERMAN, 1)[0], NOISE, NOISE], "words of language 'de' are too few", "2 unknown, 1 de"),
    ],
)
def test_too_little_to_count_is_an_error(given: list[str], says: str, where: str, tmp_path: Path) -> None:
    """Nothing is written, and it is said how much is needed."""
    with pytest.raises(SourceError, match=says) as caught:
        st.build_counts(sources(*given), tmp_path / "counts", language="de")
    assert where in caught.value.where
    assert not list(tmp_path.iterdir())


def test_all_left_out_is_said(tmp_path: Path) -> None:
    made = texts(GERMAN, 20)
    with pytest.raises(SourceError, match="0 words of language 'de'") as caught:
        st.build_counts(sources(*made), tmp_path / "counts", language="de", leave_out=sources(*made))
    assert "20 left out" in caught.value.where


def test_a_text_to_leave_out_is_not_missed_in_silence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text(" ", "utf-8")
    with pytest.raises(SourceError, match="a text to leave out was not read"):
        st.build_counts(sources(*texts(GERMAN, 20)), tmp_path / "counts", language="de", leave_out=empty)


@pytest.mark.parametrize(
    ("options", "says"), [({"language": "German"}, "language"), ({"language": "de", "least": 0}, "least")]
)
def test_options_out_of_their_range_are_refused(options: dict[str, object], says: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=says):
        st.build_counts(sources(ENGLISH), tmp_path / "counts", **options)  # type: ignore[arg-type]


def test_the_place_is_looked_at_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(ENGLISH, "utf-8")
    with pytest.raises(FolderError, match="would be overwritten"):
        st.build_counts([tmp_path / "not there"], tmp_path / "text.txt", language="en")


def test_a_person_and_a_program_are_told(tmp_path: Path) -> None:
    """What was counted, what was not, and what could not be read; a user's words are shown as they are."""
    empty = tmp_path / "leer.txt"
    empty.write_text(" ", "utf-8")
    built = st.build_counts(
        [*sources(*texts(GERMAN, 30), ENGLISH), empty],
        tmp_path / "counts",
        language="de",
        least=2,
        about="[b]Erfunden\x1b[2J",
    )
    shown = render_counts(built, Console(width=100, color_system=None))
    assert f"{built.provenance.pairs:,} pairs of words counted in 30 texts." in shown
    assert "1 text: of another language" in shown
    assert "seen 2 times or more" in shown
    assert "[b]Erfunden␛[2J" in shown
    assert "leer.txt" in shown
    told = json.loads(render_counts_json(built))
    assert (told["texts"], told["language"], told["path"]) == (30, "de", str(built.path))
    assert len(told["skipped"]) == 1


def test_the_script_that_makes_the_shipped_counts_leaves_out_what_benchmarks_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says in the file where the texts come from."""
    monkeypatch.setattr(counts, "LEAST_WORDS", 10)
    monkeypatch.setattr(corpora, "DATA", tmp_path)
    monkeypatch.setattr(corpora, "spun_rows", lambda: [{"text": f"Yesterday: {ENGLISH}"}])
    (tmp_path / "judged.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "other.txt").write_text(
        "Nobody at the reading room knew who had left the lamp burning all night.", "utf-8"
    )
    assert count_words.main([str(tmp_path / "*.txt"), "-o", str(tmp_path / "counts")]) == 0
    told = read_provenance(tmp_path / "counts")
    assert (told.texts, told.left_out) == (1, {counts.SHARED: 1})
    assert "Grimmer" in told.about
    assert "in 1 text." in capsys.readouterr().out
