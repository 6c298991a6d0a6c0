"""Reading a file of people: what it holds, which column means what, and what becomes of each row. Writes nothing."""
