"""Logistic regression with a ridge, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def fit_alike(figures: Matrix, true: NDArray[np.bool_], ridge: float) -> Matrix:
    """Return what ``fit`` does where all examples weigh alike; ``true``: the wanted ones."""
    return fit(figures, true.astype(float), np.full(len(true), 1 / len(true)), ridge)


def fit(figures: Matrix, wanted: Matrix, weight: Matrix, ridge: float, *, constant: bool = True) -> Matrix:
    """Return a weight for each figure, and the constant.

    Parameters
    ----------
    figures : array of shape (n, figures)
    wanted : array of shape (n,)
        1 or 0.
    weight : array of shape (n,)
    ridge : float
        Price of the square of a weight, halved; the constant is free.
    constant : bool
        Whether there is one.
    """
    inputs = np.column_stack([figures, np.ones(len(figures))]) if constant else figures
    solution = np.zeros(inputs.shape[1])
    penalty = ridge * np.diag([*[1.0] * figures.shape[1], 0.0][: inputs.shape[1]])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ solution))
        slope = inputs.T @ (weight * (wanted - chance)) - penalty @ solution
        solution = solution + np.linalg.solve((inputs.T * (weight * chance * (1 - chance))) @ inputs + penalty, slope)
    return solution


def fit_positive(figures: Matrix, given: Matrix, weight: Matrix, ridge: float) -> Matrix:
    """Return weights, none below 0 and no constant, for examples that are all wanted.

    Where exchanging the two sides of an example changes the sign of its figures, the unwanted ones are the same
    examples over again. Projected Newton steps (Bertsekas 1982).

    Parameters
    ----------
    figures : array of shape (n, figures)
    given : array of shape (n,)
        Log-odds that are known beforehand.
    weight : array of shape (n,)
    ridge : float
        Price of the square of a weight, halved.
    """
    solution = np.zeros(figures.shape[1])
    for _ in range(200):
        miss = 1 / (1 + np.exp(given + figures @ solution))
        slope = figures.T @ (weight * miss) - ridge * solution
        free = (solution > 0) | (slope > 0)
        if not free.any() or np.abs(slope[free]).max() < 1e-12:
            break
        some = figures[:, free]
        curve = (some.T * (weight * miss * (1 - miss))) @ some + ridge * np.eye(some.shape[1])
        solution[free] = np.maximum(0, solution[free] + np.linalg.solve(curve, slope[free]))
    return solution
