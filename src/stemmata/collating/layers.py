"""A collation taken apart by kinds of variant, so that each kind can count as much as one likes.

Two readings differ in one kind: the first of ``KINDS`` in which they do. *Arma,* and *arma* differ in case and *Arma*
and *Arma,* in punctuation; beside *viros* both are another word, and no more. So with equal weights two witnesses
differ as often as in the plain codes of the collation; what moved comes on top.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING, OMISSION, Codes, Collation
from stemmata.collating.normalising import ABBREVIATION, SPELLING, Rules, hash_together, small
from stemmata.collating.patterns import LONGEST
from stemmata.errors import OptionError, SchemaError
from stemmata.tokens import hash_words, read_words

KINDS = ("omission", "word", "spelling", "abbreviation", "case", "punctuation", "moved")
HEAVIEST = 10.0
NEAR = 0.2
MOST_COMPARED = 32  # words at one place: where more stand, their spelling is not compared


class Layers(NamedTuple):
    """What different witnesses read, by kinds of variant; only columns in which witnesses differ.

    Parameters
    ----------
    codes : int32 array of shape (witnesses, columns)
        Numbers of what is told apart; ``MISSING`` of a witness that the column says nothing about.
    weights : float64 array of shape (columns,)
        What a difference counts, above 0 to 10.
    place : int32 array of shape (columns,)
        The place of the collation that each column comes from, ascending.
    kinds : tuple of str
        The kind of each column.
    """

    codes: Codes
    weights: NDArray[np.float64]
    place: NDArray[np.int32]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class _Form:
    """What is left of a reading: more and more is taken away, and each follows from the one before."""

    whole: str
    words: tuple[str, ...]
    small: tuple[str, ...]
    expanded: tuple[str, ...]
    normal: tuple[str, ...]
    folded: tuple[int | str, ...]


_STEPS: tuple[tuple[str, Callable[[_Form], object]], ...] = (
    ("spelling", lambda form: form.expanded),
    ("abbreviation", lambda form: form.small),
    ("case", lambda form: form.words),
    ("punctuation", lambda form: form.whole),
)


def layer(
    collation: Collation,
    rules: Rules | None = None,
    weights: Mapping[str, float] | None = None,
    *,
    near: float = NEAR,
    codes: Codes | None = None,
) -> Layers:
    """Take a collation apart.

    Parameters
    ----------
    collation : Collation
    rules : Rules, optional
        That make spellings equal; by default none, and words are equal that the tokeniser folds alike.
    weights : mapping of str to float, optional
        What a difference of a kind counts, 0 to 10; by default 1. Columns that count 0 are left out.
    near : float
        Up to what share of the letters of the longer word, 0 to 1, may be put in, left out or exchanged between two
        words that count as one in other spelling. By default a fifth: *soote* and *swote*, but no shorter words; also
        *dominus* and *dominum*.
    codes : int32 array of shape (witnesses, places), optional
        What of the collation tells; by default all its codes.

    Returns
    -------
    Layers
        At each place one column for omissions (whether a witness has nothing), one for words, one for spelling in
        each group of witnesses that have one word, and so on down to punctuation: witnesses outside the group are
        ``MISSING``. For what moved there is one column for each run of places where the same witnesses have it
        elsewhere.

    Raises
    ------
    OptionError
        A weight, or ``near``, is out of its range, or a kind is not known.
    SchemaError
        The codes are of another shape than the collation's.
    """
    heavy = check_weights(weights or {})
    if not 0 <= near <= 1:
        raise OptionError(
            f"near must lie between 0 and 1, and is {near!r}.", where="option near", mend="choose 0.2, say."
        )
    codes = collation.codes if codes is None else codes
    if codes.shape != collation.codes.shape:
        raise SchemaError(
            f"codes have the shape {codes.shape}, not {collation.codes.shape}.", where="layer", mend="give its own."
        )
    forms = _forms(collation, rules or Rules())
    columns = [
        (place, KINDS.index(kind), column)
        for place, readings in enumerate(collation.readings)
        for kind, column in _columns(readings, codes[:, place], forms, near)
    ]
    columns += [(place, KINDS.index("moved"), column) for place, column in collation.moves(codes)]
    columns = sorted((one for one in columns if heavy[KINDS[one[1]]]), key=lambda one: one[:2])
    stacked = [column for *_, column in columns]
    kinds = tuple(KINDS[kind] for _, kind, _ in columns)
    return Layers(
        np.stack(stacked, axis=1) if stacked else np.zeros((len(codes), 0), np.int32),
        np.array([heavy[kind] for kind in kinds], np.float64),
        np.array([place for place, *_ in columns], np.int32),
        kinds,
    )


def check_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weight of each kind, 1 where none is given.

    Raises
    ------
    OptionError
        A kind is not known, or a weight is no number from 0 to 10.
    """
    for kind, weight in weights.items():
        if kind not in KINDS:
            raise OptionError(
                f"there is no kind of variant {kind!r}.", where="weights", mend=f"choose of {', '.join(KINDS)}."
            )
        number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not (number and 0 <= weight <= HEAVIEST):
            raise OptionError(
                f"the weight of {kind!r} must lie between 0 and {HEAVIEST:g}, and is {weight!r}.",
                where="weights",
                mend="choose a number from 0, which leaves the kind out, to 10; a usual one is 1.",
            )
    return {kind: float(weights.get(kind, 1.0)) for kind in KINDS}


