"""Words that were recognised wrongly, read as the known ones that they look like.

A noisy channel (Kernighan, Church and Gale 1990): of all ways to read what stands there, the one that costs least, by how
rare its words are and how far the letters had to change. Costs are -ln of probabilities. Known words at a small distance
are found by what is left of both when letters are taken out (Mor and Fraenkel 1982).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.tokenise import NUMBER

LONGEST = 20  # letters of a word that is looked up
DEEP = 6  # letters from which two are taken out, and not one
FNV, PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
SPREAD, HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
SHIFT = np.uint64(48)  # keys are looked up by their highest 16 bits first
# what it costs that a letter is seen as one like it, as any, as itself with another mark; that one is added or lost;
# that two are seen as one that they look like; that a space is overlooked, or seen where none is
ALIKE, UNLIKE, MARKED, ADDED, RUN, SPACE = 3.0, 5.5, 1.5, 5.5, 3.0, 4.0
UNKNOWN, EACH = 6.0, 1.6  # what a word costs that is not known, and each of its letters
UNREAD = 10.0  # the same of what is no word of few letters: it is not read in another way
BAND = 2  # letters by which a word and the one as which it is read may be out of step
NEARLY = 1e-9  # what sums of costs may differ by
GAP, MOST_JOINED = 1, 4  # code points between words that may be one, and how many these are at most
AS_IT_STANDS, MENDED, PARTED = 0, 1, 2


class Lexicon(NamedTuple):
    """The words of a language, ready to be found by words that look like them.

    Parameters
    ----------
    points, first : uint32 and int64 arrays
        Their small letters, word after word, and where each begins; one longer than the words.
    word : uint64 array
        Their hashes, as ``tokenise`` makes them.
    cost : float64 array
        -ln of their shares.
    slots : int32 array, as long as a power of two
        One more than the word whose hash has the lowest bits of its place, or would if the one before were free; else 0.
    keys, entry : uint64 and int32 arrays
        What is left of each with letters taken out, ascending, and of which word.
    heads : int64 array of 65,537
        Where the keys of each beginning begin.
    lower, fold : uint32 arrays
        The small letter of each code point, and that without marks.
    shapes : uint32 array
        By letter, a bit for each group of letters that look alike.
    runs : uint32 array of shape (n, 3)
        A letter, and two in a row that look like it.
    """

    points: NDArray[np.uint32]
    first: NDArray[np.int64]
    word: NDArray[np.uint64]
    cost: NDArray[np.float64]
    slots: NDArray[np.int32]
    keys: NDArray[np.uint64]
    entry: NDArray[np.int32]
    heads: NDArray[np.int64]
    lower: NDArray[np.uint32]
    fold: NDArray[np.uint32]
    shapes: NDArray[np.uint32]
    runs: NDArray[np.uint32]


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
def hash_without(letters: NDArray[np.uint32], one: int, other: int) -> np.uint64:
    """Return the hash of a word's letters without two of them; -1: without none."""
    value = FNV
    for k in range(len(letters)):
        if k != one and k != other:
            value = (value ^ np.uint64(letters[k])) * PRIME
    value *= SPREAD
    return value ^ (value >> HALF)


