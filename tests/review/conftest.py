"""The pair of the pairs' own tests."""

from tests.pairs.conftest import at, pair  # noqa: F401 - fixtures
from tests.pairs.test_sheets import two  # noqa: F401 - a fixture
from tests.programmes.conftest import inside  # noqa: F401 - a fixture
