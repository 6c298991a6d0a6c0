"""Checks of a whole kit: what one item cannot know about another. One file per subject."""
