"""Stage beside the nine: frozen facts about the collection that other stages need."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.countfiles import read_counts
from stemmata.counting import Words, count_rows, count_words, fact_rows
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.facts import CAP, MISREAD, Facts, written
from stemmata.forms import find_forms
from stemmata.languages import FUNCTION_WORDS
from stemmata.sampling import drawn
from stemmata.sides import described
from stemmata.sitelines import number_sites
from stemmata.survey import hash_documents, survey_slots, survey_texts
from stemmata.wordpairs import SHARE

ENOUGH_WORDS = 5_000_000  # words of a language in which words and pairs are counted: more would say little more
ENOUGH_TEXT = 400_000_000  # bytes in which forms are looked for: some ten million slots
LEAST_PAIRS = 2  # a pair that was seen once is of the one text that it is judged in
MANY_CAPITALS = 0.27  # median share from which capitals are no sign of a name: German has .35, English .10-.19


@dataclass(frozen=True, kw_only=True)
class StatisticsOptions:
    """When the collection speaks for itself, and not the lists of its language.

    Parameters
    ----------
    own_words : int
        Words of one language from which its function words and word counts are the collection's own;
        1,000 or more.
    own_names : int
        Documents of one language from which its use of capitals is measured; 10 or more.
    own_pairs : int
        Words of one language from which pairs of neighbouring words are counted in the collection itself, beside
        those that ship; 1,000 or more.
    counts : tuple of str
        Files of counts of words and word pairs (``stemmata counts build``), which are added.
    misread : float
        Share of a text's words, 0 to 1, that must be unknown and look like known ones for it to count as recognised
        from a picture with errors: its words are then compared as those. With 0 all texts are, with 1 none.
    """

    own_words: int = 200_000
    own_names: int = 50
    own_pairs: int = 200_000
    counts: tuple[str, ...] = ()
    misread: float = MISREAD

    def __post_init__(self) -> None:
        given = [self.counts] if isinstance(self.counts, str | os.PathLike) else self.counts
        object.__setattr__(self, "counts", tuple(os.fspath(path) for path in given))
        check_option(self, "own_words", 1_000, 10**12)
        check_option(self, "own_names", 10, 10**12)
        check_option(self, "own_pairs", 1_000, 10**12)
        check_option(self, "misread", 0, 1)


def collect_statistics(
    documents: pa.Table,
    *,
    options: StatisticsOptions = StatisticsOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Collect the facts about a collection.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``.

    Returns
    -------
    pyarrow.Table
        ``schemas.STATISTICS``: ``documents``, ``cap`` and ``misread`` of the collection; ``words`` of each language,
        and ``names``, ``function_word`` (value: rank) and ``word_count`` where it holds enough of that language.
        What is not there is taken from the language's own lists. ``caseless``: how many texts of a language have no
        capitals, or nothing else, where others have both. ``form``: wording that recurs with other names and
        numbers in it (``forms``); ``site_line``: lines that a site puts on many of its pages (``sitelines``).
        ``counted_pair`` and ``counted_word``: how often words stand together (``wordpairs``), in the collection where
        it is large enough, and in the files of ``options.counts``; ``counted_words``: all that were counted there;
        ``counted_share``: how many of the collection's texts these were, 0 to 1.

    Raises
    ------
    MissingSource, SourceError
        A file of counts is not there, or is none.

    Notes
    -----
    Every text is cut into words once (``survey``), those of a language whose capitals prove to mark other than was
    guessed once more, and once more those in which words are counted. Parts of large collections stand for the whole:

    - Words and pairs are counted in texts of some 5 million words of a language. ``word_count`` is then scaled up to
      all its texts.
    - Forms are looked for in some 400 MB of text.
    - Of a site's pages some 5,000 are looked at.

    Which texts these are their own hashes tell (``sampling``), neither order, parts nor workers. A smaller collection
    is counted whole; so are ``words`` and ``names`` of any.
    """
    engine = engine or LocalEngine()
    counted = read_counts(options.counts)
    documents = described(documents, engine, "site")
    hashes = hash_documents(documents, engine)
    coded = pc.fill_null(documents.column("language"), "").combine_chunks().dictionary_encode()
    languages, language = coded.dictionary.to_pylist(), coded.indices.to_numpy()
    guessed = np.array([bool(code) and Facts().names(code) for code in languages], bool)[language]
    size = pc.sum(pc.binary_length(documents.column("text"))).as_py() or 0
    asked = drawn(hashes, min(1.0, ENOUGH_TEXT / max(1, size)))
    survey = survey_texts(documents, number_sites(documents.column("site"), hashes), guessed, asked, engine)
    facts = [
        ("documents", "", "", float(documents.num_rows)),
        ("cap", "", "", float(CAP)),
        ("misread", "", "", options.misread),
    ]
    names, found = guessed.copy(), []
    for number, code in enumerate(languages):
        own = language == number
        words = int(survey.words[own].sum())
        facts.append(("words", code, "", float(words)))
        shares = survey.capitals[own & ~np.isnan(survey.capitals)]
        if np.count_nonzero(own) >= options.own_names and len(shares):
            marked = bool(np.median(shares) <= MANY_CAPITALS)
            facts.append(("names", code, "", float(marked)))
            names[own] = bool(code) and marked
        bare = np.count_nonzero(survey.bare[own])
        if 0 < bare < np.count_nonzero(own):
            facts.append(("caseless", code, "", float(bare)))
        alone, paired = words >= options.own_words, bool(code) and words >= options.own_pairs
        if not (alone or paired):
            continue
        share = min(1.0, ENOUGH_WORDS / words)
        own &= drawn(hashes, share)
        spoken, pairs = count_words(documents.filter(pa.array(own)), engine, words=alone, pairs=paired)
        if spoken:
            found += _own_words(code, spoken, words / max(1, int(survey.words[own].sum())))
        if pairs:
            facts.append((SHARE, code, "", share))
            counted.append(count_rows(code, *pairs, LEAST_PAIRS))
    forms = find_forms(_gathered(documents, survey.slots, names, asked & (names != guessed), engine))
    for fact, kept in (("form", forms), ("site_line", survey.lines)):
        found.append(fact_rows(fact, "", pa.array(written(kept), pa.string()), np.ones(len(kept))))
    return schemas.STATISTICS.sort(pa.concat_tables([_table(facts), *found, _added(counted)]))


