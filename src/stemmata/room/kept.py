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
_MOST = 64  # answers of one function on one room


def kept(function: Callable[Concatenate[Room, Asked], Told]) -> Callable[Concatenate[Room, Asked], Told]:
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
        while len(answers) > _MOST:
            answers.pop(next(iter(answers), key), None)  # requests come in several threads
        return answer

    return asked
