"""The database's own walls, added by migrations: row-level security and foreign keys that cannot leave an organisation.

On PostgreSQL each tenant table gets (``docs/architecture.md``, Tenancy)

* ``UNIQUE (organisation_id, id)``, the target of composite foreign keys,
* row-level security, forced on the owner too, with one policy that compares with the transaction-local setting,
* for every foreign key to another tenant table a twin on ``(organisation_id, column)``, deferrable as Django's own is:
  PostgreSQL checks foreign keys past row-level security, so a single-column key would accept another organisation's row.

On SQLite nothing is done: triggers would break Django's table rebuilds, so there the application checks references.
Running the operation again adds only what is missing: a later migration that adds a model or a relation just repeats it.
"""

from django.db import models
from django.db.migrations.operations.base import Operation

POLICY = "organisation_wall"
SETTING = "(SELECT NULLIF(current_setting('app.organisation_id', true), '')::uuid)"


class TenantWalls(Operation):
    """Wall in all tenant tables of an app.

    ``except_`` names models whose rows must be read before an organisation is open (memberships): they get the unique key,
    so that references to them cannot cross either, but no policy.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(self, app_label: str, except_: tuple[str, ...] = ()) -> None:
        self.app_label = app_label
        self.except_ = except_

    def state_forwards(self, app_label, state) -> None:
        """The walls are no part of the models' state."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        """Add what is missing."""
        if schema_editor.connection.vendor != "postgresql":
            return
        # Pending deferred checks of the same transaction would forbid ALTER TABLE.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        here = [m for m in to_state.apps.get_models() if m._meta.app_label == self.app_label and _has_organisation(m)]
        statements = [_key(model._meta.db_table) for model in here]
        for model in here:
            if model._meta.object_name not in self.except_:
                statements += _secure(model._meta.db_table)
                statements += _twins(model)
        for statement in statements:
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        """Walls fall with their tables."""

    def describe(self) -> str:
        """For ``sqlmigrate`` and the progress line."""
        return f"Wall in the tenant tables of {self.app_label}"


def _has_organisation(model: type[models.Model]) -> bool:
    return any(field.name == "organisation" for field in model._meta.concrete_fields)


def _key(table: str) -> str:
    name = f"{table}_org_id"[:63]
    return _unless_exists(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE (organisation_id, id)', name, table)


def _secure(table: str) -> list[str]:
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS {POLICY} ON "{table}"',
        f'CREATE POLICY {POLICY} ON "{table}" USING (organisation_id = {SETTING}) WITH CHECK (organisation_id = {SETTING})',
    ]


def _twins(model: type[models.Model]) -> list[str]:
    return [
        _twin(model._meta.db_table, field)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and _has_organisation(field.related_model)
    ]


def _twin(table: str, field: models.ForeignKey) -> str:
    name = f"{table}_{field.column}_same_org"
    if len(name) > 63:
        name = f"{table[:30]}_{field.column[:22]}_same_org"
    statement = (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (organisation_id, "{field.column}") '
        f'REFERENCES "{field.related_model._meta.db_table}" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED'
    )
    return _unless_exists(statement, name, table)


def _unless_exists(statement: str, constraint: str, table: str) -> str:
    return (
        f"DO $wall$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{constraint}' "  # noqa: S608 - names of our own models
        f"AND conrelid = '\"{table}\"'::regclass) THEN {statement}; END IF; END $wall$"
    )
