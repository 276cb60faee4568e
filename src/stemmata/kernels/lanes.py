"""What machines do at once: 64 bytes told apart, eight bytes read, many copied, 128-bit products.

The instructions are LLVM's own vectors, which it turns into those of any processor. Addresses come from
``array.ctypes.data``; whoever calls sees to it that the bytes are there.
"""

from __future__ import annotations

from typing import Any

import numba.core.cgutils
import numba.extending
from llvmlite import ir

LANES = 64
VECTOR = ir.VectorType(ir.IntType(8), LANES)
Typing = Any  # numba's contexts and builders are not declared
raw_memcpy: Any = numba.core.cgutils.raw_memcpy
intrinsic: Any = numba.extending.intrinsic
types: Any = numba.types


def _load(builder: ir.IRBuilder, address: ir.Value) -> ir.Value:
    return builder.load(builder.inttoptr(address, VECTOR.as_pointer()), align=1)


def _every(value: int) -> ir.Constant:
    return ir.Constant(VECTOR, [value] * LANES)


@intrinsic
def tell_apart(_typing: Typing, _address: Typing) -> Typing:
    """Return of 64 bytes which are letters, digits, past ASCII, apostrophes, and full stops or commas: bit k of byte k.

    Five numbers of 64 bits; letters and digits are those of ASCII.
    """

    def build(_context: Typing, builder: ir.IRBuilder, signature: Typing, arguments: Typing) -> ir.Value:
        bytes_ = _load(builder, arguments[0])

        def within(values: ir.Value, low: str, count: int) -> ir.Value:
            return builder.icmp_unsigned("<", builder.sub(values, _every(ord(low))), _every(count))

        def equal(sign: str) -> ir.Value:
            return builder.icmp_unsigned("==", bytes_, _every(ord(sign)))

        told = (
            within(builder.or_(bytes_, _every(0x20)), "a", 26),
            within(bytes_, "0", 10),
            builder.icmp_signed("<", bytes_, _every(0)),
            equal("'"),
            builder.or_(equal("."), equal(",")),
        )
        values = [builder.bitcast(one, ir.IntType(64)) for one in told]
        return _context.make_tuple(builder, signature.return_type, values)

    return types.UniTuple(types.uint64, 5)(types.intp), build


@intrinsic
def find_marks(_typing: Typing, _address: Typing) -> Typing:
    """Return where among 64 bytes stand quotation marks, backslashes and controls: bit k of byte k."""

    def build(_context: Typing, builder: ir.IRBuilder, _signature: Typing, arguments: Typing) -> ir.Value:
        bytes_ = _load(builder, arguments[0])
        found = builder.icmp_unsigned("<", bytes_, _every(0x20))
        for sign in '"\\':
            found = builder.or_(found, builder.icmp_unsigned("==", bytes_, _every(ord(sign))))
        return builder.bitcast(found, ir.IntType(64))

    return types.uint64(types.intp), build


@intrinsic
def find_escapes(_typing: Typing, _source: Typing, _target: Typing) -> Typing:
    """Copy 64 bytes from one address to another; return where among them stand backslashes: bit k of byte k."""

    def build(_context: Typing, builder: ir.IRBuilder, _signature: Typing, arguments: Typing) -> ir.Value:
        bytes_ = _load(builder, arguments[0])
        builder.store(bytes_, builder.inttoptr(arguments[1], VECTOR.as_pointer()), align=1)
        return builder.bitcast(builder.icmp_unsigned("==", bytes_, _every(ord("\\"))), ir.IntType(64))

    return types.uint64(types.intp, types.intp), build


@intrinsic
def sort_utf8(_typing: Typing, _address: Typing) -> Typing:
    """Return what 64 bytes are in UTF-8: bit k of byte k.

    Eleven numbers of 64 bits: which are within a character; which begin one of two, of three, of four bytes; which
    stand nowhere; which are E0, ED, F0, F4; which are below A0, and below 90.
    """

    def build(context: Typing, builder: ir.IRBuilder, signature: Typing, arguments: Typing) -> ir.Value:
        bytes_ = _load(builder, arguments[0])

        def within(low: int, high: int) -> ir.Value:
            return builder.icmp_unsigned("<=", builder.sub(bytes_, _every(low)), _every(high - low))

        told = (
            within(0x80, 0xBF),
            within(0xC2, 0xDF),
            within(0xE0, 0xEF),
            within(0xF0, 0xF4),
            builder.or_(within(0xC0, 0xC1), within(0xF5, 0xFF)),
            *(builder.icmp_unsigned("==", bytes_, _every(lead)) for lead in (0xE0, 0xED, 0xF0, 0xF4)),
            *(builder.icmp_unsigned("<", bytes_, _every(bound)) for bound in (0xA0, 0x90)),
        )
        values = [builder.bitcast(one, ir.IntType(64)) for one in told]
        return context.make_tuple(builder, signature.return_type, values)

    return types.UniTuple(types.uint64, 11)(types.intp), build


@intrinsic
def eight_bytes(_typing: Typing, _address: Typing) -> Typing:
    """Return the eight bytes at an address, the first of them lowest."""

    def build(_context: Typing, builder: ir.IRBuilder, _signature: Typing, arguments: Typing) -> ir.Value:
        return builder.load(builder.inttoptr(arguments[0], ir.IntType(64).as_pointer()), align=1)

    return types.uint64(types.intp), build


@intrinsic
def multiply(_typing: Typing, _left: Typing, _right: Typing) -> Typing:
    """Return the upper half of a product of 128 bits, crossed with the lower one."""

    def build(_context: Typing, builder: ir.IRBuilder, _signature: Typing, arguments: Typing) -> ir.Value:
        wide = ir.IntType(128)
        product = builder.mul(*(builder.zext(argument, wide) for argument in arguments))
        upper = builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), ir.IntType(64))
        return builder.xor(upper, builder.trunc(product, ir.IntType(64)))

    return types.uint64(types.uint64, types.uint64), build


@intrinsic
def lowest_bit(_typing: Typing, _bits: Typing) -> Typing:
    """Return the number of the lowest bit that is set; 64 where none is."""

    def build(_context: Typing, builder: ir.IRBuilder, _signature: Typing, arguments: Typing) -> ir.Value:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.intp(types.uint64), build


@intrinsic
def highest_bit(_typing: Typing, _bits: Typing) -> Typing:
    """Return the number of the highest bit that is set; -1 where none is."""

    def build(_context: Typing, builder: ir.IRBuilder, _signature: Typing, arguments: Typing) -> ir.Value:
        zeros = builder.ctlz(arguments[0], ir.Constant(ir.IntType(1), 0))
        return builder.sub(ir.Constant(ir.IntType(64), 63), zeros)

    return types.intp(types.uint64), build


@intrinsic
def copy_bytes(_typing: Typing, _target: Typing, _source: Typing, _size: Typing) -> Typing:
    """Copy so many bytes from one address to another, which do not overlap."""

    def build(_context: Typing, builder: ir.IRBuilder, _signature: Typing, arguments: Typing) -> ir.Value:
        target, source = (builder.inttoptr(address, ir.IntType(8).as_pointer()) for address in arguments[:2])
        raw_memcpy(builder, target, source, arguments[2], 1)
        return _context.get_dummy_value()

    return types.void(types.intp, types.intp, types.intp), build
