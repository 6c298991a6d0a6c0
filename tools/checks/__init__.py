"""Checks of our own that no linter has. Each module's ``faults()`` yields one line a fault: file, line number, reason."""
