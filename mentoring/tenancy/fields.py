"""Model fields whose values are sealed with the open organisation's data key."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from mentoring.tenancy.keys import open_sealed, seal
from mentoring.tenancy.scope import current_organisation


class _SealedField(models.BinaryField):
    """Bytes at rest, a Python value in the program. It can be neither searched nor sorted by.

    Subclasses say the value's type in the two attributes that the type checker's Django plugin reads.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, plain: bytes) -> Any:
        raise NotImplementedError

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        organisation = current_organisation()
        sealed = seal(organisation.data_key(), self.to_bytes(value), organisation.pk)
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        organisation = current_organisation()
        return self.from_bytes(open_sealed(organisation.data_key(), bytes(value), organisation.pk))

    def get_lookup(self, lookup_name: str):
        if lookup_name != "isnull":
            return None
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: Any) -> str:
        raise TypeError("Sealed texts are not serialised.")

    def get_default(self) -> Any:
        # BinaryField turns '' into b''; our values are text or JSON.
        return self._get_default() if self.has_default() else None

    def _check_str_default_value(self) -> list:
        # For the same reason: '' is a right default here, which BinaryField's own check would refuse.
        return []


class SealedTextField(_SealedField):
    """Text that only the open organisation's key can read."""

    description = "Sealed text"
    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def to_bytes(self, value: str) -> bytes:
        return value.encode()

    def from_bytes(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSONField(_SealedField):
    """A JSON value that only the open organisation's key can read."""

    description = "Sealed JSON"
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)


class SealedFileField(_SealedField):
    """A file's bytes (a rendered document, an export) that only the open organisation's key can read."""

    description = "Sealed file"
    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes

    def to_bytes(self, value: bytes) -> bytes:
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain
