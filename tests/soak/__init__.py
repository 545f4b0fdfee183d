"""The watch, left alone for long: a misbehaving site at high tempo, and processes killed at random."""
