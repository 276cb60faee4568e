"""Trees with two branches at each inner node, made shorter by moving one part at a time (Fitch 1971, Goloboff 1996).

A tree has leaves 0 to n - 1 and inner nodes n to 2n - 3. ``near[v]`` names the neighbours of a node, three of an inner
one and one, the first, of a leaf. ``sides[v, k]`` holds for each pattern the readings, a bit for each, that cost least
in the part of the tree that holds v when it is cut from its k-th neighbour: any other reading costs one change more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel

Near = NDArray[np.int32]
Bits = NDArray[np.unsignedinteger]


@inlined
def slot(near: Near, v: int, neighbour: int) -> int:
    """Return under which number a node names a neighbour."""
    return 0 if near[v, 0] == neighbour else 1 if near[v, 1] == neighbour else 2


@inlined
def rename(near: Near, v: int, old: int, new: int) -> None:
    """Have a node name another neighbour in place of one."""
    near[v, slot(near, v, old)] = new


@kernel
def join(a: Bits, b: Bits, joined: Bits) -> None:
    """Set the readings that cost least where two parts meet."""
    for k in range(len(a)):
        both = a[k] & b[k]
        joined[k] = both if both != 0 else a[k] | b[k]


@kernel
def count_apart(a: Bits, b: Bits, weight: NDArray[np.int64]) -> np.int64:
    """Return the weight of the patterns in which two parts share no reading."""
    cost = np.int64(0)
    for k in range(len(a)):
        cost += weight[k] if (a[k] & b[k]) == 0 else 0
    return cost


@kernel
def walk(near: Near, start: int, order: NDArray[np.int32], above: NDArray[np.int32]) -> int:
    """Set the nodes that hang together with a leaf, each after the one ``above`` it; return how many they are."""
    order[0], above[start] = start, -1
    n = 1
    done = 0
    while done < n:
        v = order[done]
        done += 1
        for k in range(3):
            u = near[v, k]
            if u >= 0 and u != above[v]:
                above[u] = v
                order[n] = u
                n += 1
    return n


@kernel
def fill_sides(near: Near, start: int, weight: NDArray[np.int64], sides: Bits) -> np.int64:
    """Set the sides of all inner nodes that hang together with a leaf; return the length of the tree."""
    order, above = np.empty(len(near), np.int32), np.empty(len(near), np.int32)
    n = walk(near, start, order, above)
    length = np.int64(0)
    for i in range(n - 1, 0, -1):
        v = order[i]
        if near[v, 1] < 0:
            continue
        k = slot(near, v, above[v])
        a, b = near[v, (k + 1) % 3], near[v, (k + 2) % 3]
        left, right = sides[a, slot(near, a, v)], sides[b, slot(near, b, v)]
        length += count_apart(left, right, weight)
        join(left, right, sides[v, k])
    last = near[start, 0]
    length += count_apart(sides[start, 0], sides[last, slot(near, last, start)], weight)
    for i in range(1, n):
        v = order[i]
        if near[v, 1] < 0:
            continue
        for k in range(3):
            if near[v, k] != above[v]:
                a, b = near[v, (k + 1) % 3], near[v, (k + 2) % 3]
                join(sides[a, slot(near, a, v)], sides[b, slot(near, b, v)], sides[v, k])
    return length


@kernel
def graft(near: Near, a: int, b: int, c: int, d: int) -> None:
    """Put the inner node a, from which b hangs, between the neighbours c and d; b names a already."""
    rename(near, c, d, a)
    rename(near, d, c, a)
    near[a, 0], near[a, 1], near[a, 2] = b, c, d


@kernel
def add_in_turn(turn: NDArray[np.int32], sides: Bits, weight: NDArray[np.int64]) -> Near:
    """Return the tree to which leaves are added in turn, each where it costs least; ``sides`` of leaves are given."""
    leaves = len(turn)
    near = np.full((2 * leaves - 2, 3), -1, np.int32)
    order, above = np.empty(len(near), np.int32), np.empty(len(near), np.int32)
    between = np.empty_like(sides[0, 0])
    for k in range(3):
        near[leaves, k] = turn[k]
        near[turn[k], 0] = leaves
    for i in range(3, leaves):
        leaf, fresh = turn[i], leaves + i - 2
        fill_sides(near, turn[0], weight, sides)
        n = walk(near, turn[0], order, above)
        best, least = -1, np.int64(0)
        for j in range(1, n):
            v = order[j]
            u = above[v]
            join(sides[v, slot(near, v, u)], sides[u, slot(near, u, v)], between)
            cost = count_apart(sides[leaf, 0], between, weight)
            if best < 0 or cost < least:
                best, least = v, cost
        near[leaf, 0] = fresh
        graft(near, fresh, leaf, above[best], best)
    return near


@kernel
def best_graft(
    near: Near, a: int, b: int, reach: int, weight: NDArray[np.int64], sides: Bits, seen: Bits, stack: NDArray[np.int32]
) -> tuple[int, int, np.int64]:
    """Return where the part that hangs by b from a would cost less, and how much it would save; 0: nowhere.

    Looks ``reach`` edges far. ``seen`` and ``stack`` (nodes, 3) are room to work in.
    """
    k = slot(near, a, b)
    x, y = near[a, (k + 1) % 3], near[a, (k + 2) % 3]
    part, from_x, from_y = sides[b, slot(near, b, a)], sides[x, slot(near, x, a)], sides[y, slot(near, y, a)]
    join(from_x, from_y, seen[a])
    now = count_apart(part, seen[a], weight)
    least, at, to = now, -1, -1
    seen[x], seen[y] = from_y, from_x
    stack[0, 0], stack[0, 1], stack[0, 2] = x, a, 0
    stack[1, 0], stack[1, 1], stack[1, 2] = y, a, 0
    n = 2
    while n and now > 0:
        n -= 1
        v, came, far = stack[n, 0], stack[n, 1], stack[n, 2]
        if near[v, 1] < 0 or far >= reach:
            continue
        up = seen[v]
        k = slot(near, v, came)
        for turn in range(1, 3):
            c, other = near[v, (k + turn) % 3], near[v, (k + 3 - turn) % 3]
            beside, below, view = sides[other, slot(near, other, v)], sides[c, slot(near, c, v)], seen[c]
            cost = np.int64(0)
            for i in range(len(part)):
                both = up[i] & beside[i]
                above = both if both != 0 else up[i] | beside[i]
                view[i] = above
                both = above & below[i]
                here = both if both != 0 else above | below[i]
                cost += weight[i] if (here & part[i]) == 0 else 0
            if cost < least:
                least, at, to = cost, v, c
            stack[n, 0], stack[n, 1], stack[n, 2] = c, v, far + 1
            n += 1
    return at, to, now - least


@kernel
def shorten(near: Near, sides: Bits, weight: NDArray[np.int64], reach: int, sweeps: int) -> np.int64:
    """Move parts of the tree while it grows shorter, at most ``sweeps`` times through all; return its length."""
    seen = np.empty((len(near), sides.shape[2]), sides.dtype)
    stack = np.empty((len(near) + 2, 3), np.int32)
    length = fill_sides(near, 0, weight, sides)
    for _ in range(sweeps):
        before = length
        for a in range(len(near)):
            if near[a, 1] < 0:
                continue
            for k in range(3):
                b = near[a, k]
                c, d, saved = best_graft(near, a, b, reach, weight, sides, seen, stack)
                if saved <= 0:
                    continue
                x, y = near[a, (k + 1) % 3], near[a, (k + 2) % 3]
                rename(near, x, a, y)
                rename(near, y, a, x)
                graft(near, a, b, c, d)
                length = fill_sides(near, 0, weight, sides)
                break  # a names its neighbours anew
        if length == before:
            break
    return length