def of_sample(statistics: pa.Table, documents: int, share: float) -> pa.Table:
    """Return the facts about a collection of so many documents, given those about a share of it, drawn by texts.

    Parameters
    ----------
    statistics : pyarrow.Table
        As :func:`collect_statistics` returns them of the share.
    share : float
        Of all texts, in bytes, above 0 to 1.
    """
    facts, values = statistics.column("fact").to_pylist(), statistics.column("value").to_numpy().copy()
    for row, fact in enumerate(facts):
        if fact == "documents":
            values[row] = documents
        elif fact == SHARE:
            values[row] *= share
        elif fact in ("words", "word_count"):
            values[row] = np.round(values[row] / share)
    return statistics.set_column(statistics.column_names.index("value"), "value", pa.array(values))


def _gathered(
    documents: pa.Table, slots: pa.Table, names: NDArray[np.bool_], wrong: NDArray[np.bool_], engine: Engine
) -> pa.Table:
    """Gather anew the slots of documents of which it was guessed wrongly whether names fill them."""
    rows = np.flatnonzero(wrong)
    if not len(rows):
        return slots
    right = slots.filter(pa.array(~wrong[slots.column("row").to_numpy()]))
    return pa.concat_tables([right, survey_slots(documents, rows, names[rows], engine)])


def _added(tables: list[pa.Table]) -> pa.Table:
    """Return counts with those of one word, or pair, added up."""
    if len(tables) < 2:
        return tables[0] if tables else schemas.STATISTICS.empty()
    added = pa.concat_tables(tables).group_by(["fact", "language", "word"]).aggregate([("value", "sum")])
    return schemas.STATISTICS.check(added.rename_columns({"value_sum": "value"}))


def _table(facts: list[tuple[str, str, str, float]]) -> pa.Table:
    names = schemas.STATISTICS.arrow.names
    return schemas.STATISTICS.table(dict(zip(names, fact, strict=True)) for fact in facts)


def _own_words(language: str, words: Words, scale: float) -> list[pa.Table]:
    """Return the function words of a language, and how often each word stands in all texts, some of them counted."""
    table = pa.table({"word": words.spelling, "times": words.times})
    table = table.sort_by([("times", "descending"), ("word", "ascending")])
    spellings, times = table.column("word").combine_chunks(), np.round(table.column("times").to_numpy() * scale)
    first = spellings[:FUNCTION_WORDS]
    ranks = np.arange(1.0, len(first) + 1)
    return [
        fact_rows("function_word", language, first, ranks),
        fact_rows("word_count", language, spellings, times),
    ]
