"""Matches that a coordinator proposes, and that begin with the yes of everybody in them (``sssc.must.23``)."""
