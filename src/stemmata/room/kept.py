"""What is worked out once of a room and kept as long as the room is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from stemmata.report.room import Room

Asked = ParamSpec("Asked")
Told = TypeVar("Told")
MOST, FEW = 64, 4  # answers of one function on one room; of what is large, as two books side by side


def kept(
    function: Callable[Concatenate[Room, Asked], Told], most: int = MOST
) -> Callable[Concatenate[Room, Asked], Told]:
    """Keep the last answers of a function on each room; what it answers must not hold the room itself."""
    rooms: WeakKeyDictionary[Room, OrderedDict[Hashable, Told]] = WeakKeyDictionary()

    @wraps(function)
    def asked(room: Room, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Told:
        answers = rooms.setdefault(room, OrderedDict())
        key = (args, tuple(sorted(kwargs.items())))
        try:
            return answers[key]
        except KeyError:
            answer = answers[key] = function(room, *args, **kwargs)
        while len(answers) > most:
            answers.pop(next(iter(answers), key), None)  # requests come in several threads
        return answer

    return asked
