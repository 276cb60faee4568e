"""What it costs to take one word for another, and the cheapest word to read where some letters stand.

Costs are -ln of probabilities, of how rare a word is and how far the letters had to change (a noisy channel: Kernighan,
Church and Gale 1990).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.lexicons import LONGEST, SHIFT, Lexicon, count_left, find_word, take_out
from stemmata.kernels.tokenise import CLASS, DIGIT, LETTER, NUMBER, SINGLE

# that a letter is seen as one like it, as any, as itself with another mark; that one is added or lost; that two are
# seen as one that they look like
ALIKE, UNLIKE, MARKED, ADDED, RUN = 3.0, 5.5, 1.5, 5.5, 3.0
BAND = 2  # letters by which a word and the one as which it is read may be out of step
NEARLY = 1e-9  # what sums of costs may differ by
STEPS, OUT_OF_STEP = 64, 0.15  # letters by which two passages may be out of step, and share of the longer one
FAR = 1.6  # cost for each letter up to which two known words in one place are the same
FARTHER = 4.0  # the same where one is unknown


class Room(NamedTuple):
    """What is written on while words are looked for.

    Parameters
    ----------
    keys : uint64 array
        What is left of a word with letters taken out.
    letters : uint32 array
        A word, read in another way.
    cost : two-dimensional float64 array
        Of one more letter each than a word has.
    asked, query : int64 arrays
        At which query each word of the lexicon was last looked at; how many queries there were, shape (1,).
    """

    keys: NDArray[np.uint64]
    letters: NDArray[np.uint32]
    cost: NDArray[np.float64]
    asked: NDArray[np.int64]
    query: NDArray[np.int64]


@kernel
def make_room(words: int) -> Room:
    """Return room for a lexicon of so many words."""
    return Room(
        np.empty(count_left(LONGEST + 1), np.uint64),
        np.empty(LONGEST + 1, np.uint32),
        np.empty((LONGEST + 2, LONGEST + 2)),
        np.zeros(words, np.int64),
        np.zeros(1, np.int64),
    )


@kernel
def change_cost(
    seen: NDArray[np.uint32], meant: NDArray[np.uint32], most: float, lexicon: Lexicon, cost: NDArray[np.float64]
) -> float:
    """Return what it costs that one word was seen where another was meant; infinite where it is ``most`` or more.

    ``cost`` is room of one more letter each than they have. No more than two letters in a row are added or lost.
    """
    fold, shapes = lexicon.fold, lexicon.shapes
    size = len(meant)
    for i in range(len(seen) + 1):
        low, high = max(0, i - BAND), min(size, i + BAND)
        least = np.inf
        if low:
            cost[i, low - 1] = np.inf
        for j in range(low, high + 1):
            best = 0.0 if i == 0 and j == 0 else np.inf
            if i and j:
                one, other = seen[i - 1], meant[j - 1]
                best = cost[i - 1, j - 1]
                if one != other:
                    bare = fold[one] if one < len(fold) else one
                    bare_other = fold[other] if other < len(fold) else other
                    if bare == bare_other:
                        best += MARKED
                    elif bare < len(shapes) and bare_other < len(shapes) and shapes[bare] & shapes[bare_other]:
                        best += ALIKE
                    else:
                        best += UNLIKE
            if i:
                best = min(best, cost[i - 1, j] + ADDED)
            if j:
                best = min(best, cost[i, j - 1] + ADDED)
            cost[i, j] = best
            least = min(least, best)
        if high < size:
            cost[i, high + 1] = np.inf
        if least >= most:
            return np.inf
    return cost[len(seen), size] if abs(len(seen) - size) <= BAND else np.inf


@kernel
def nearest_word(
    letters: NDArray[np.uint32], most: float, deep: bool, lexicon: Lexicon, room: Room
) -> tuple[int, float]:
    """Return the word that is cheapest to read where letters stand, and its cost.

    -1 where none costs less than ``most``. Of words that cost the same, the first.
    """
    best, found = most, -1
    room.query[0] += 1
    count = take_out(letters, room.keys, deep)
    for k in range(count):
        key = room.keys[k]
        at, end = lexicon.heads[key >> SHIFT], lexicon.heads[(key >> SHIFT) + np.uint64(1)]
        while at < end and lexicon.keys[at] < key:
            at += 1
        while at < end and lexicon.keys[at] == key:
            word = lexicon.entry[at]
            at += 1
            if lexicon.cost[word] > best or room.asked[word] == room.query[0]:
                continue
            room.asked[word] = room.query[0]
            meant = lexicon.points[lexicon.first[word] : lexicon.first[word + 1]]
            cost = lexicon.cost[word] + change_cost(
                letters, meant, best - lexicon.cost[word] + NEARLY, lexicon, room.cost
            )
            if cost < best or (cost == best and word < found):
                best, found = cost, word
    return found, best


@kernel
def nearest_with_runs(letters: NDArray[np.uint32], most: float, lexicon: Lexicon, room: Room) -> tuple[int, float]:
    """Return what ``nearest_word`` does, also where two letters were seen as one that they look like, or one as two."""
    found, best = nearest_word(letters, most, True, lexicon, room)
    size = len(letters)
    for run in lexicon.runs:
        for k in range(size):
            if k + 1 < size and letters[k] == run[1] and letters[k + 1] == run[2]:
                room.letters[:k], room.letters[k + 1 : size - 1] = letters[:k], letters[k + 2 :]
                room.letters[k] = run[0]
                other, cost = nearest_word(room.letters[: size - 1], best - RUN, False, lexicon, room)
            elif letters[k] == run[0]:
                room.letters[:k], room.letters[k + 2 : size + 1] = letters[:k], letters[k + 1 :]
                room.letters[k], room.letters[k + 1] = run[1], run[2]
                other, cost = nearest_word(room.letters[: size + 1], best - RUN, False, lexicon, room)
            else:
                continue
            if other >= 0:
                found, best = other, cost + RUN
    return found, best


@kernel
def add_letters(
    points: NDArray[np.uint32],
    begin: int,
    end: int,
    lower: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    count: int,
) -> int:
    """Write the small letters of code points [begin, end) behind the first ``count``; return how many there are."""
    for k in range(begin, end):
        point = points[k]
        letters[count] = lower[point] if point < len(lower) else point
        count += 1
    return count


@kernel
def match_alike(
    points_a: NDArray[np.uint32],
    start_a: NDArray[np.int32],
    end_a: NDArray[np.int32],
    flags_a: NDArray[np.uint8],
    word_a: NDArray[np.uint64],
    ids_a: NDArray[np.int32],
    points_b: NDArray[np.uint32],
    start_b: NDArray[np.int32],
    end_b: NDArray[np.int32],
    flags_b: NDArray[np.uint8],
    word_b: NDArray[np.uint64],
    ids_b: NDArray[np.int32],
    path: NDArray[np.int32],
    farther: float,
    lexicon: Lexicon,
) -> None:
    """Give words of a that are set against others of b the ids of those where their letters look alike.

    Numbers, and words of more than ``LONGEST`` letters, are left as they are.

    Parameters
    ----------
    points_a, points_b : uint32 arrays
        The code points of both texts.
    start_a, ... : arrays
        Their words; ``ids_a`` is changed.
    path : int32 array, by word of a
        The word of b set against each; -1: none.
    farther : float
        Cost for each letter up to which words are the same of which one is unknown.
    """
    seen, meant = np.empty(LONGEST, np.uint32), np.empty(LONGEST, np.uint32)
    cost = np.empty((LONGEST + 2, LONGEST + 2))
    for i in range(len(path)):
        j = path[i]
        if j < 0 or ids_a[i] == ids_b[j] or (flags_a[i] | flags_b[j]) & NUMBER:
            continue
        size, other = end_a[i] - start_a[i], end_b[j] - start_b[j]
        if max(size, other) > LONGEST:
            continue
        add_letters(points_a, start_a[i], end_a[i], lexicon.lower, seen, 0)
        add_letters(points_b, start_b[j], end_b[j], lexicon.lower, meant, 0)
        known = find_word(word_a[i], lexicon.word, lexicon.slots) >= 0
        known &= find_word(word_b[j], lexicon.word, lexicon.slots) >= 0
        most = (FAR if known else farther) * max(size, other)
        if change_cost(seen[:size], meant[:other], most, lexicon, cost) < most:
            ids_a[i] = ids_b[j]


@kernel
def letters_of(
    points: NDArray[np.uint32], lower: NDArray[np.uint32], properties: NDArray[np.uint16]
) -> NDArray[np.uint32]:
    """Return the letters and digits among some code points, as small ones."""
    letters = np.empty(len(points), np.uint32)
    count = 0
    for point in points:
        if point < len(properties) and properties[point] & CLASS in (LETTER, SINGLE, DIGIT):
            letters[count] = lower[point]
            count += 1
    return letters[:count]


@kernel
def shared_letters(
    a: NDArray[np.uint32], b: NDArray[np.uint32], lower: NDArray[np.uint32], properties: NDArray[np.uint16]
) -> float:
    """Return the share of letters and digits that two passages have in common, in order, 1 less the edits they take.

    Whatever else stands there is left out, and case. Passages may be out of step by ``STEPS``, or a share of the longer
    one; what lies further apart does not count (Ukkonen 1985).
    """
    one, other = letters_of(a, lower, properties), letters_of(b, lower, properties)
    longer = max(len(one), len(other))
    band = max(STEPS, int(OUT_OF_STEP * longer))
    if not longer or abs(len(one) - len(other)) > band:
        return 0.0
    before, row = np.arange(len(other) + 1), np.empty(len(other) + 1, np.int64)
    for i in range(1, len(one) + 1):
        low, high = max(0, i - band), min(len(other), i + band)
        for j in range(low, high + 1):
            best = i + j
            if j:
                best = before[j - 1] + (one[i - 1] != other[j - 1])
            if j > low:
                best = min(best, row[j - 1] + 1)
            if j < i + band:
                best = min(best, before[j] + 1)
            row[j] = best
        before, row = row, before
    return 1.0 - before[len(other)] / longer
