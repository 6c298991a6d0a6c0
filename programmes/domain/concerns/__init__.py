"""Concerns for somebody's safety or about conduct: raised with a named lead, acknowledged, followed up, closed."""
