"""What the agreement tells the rooms below: how its PDF is made and who reads it; and who is taken, for matching."""

from pairs.domain.agreement_document import KIND, may_read_agreement_document, render_agreement
from pairs.domain.agreement_owner import owner_of_response
from pairs.domain.occupancy import occupancy
from programmes.domain.matching.occupancy import register_occupancy
from templates_app.domain.documents import register_document_reader, register_renderer
from templates_app.domain.owners import register_response_owner


def register_agreement() -> None:
    """Called once at start-up."""
    register_renderer(KIND, render_agreement)
    register_document_reader(KIND, may_read_agreement_document)
    register_response_owner(owner_of_response)
    register_occupancy(occupancy)
