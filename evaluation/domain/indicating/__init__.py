"""Indicators of success: figures about many people, reckoned from answers that may be counted, and what they are made of."""
