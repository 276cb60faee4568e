"""Messages between this process and its workers: a head that JSON can hold, and a body of bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any, NamedTuple

import pyarrow as pa

LENGTHS = struct.Struct("<QQ")


class Message(NamedTuple):
    """One message."""

    head: Mapping[str, Any]
    body: bytes | pa.Buffer = b""


def send(stream: IO[bytes], message: Message) -> None:
    """Write a message: the lengths of head and body, then these."""
    head = json.dumps(message.head).encode()
    stream.write(LENGTHS.pack(len(head), len(message.body)) + head)
    stream.write(message.body)
    stream.flush()


def receive(stream: IO[bytes]) -> Message:
    """Wait for a message.

    Raises
    ------
    EOFError
        The other side is gone.
    """
    head, body = LENGTHS.unpack(_exactly(stream, LENGTHS.size))
    return Message(json.loads(_exactly(stream, head)), _exactly(stream, body))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError("the other side is gone")
    return data
