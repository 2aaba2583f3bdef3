"""Are the responses of two commits the same? `make compare BASE=<commit>` says so; see compare.py."""
