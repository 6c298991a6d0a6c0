"""``./run behaviours [--json]``: which behaviours of the handbooks a test proves."""

from tools import manage
from tools.terminal import finish

if __name__ == "__main__":
    finish(lambda arguments: manage.main(["behaviours", *arguments]))
