"""Worksheets that are signed once they are sent: their frozen words, the steps of signing, and what people see of it."""
