"""What is worked out once of a room and kept as long as the room is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
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
    lock = Lock()  # requests come in several threads

    @wraps(function)
    def asked(room: Room, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Told:
        key = (args, tuple(sorted(kwargs.items())))
        with lock:
            answers = rooms.setdefault(room, OrderedDict())
            if key in answers:
                return answers[key]
        answer = function(room, *args, **kwargs)
        with lock:
            answers[key] = answer
            while len(answers) > most:
                answers.popitem(last=False)
        return answer

    return asked
