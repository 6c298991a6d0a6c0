"""Taking a programme out: what stands in its tables, how they become files, and the documents as one archive."""
