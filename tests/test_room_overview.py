"""The first page of a room: what goes through all documents is worked out once."""

from __future__ import annotations

import gc
from weakref import ref

from stemmata.report.room import Room
from stemmata.room.overview import tell, twin
from tests.test_report_run_example import harbour


def test_what_goes_through_all_documents_is_worked_out_once(newsroom_room: Room) -> None:
    first, again = tell(newsroom_room), tell(newsroom_room)
    assert first["pile"] is again["pile"]
    assert first["timeline"] is again["timeline"] is not None
    assert first["pile"].tally("language") == [("en", 59), ("el", 8), ("de", 7)]
    assert twin(newsroom_room)["documents"] == first["pile"].size == 74


def test_what_is_kept_of_a_room_lets_it_go() -> None:
    """A library's tables are worked out anew again and again."""
    room = Room(harbour())
    tell(room)
    gone = ref(room)
    del room
    gc.collect()
    assert gone() is None
