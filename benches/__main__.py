"""``python -m benches NAME``: one bench, in the environment that ``tools/bench.py`` made for it."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    for figure in import_module(f"benches.{sys.argv[1]}").measure():
        print(figure.line(), flush=True)