@kernel
def count_left(letters: int) -> int:
    """Return in how many ways one letter, two or none can be taken out of a word of so many."""
    return 1 + letters + (letters * (letters - 1) // 2 if letters >= DEEP else 0)


@kernel
def take_out(letters: NDArray[np.uint32], keys: NDArray[np.uint64], deep: bool) -> int:
    """Write the hashes of what is left of a word with one letter or none taken out; return how many they are.

    With ``deep`` also of long ones with two.
    """
    size = len(letters)
    keys[0] = hash_without(letters, -1, -1)
    count = 1
    for one in range(size):
        keys[count] = hash_without(letters, one, -1)
        count += 1
        if deep and size >= DEEP:
            for other in range(one + 1, size):
                keys[count] = hash_without(letters, one, other)
                count += 1
    return count


@kernel
def take_out_of_all(
    points: NDArray[np.uint32], first: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return what ``take_out`` writes of each word, and which word it is of."""
    count = 0
    for word in range(len(first) - 1):
        count += count_left(first[word + 1] - first[word])
    keys, entry = np.empty(count, np.uint64), np.empty(count, np.int32)
    count = 0
    for word in range(len(first) - 1):
        more = take_out(points[first[word] : first[word + 1]], keys[count:], True)
        entry[count : count + more] = word
        count += more
    return keys, entry


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
def fill_slots(word: NDArray[np.uint64], slots: NDArray[np.int32]) -> None:
    """Fill ``Lexicon.slots``; of equal hashes the first word is kept."""
    mask = len(slots) - 1
    for entry in range(len(word)):
        at = np.int64(word[entry] & np.uint64(mask))
        while slots[at] and word[slots[at] - 1] != word[entry]:
            at = (at + 1) & mask
        if not slots[at]:
            slots[at] = entry + 1


@kernel
def find_word(value: np.uint64, word: NDArray[np.uint64], slots: NDArray[np.int32]) -> int:
    """Return which word has a hash; -1 for none."""
    mask = len(slots) - 1
    at = np.int64(value & np.uint64(mask))
    while slots[at]:
        if word[slots[at] - 1] == value:
            return slots[at] - 1
        at = (at + 1) & mask
    return -1


@kernel
def count_unknown(
    word: NDArray[np.uint64],
    first: NDArray[np.int64],
    most: int,
    known: NDArray[np.uint64],
    slots: NDArray[np.int32],
    share: NDArray[np.float64],
) -> None:
    """Fill in of each text the share of its words that are not among ``known``; 0 of one without words.

    Of a text of twice as many words as ``most`` and more, only as many as that are looked at, evenly spread.
    """
    for text in range(len(first) - 1):
        step = max(1, (first[text + 1] - first[text]) // most)
        looked = unknown = 0
        for i in range(first[text], first[text + 1], step):
            looked += 1
            unknown += find_word(word[i], known, slots) < 0
        share[text] = unknown / looked if looked else 0.0


@kernel
def nearest_word(
    letters: NDArray[np.uint32], most: float, deep: bool, lexicon: Lexicon, room: Room
) -> tuple[int, float]:
    """Return the word that is cheapest to read where letters stand, and its cost; -1 where none costs less than ``most``.

    Of words that cost the same, the first.
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
    """Return what ``nearest_word`` does, also where two letters were seen as the one that they look like, or one as two."""
    found, best = nearest_word(letters, most, True, lexicon, room)
    size = len(letters)
    for run in lexicon.runs:
        for k in range(size):
            if k + 1 < size and letters[k] == run[1] and letters[k + 1] == run[2]:
                room.letters[:k], room.letters[k], room.letters[k + 1 : size - 1] = (
                    letters[:k],
                    run[0],
                    letters[k + 2 :],
                )
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
    """Write the small letters of code points [begin, end) behind the first ``count``; return how many there are then."""
    for k in range(begin, end):
        point = points[k]
        letters[count] = lower[point] if point < len(lower) else point
        count += 1
    return count


@kernel
def mend_words(
    points: NDArray[np.uint32],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    word: NDArray[np.uint64],
    flags: NDArray[np.uint8],
    lexicon: Lexicon,
    begins: NDArray[np.int32],
    ends: NDArray[np.int32],
    read: NDArray[np.uint64],
    place: NDArray[np.int32],
) -> tuple[int, int]:
    """Read the words of a text as the known ones that they look like; return how many there are, and how many differ.

    Known words stay; unknown ones are changed, parted where a space was overlooked, and joined where one was seen that
    is not there, if that costs less than to leave them.

    Parameters
    ----------
    points : uint32 array
        The code points of the text.
    start, end, word, flags : arrays
        Its words, as ``tokenise`` leaves them.
    begins, ends, read : arrays
        As long as twice the words; filled with the words as they are read.
    place : int32 array
        As long; filled with the word at which each begins.
    """
    size = len(word)
    letters = np.empty(LONGEST, np.uint32)
    room = Room(
        np.empty(count_left(LONGEST + 1), np.uint64),
        np.empty(LONGEST + 1, np.uint32),
        np.empty((LONGEST + 2, LONGEST + 2)),
        np.zeros(len(lexicon.word), np.int64),
        np.zeros(1, np.int64),
    )
    alone = np.empty(size)  # what the best reading of each word by itself costs
    way = np.zeros(size, np.uint8)
    first_read, second_read, cut_at = np.full(size, -1), np.full(size, -1), np.zeros(size, np.int32)
    unknown = np.zeros(size, np.bool_)
    for i in range(size):
        length = end[i] - start[i]
        entry = find_word(word[i], lexicon.word, lexicon.slots)
        if entry >= 0:
            alone[i] = lexicon.cost[entry]
            unknown[i] = length == 1
            continue
        alone[i] = UNREAD
        unknown[i] = length <= LONGEST
        if flags[i] & NUMBER or not unknown[i]:
            continue
        alone[i] = UNKNOWN + EACH * length
        add_letters(points, start[i], end[i], lexicon.lower, letters, 0)
        found, cost = nearest_with_runs(letters[:length], alone[i], lexicon, room)
        if found >= 0:
            alone[i], way[i], first_read[i] = cost, MENDED, found
        for cut in range(1, length):
            left, cost = nearest_word(letters[:cut], alone[i] - SPACE, False, lexicon, room)
            if left >= 0:
                right, more = nearest_word(letters[cut:length], alone[i] - SPACE - cost, False, lexicon, room)
                if right >= 0:
                    alone[i], way[i] = cost + SPACE + more, PARTED
                    first_read[i], second_read[i], cut_at[i] = left, right, cut
    best, joined, over = np.empty(size + 1), np.full(size + 1, -1), np.ones(size + 1, np.int64)
    best[0] = 0.0
    for i in range(size):
        best[i + 1] = best[i] + alone[i]
        odd, gaps = unknown[i], 0
        for j in range(i - 1, max(i - MOST_JOINED, -1), -1):
            odd |= unknown[j]
            gaps += start[j + 1] - end[j]
            if gaps > GAP or end[i] - start[j] - gaps > LONGEST:
                break
            if not odd:
                continue
            count = 0
            for k in range(j, i + 1):
                count = add_letters(points, start[k], end[k], lexicon.lower, letters, count)
            price = SPACE if gaps else 0.0
            found, cost = nearest_word(letters[:count], best[i + 1] - best[j] - price, True, lexicon, room)
            if found >= 0:
                best[i + 1], joined[i + 1], over[i + 1] = best[j] + price + cost, found, i + 1 - j
    lead, width = np.full(size, -1), np.ones(size, np.int64)  # what is read over words that are one
    i = size
    while i > 0:
        whole, steps = joined[i], over[i]
        i -= steps
        lead[i], width[i] = whole, steps
    count = changed = i = 0
    while i < size:
        begins[count], ends[count], read[count], place[count] = start[i], end[i], word[i], i
        step = width[i]
        if lead[i] >= 0:
            ends[count], read[count] = end[i + step - 1], lexicon.word[lead[i]]
        elif way[i] != AS_IT_STANDS:
            read[count] = lexicon.word[first_read[i]]
        changed += step > 1 or way[i] != AS_IT_STANDS
        count += 1
        if step == 1 and way[i] == PARTED:
            ends[count - 1] = begins[count] = start[i] + cut_at[i]
            ends[count], read[count], place[count] = end[i], lexicon.word[second_read[i]], i
            count += 1
        i += step
    return count, changed
