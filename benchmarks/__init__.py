"""Figures of quality and speed, each from a command that anyone can run."""
