"""Overwrite what is free of the memory with zeros, so that a snapshot of it compresses well."""

import gc
import linecache

linecache.clearcache()
gc.collect()

BYTES = 1 << 20
for size in (1 << bits for bits in range(20, 5, -1)):
    blocks = [bytes(size - 33) for _ in range(BYTES // size)]  # 33: a bytes object's own header and end
    del blocks
gc.collect()
gc.freeze()  # what is there now stays: later collections need not look at it
