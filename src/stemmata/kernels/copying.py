"""What it takes to make one witness out of another, if it was copied."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

NOTHING, UNKNOWN = -1, -2  # in place of the number of a word
FURTHEST = np.float32(2.0)  # difference of two readings that counts in full
EXCHANGE, OLDER, RETURN, OMIT, ADD, OWN_WORD, COMMON_WORD = range(7)  # prices by number


@kernel
def price_copies(
    codes: NDArray[np.int16],
    count: NDArray[np.int32],
    age: NDArray[np.float32],
    common: NDArray[np.bool_],
    source: NDArray[np.int32],
    copy: NDArray[np.int32],
    price: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return what each copy costs.

    Parameters
    ----------
    codes : int16 array of shape (witnesses, places)
        The number of the word that each reads; ``NOTHING`` where it has none, ``UNKNOWN`` where nobody can know, which
        costs nothing.
    count : int32 array of shape (places, most readings)
        How many witnesses have each.
    age : float32 array of shape (places, most readings)
        How likely each is the older.
    common : bool array
        For each place whether most witnesses have a word there.
    source, copy : int32 arrays
    price : float array
        Of an exchanged word; what of that it costs less at most where the new word looks younger, and more where it
        looks older; what it costs more at most where more witnesses have the new word; of a run of words that is left
        out; of one that is put in; of each word of that which few witnesses have, and of each that most have.
    """
    cost = np.zeros(len(source), np.float64)
    for k in range(len(source)):
        u, v = codes[source[k]], codes[copy[k]]
        total, before = 0.0, 0
        for j in range(len(u)):
            x, y = u[j], v[j]
            if x == UNKNOWN or y == UNKNOWN or (x < 0 and y < 0):
                continue
            if y < 0:
                if before != 1:
                    total += price[OMIT]
                before = 1
            elif x < 0:
                if before != 2:
                    total += price[ADD]
                total += price[COMMON_WORD] if common[j] else price[OWN_WORD]
                before = 2
            else:
                before = 0
                if x != y:
                    lean = min(FURTHEST, max(-FURTHEST, age[j, x] - age[j, y])) / FURTHEST
                    total += price[EXCHANGE] - price[OLDER] * lean
                    if count[j, y] > count[j, x]:
                        total += price[RETURN] * (1.0 - count[j, x] / count[j, y])
        cost[k] = total
    return cost


@kernel
def count_departures(
    codes: NDArray[np.int16], count: NDArray[np.int32], common: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return of each witness how many words are not those that most have, and how many runs it lacks or has alone."""
    words, runs = np.zeros(len(codes), np.int64), np.zeros(len(codes), np.int64)
    for w in range(len(codes)):
        before = 0
        for j in range(codes.shape[1]):
            x = codes[w, j]
            if x == UNKNOWN or (x < 0 and not common[j]):
                continue
            if x < 0 or not common[j]:
                now = 1 if x < 0 else 2
                runs[w] += before != now
                before = now
            else:
                before = 0
                words[w] += count[j, x] < count[j].max()
    return words, runs


@kernel
def count_alike(codes: NDArray[np.int16]) -> NDArray[np.int32]:
    """Return at how many places each two witnesses read the same, to have nothing being a reading."""
    size = len(codes)
    found = np.zeros((size, size), np.int32)
    for u in range(size):
        for v in range(u):
            alike = 0
            for j in range(codes.shape[1]):
                alike += codes[u, j] == codes[v, j]
            found[u, v] = found[v, u] = alike
    return found
