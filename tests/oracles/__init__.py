"""The textbook version of every kernel: plain Python, slow on purpose, written from the method's description."""
