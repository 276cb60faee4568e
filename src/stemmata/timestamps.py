"""The request for a time stamp of RFC 3161, in DER: a few bytes that an authority answers with a signed time.

::

    TimeStampReq ::= SEQUENCE {
        version         INTEGER (1),
        messageImprint  SEQUENCE { SEQUENCE { OID sha256, NULL }, OCTET STRING },
        nonce           INTEGER,
        certReq         BOOLEAN (TRUE) }
"""

from __future__ import annotations

import hashlib

SHA256 = bytes.fromhex("0609608648016503040201")  # 2.16.840.1.101.3.4.2.1, with tag and length
NULL = b"\x05\x00"
INTEGER, OCTETS, BOOLEAN, SEQUENCE = 0x02, 0x04, 0x01, 0x30
NONCE_BYTES = 8
NONCE_OF = b"stemmata time stamp\0"  # keeps the nonce apart from every other digest of the same bytes


def request_stamp(data: bytes) -> bytes:
    """Return the request for a time stamp of some bytes, by their SHA-256; the authority's certificate is asked for.

    The nonce is made of the digest, not drawn: the same bytes give the same request, so that whoever has them can tell
    whether a request is theirs. It still ties an answer to the request, which is all that it is for here.
    """
    digest = hashlib.sha256(data).digest()
    drawn = hashlib.sha256(NONCE_OF + digest).digest()[:NONCE_BYTES]
    nonce = bytes([drawn[0] & 0x7F | 0x40]) + drawn[1:]  # positive, and of full length: DER has no leading zeros
    imprint = _element(SEQUENCE, _element(SEQUENCE, SHA256 + NULL) + _element(OCTETS, digest))
    return _element(
        SEQUENCE,
        _element(INTEGER, b"\x01") + imprint + _element(INTEGER, nonce) + _element(BOOLEAN, b"\xff"),
    )


def is_about(reply: bytes, data: bytes) -> bool:
    """Say whether a reply names the SHA-256 of some bytes; not whether its signature is good, or to be trusted."""
    return _element(OCTETS, hashlib.sha256(data).digest()) in reply


def _element(tag: int, content: bytes) -> bytes:
    """Return a DER element; none here reaches the 128 bytes from which a length takes more than one."""
    return bytes([tag, len(content)]) + content
