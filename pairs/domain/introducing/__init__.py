"""A mentor introduces a mentee to somebody else: in the organisation or outside, with the yes of both."""
