"""``./run help``."""

from tools.terminal import say

TEXT = """\
./run                    set up what is missing, then serve at http://127.0.0.1:8000 with a demo
./run test               set up what is missing, then run every test on SQLite and on PostgreSQL with Redis
./run test PATH …        only these, on both (all of pytest's arguments work)
./run test --quick       on SQLite, without the browser and without what is slow
./run lint               style, types, import directions, migrations, templates, kits, requirements
./run bench [NAME …]     measure; one JSON object a line
./run shots [NAME …]     screenshots of the main screens at 390 and 1280 pixels
./run behaviours         which behaviours of the handbooks the tests prove (--json)
./run manage …           Django's manage.py inside the environment

Variables: PORT (8000), DATA_DIR (var), DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL; README has the rest.
For tests: TEST_POSTGRES_URL (a superuser) and TEST_REDIS_URL use servers that run already;
without them ./run test starts servers of its own and stops them."""

if __name__ == "__main__":
    say(TEXT)
