"""Training and induction: modules to read or attend, what of them is done, and what holds pairing back."""
