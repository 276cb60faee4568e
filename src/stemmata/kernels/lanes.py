"""What machines do at once: 64 bytes told apart, eight bytes read, 128-bit products.

The instructions are LLVM's own vectors, which it turns into those of any processor. Addresses come from
``array.ctypes.data``; whoever calls sees to it that the bytes are there.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 64
Typing = Any  # numba's contexts and builders are not declared


@intrinsic
def tell_apart(_typing: Typing, _address: Typing) -> Typing:
    """Return of 64 bytes which are letters, digits, past ASCII, apostrophes, and full stops or commas: bit k of byte k.

    Five numbers of 64 bits; letters and digits are those of ASCII.
    """

    def build(_context: Typing, builder: ir.IRBuilder, signature: Typing, arguments: Typing) -> ir.Value:
        lanes = ir.VectorType(ir.IntType(8), LANES)
        bytes_ = builder.load(builder.inttoptr(arguments[0], lanes.as_pointer()), align=1)

        def every(value: int) -> ir.Constant:
            return ir.Constant(lanes, [value] * LANES)

        def within(values: ir.Value, low: str, count: int) -> ir.Value:
            return builder.icmp_unsigned("<", builder.sub(values, every(ord(low))), every(count))

        def equal(sign: str) -> ir.Value:
            return builder.icmp_unsigned("==", bytes_, every(ord(sign)))

        told = (
            within(builder.or_(bytes_, every(0x20)), "a", 26),
            within(bytes_, "0", 10),
            builder.icmp_signed("<", bytes_, every(0)),
            equal("'"),
            builder.or_(equal("."), equal(",")),
        )
        values = [builder.bitcast(one, ir.IntType(64)) for one in told]
        return _context.make_tuple(builder, signature.return_type, values)

    return types.UniTuple(types.uint64, 5)(types.intp), build


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