def read_weights(text: str) -> dict[str, float]:
    """Return weights as a command line has them: ``punctuation=0.2,case=0.5``.

    Raises
    ------
    OptionError
        It is no such list, names a kind twice, or as :func:`check_weights`.
    """
    found: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        kind, _, number = (side.strip() for side in part.partition("="))
        try:
            weight = float(number)
        except ValueError:
            weight = math.nan
        if math.isnan(weight) or kind in found:
            raise OptionError(
                f"{part[:60]!r} is no weight of a kind, or the second one.",
                where="weights",
                mend="write kinds and numbers with commas between them: punctuation=0.2,case=0.5.",
            )
        found[kind] = weight
    check_weights(found)
    return found


def _columns(
    readings: Sequence[str], codes: NDArray[np.int32], forms: Mapping[str, _Form], near: float
) -> Iterator[tuple[str, NDArray[np.int32]]]:
    """Yield the columns of one place that tell witnesses apart."""
    present = [int(code) for code in np.unique(codes) if code != MISSING]
    if len(present) < 2:
        return
    words = [code for code in present if readings[code] != OMISSION]
    if len(words) < len(present):
        yield "omission", _column(codes, len(readings), [[code for code in present if code not in words], words])
    groups = _words({code: forms[readings[code]] for code in words}, near)
    if len(groups) > 1:
        yield "word", _column(codes, len(readings), groups)
    for kind, key in _STEPS:
        finer: list[list[int]] = []
        for group in groups:
            parts: dict[object, list[int]] = {}
            for code in group:
                parts.setdefault(key(forms[readings[code]]), []).append(code)
            if len(parts) > 1:
                yield kind, _column(codes, len(readings), list(parts.values()))
            finer += parts.values()
        groups = finer


def _column(codes: NDArray[np.int32], readings: int, groups: Sequence[Sequence[int]]) -> NDArray[np.int32]:
    numbers = np.full(readings + 1, MISSING, np.int32)  # the last stands for what is missing
    for number, group in enumerate(groups):
        numbers[list(group)] = number
    column: NDArray[np.int32] = numbers[codes]
    return column


def _words(forms: Mapping[int, _Form], near: float) -> list[list[int]]:
    """Return groups of readings that are one word: equal, or near by way of others."""
    groups: dict[tuple[int | str, ...], list[int]] = {}
    for code, form in forms.items():
        groups.setdefault(form.folded, []).append(code)
    listed = list(groups.values())
    if not near or not 1 < len(listed) <= MOST_COMPARED:
        return listed
    normal = [" ".join(forms[group[0]].normal) for group in listed]
    joined = list(range(len(listed)))
    for b in range(len(listed)):
        for a in range(b):
            if joined[a] != joined[b] and is_near(normal[a], normal[b], near):
                joined = [joined[a] if one == joined[b] else one for one in joined]
    merged: dict[int, list[int]] = {}
    for group, number in zip(listed, joined, strict=True):
        merged.setdefault(number, []).extend(group)
    return [sorted(group) for group in merged.values()]


def is_near(a: str, b: str, near: float) -> bool:
    """Say whether few letters put in, left out or exchanged (Levenshtein 1966) turn one word into the other.

    As many as ``near`` times the letters of the longer, at most. Of words of more than 50 letters none are near.
    """
    if len(a) > len(b):
        a, b = b, a
    most = int(near * len(b) + 1e-9)
    if len(b) > LONGEST or len(b) - len(a) > most:
        return False
    before = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other)))
        if min(row) > most:
            return False
        before = row
    return before[-1] <= most


def _forms(collation: Collation, rules: Rules) -> dict[str, _Form]:
    """Return what is left of each reading."""
    readings = sorted({reading for here in collation.readings for reading in here} - {OMISSION})
    tokens = read_words(pa.array(readings, pa.large_string()))
    forms = []
    for number, reading in enumerate(readings):
        own = tokens[number]
        spans = zip(own.start.tolist(), own.end.tolist(), strict=True)
        words = tuple(unicodedata.normalize("NFC", reading[start:end]) for start, end in spans) or (reading.strip(),)
        lower = tuple(map(small, words))
        expanded = tuple(rules.apply(word, (ABBREVIATION,)) for word in lower)
        forms.append((reading, words, lower, expanded, tuple(rules.apply(word, (SPELLING,)) for word in expanded)))
    normal = sorted({word for *_, words in forms for word in words})
    hashed = zip(normal, hash_words(normal).tolist(), strict=True)
    folded = {word: single or int(hash_together(word)) or word for word, single in hashed}  # a sign is itself
    return {form[0]: _Form(*form, tuple(folded[word] for word in form[-1])) for form in forms}
