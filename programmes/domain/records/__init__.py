"""Confidential records: what is kept, by which rule, what is due for deletion, and deleting it."""
