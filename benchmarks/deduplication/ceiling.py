"""The limit: what a C program reaches that cuts the same text into words and folds these by fives, and nothing else.

The program, ``limit.c``, lies beside the benchmark data and needs AVX-512. Where the processor lacks it, a copy is
compiled in which 64 bytes are classified in two halves of 32.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks import corpora
from benchmarks.deduplication.pile import pile

SOURCE = corpora.TOOLS / "limit.c"
STAGES = ("tok-simd", "shingle5-fold")
WAYS = ("tok-byte-loop", "tok-simd")  # of finding words: they must find the same
CLASSIFIER = re.compile(r"static inline uint64_t mask64\(.*?return a\|d\|h;\}", re.S)
# letters, digits and bytes past ASCII; unsigned x < n as min(x, n - 1) == x, which AVX2 has
HALVES = """
static inline uint32_t mask32(const uint8_t *s) {
  __m256i bytes = _mm256_loadu_si256((const __m256i *)s);
  __m256i letters = _mm256_sub_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a'));
  __m256i digits = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
  __m256i letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letters, _mm256_set1_epi8(25)), letters);
  __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digits, _mm256_set1_epi8(9)), digits);
  return _mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(letter, digit), bytes));
}
static inline uint64_t mask64(const uint8_t *s) { return mask32(s) | (uint64_t)mask32(s + 32) << 32; }
"""


def unavailable() -> str:
    """Return the reason why the limit cannot be measured here; empty where it can."""
    if not SOURCE.is_file():
        return f"no {SOURCE}: set STEMMATA_DATA"
    if not shutil.which("gcc"):
        return "no gcc"
    flags = _flags()
    return "" if "avx2" in flags else "the processor has neither AVX-512 nor AVX2"


def wide() -> bool:
    """Say whether the processor has what the program uses of AVX-512."""
    return {"avx512f", "avx512bw"} <= _flags()


def limit(documents: int) -> dict[str, float]:
    """Return MB/s of the program's stages on the texts of a pile, best of three rounds, and of both one after another.

    Raises
    ------
    SystemExit
        ``limit.c`` holds no function that classifies 64 bytes, to be replaced.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, program, text = (Path(folder, name) for name in ("limit.c", "limit", "text"))
        code = SOURCE.read_text("utf-8")
        if not wide():
            code, replaced = CLASSIFIER.subn(lambda _: HALVES, code)
            if replaced != 1:
                raise SystemExit(f"{SOURCE} has no function mask64 that an AVX2 version could replace")
        source.write_text(code, "utf-8")
        subprocess.run(["gcc", "-O3", "-march=native", "-w", "-o", program, source], check=True)
        text.write_bytes("".join(pile(documents).read().column("text").to_pylist()).encode())
        done = subprocess.run([program, text], check=True, capture_output=True, text=True)
    counts = [set(map(int, re.findall(rf"^{stage} \d+ \((\d+)", done.stdout, re.M))) for stage in WAYS]
    if counts[0] != counts[1]:
        raise SystemExit(f"{SOURCE} finds {counts[0]} words byte by byte, and {counts[1]} by vectors")
    speeds = {stage: max(map(float, re.findall(rf"^{stage} (\d+)", done.stdout, re.M))) for stage in STAGES}
    return speeds | {"both": 1 / sum(1 / speed for speed in speeds.values())}


def _flags() -> set[str]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return set(next((line.split(":")[1] for line in lines if line.startswith("flags")), "").split())
