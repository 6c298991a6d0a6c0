"""A group beside the pairs: the programme allows groups too, and the coordinator makes one."""

from pairs.domain.pairing import form_pairing
from pairs.enums import PairingModel
from tests.rich.company import RichCompany


def allow_groups(company: RichCompany) -> None:
    """The programme's handbook has groups beside pairs, and knows what stands alongside."""
    handbook = company.programme.handbook
    handbook.refresh_from_db()
    handbook.content["plan"]["models"] = ["one-to-one", "group", "peers", "informal"]
    handbook.revision += 1
    handbook.save()


def make_group(company: RichCompany) -> None:
    """A mentor who is free again, with somebody who has not come in yet."""
    company.kept["group"] = form_pairing(
        cohort=company.cohort,
        model=PairingModel.GROUP,
        mentors=[company.places["mentor_past"]],
        mentees=[company.places["mentee_grouped"]],
        actor=company.coordinator,
    )
