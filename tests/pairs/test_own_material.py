"""What a participant wrote stays theirs to take away, also when the mentoring has ended."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.ending import dissolve_pairing
from pairs.models import Output
from templates_app.domain.documents import kind_named, may_read_document
from templates_app.models import Document
from tests.pairs.conftest import PAIRED, make_pair
from tests.pairs.filling import write
from tests.pairs.test_every_kit import by_the_coordinator

WORDS = "What I take along from all of this"


@pytest.mark.covers("cal.sys.88")
def test_a_participant_takes_everything_of_their_own_away_after_the_end(db, sign_in):
    made = make_pair(kit="caltrans", changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        row = Output.objects.filter(pairing=made.pairing, worksheet="goals").first()
        write(row, made.mentee, {"enjoy": WORDS})
        dissolve_pairing(pairing=made.pairing, actor=made.mentee)
        browser = sign_in(made.mentee)
        page = browser.get(f"{made.place}documents/").content.decode()
        assert f'action="{made.place}documents/all/"' in page
        asked = browser.post(f"{made.place}documents/all/")
        document = Document.objects.get(kind="pair-records")
        assert str(document.pk) in asked["Location"]
        assert WORDS in kind_named(document.kind).render(document)
        readers = (made.mentee, made.mentor, made.coordinator)
        assert [may_read_document(user, document) for user in readers] == [True, False, False]
