"""Claims for expenses: made, sent, decided, paid (``sssc.must.62``)."""
