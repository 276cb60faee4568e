"""Words that were recognised wrongly, read as the known ones that they look like: the way that costs least."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.lexicons import LONGEST, Lexicon, find_word
from stemmata.kernels.lookalikes import add_letters, make_room, nearest_with_runs, nearest_word
from stemmata.kernels.tokenise import NUMBER

SPACE = 4.0  # what it costs that a space is overlooked, or seen where none is
UNKNOWN, EACH = 6.0, 1.6  # what a word costs that is not known, and each of its letters
RARE, SURE = 11.0, 3.0  # cost from which a known word may be another one, and how much cheaper that must be
UNREAD = 10.0  # the same of what is no word of few letters: it is not read in another way
GAP, MOST_JOINED = 1, 4  # code points between words that may be one, and how many these are at most
AS_IT_STANDS, MENDED, PARTED = 0, 1, 2


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
    room = make_room(len(lexicon.word))
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
            if length > 1 and alone[i] > RARE:
                add_letters(points, start[i], end[i], lexicon.lower, letters, 0)
                found, cost = nearest_word(letters[:length], alone[i] - SURE, False, lexicon, room)
                if found >= 0:
                    alone[i], way[i], first_read[i] = cost, MENDED, found
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
            found, cost = nearest_with_runs(letters[:count], best[i + 1] - best[j] - price, lexicon, room)
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
        changed += step if step > 1 or way[i] != AS_IT_STANDS else 0
        count += 1
        if step == 1 and way[i] == PARTED:
            ends[count - 1] = begins[count] = start[i] + cut_at[i]
            ends[count], read[count], place[count] = end[i], lexicon.word[second_read[i]], i
            count += 1
        i += step
    return count, changed
