"""Somebody outside approves by a link: what it opens, how it ends, and that it opens nothing else."""

import datetime as dt
import re

import pytest
from django.test import Client

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.models import Message
from programmes.domain.choosing.approvals import (
    PURPOSE,
    ApprovalRefused,
    approval_gate,
    ask_approver,
    newest_approval,
    revoke_approval,
    usable_link,
)
from programmes.domain.choosing.states import NotYours
from programmes.domain.outside import LinkUnusable, Unusable, new_token
from programmes.enums import ApprovalState
from programmes.models import Approval, ApprovalLink
from templates_app.domain.from_outside import NotComplete
from templates_app.domain.responses import answers_of
from tests.programmes.choosing.conftest import DAY, NOW, World, change_kit


def why(token: str) -> Unusable:
    with pytest.raises(LinkUnusable) as caught:
        usable_link(token)
    return caught.value.reason


class TestDeciding:
    @pytest.mark.covers("cal.sys.11")
    def test_an_approval_keeps_decision_name_date_and_words(self, world):
        """``cal.sys.11``: by link; approve or decline with a comment; date and name are stored."""
        world.decide(world.token(world.send_link("Ada")), comment="With pleasure")
        found = newest_approval(world.place("Ada"))
        assert (found.state, found.decided_name, found.decided_at) == (ApprovalState.APPROVED, "Una Chief", NOW)
        assert answers_of(found.response)["comment"] == "With pleasure"
        assert found.response.author is None
        assert found.response.is_submitted
        assert approval_gate(world.place("Ada")) == ""
        assert [row.context["approved"] for row in world.told("Ada", "approval_decided")] == [True]

    @pytest.mark.covers("cal.sys.13")
    def test_declining_keeps_the_mentee_s_draft_and_they_may_ask_again(self, world):
        """``cal.sys.13``: declining tells the mentee and keeps the draft for a later request."""
        begun = world.begin("Ada", "Marta")
        world.approve("Ada", "declined")
        assert world.fresh(begun).state == "draft"
        assert world.fresh(begun).response_id is not None
        assert [row.context["approved"] for row in world.told("Ada", "approval_decided")] == [False]
        assert approval_gate(world.place("Ada"))
        with clock.at(NOW + DAY):
            world.approve("Ada")
            assert approval_gate(world.place("Ada")) == ""

    def test_an_answer_that_is_needed_is_needed_here_too(self, world):
        token = world.token(world.send_link("Ada"))
        with pytest.raises(NotComplete):
            world.decide(token, decision="")
        assert usable_link(token)

    def test_where_it_is_no_condition_nothing_is_held_back(self, world):
        change_kit(world, "joining.approval", mandatory=False)
        assert approval_gate(world.place("Ada")) == ""

    def test_mentors_and_other_handbooks_need_none(self, world):
        assert approval_gate(world.place("Marta")) == ""


class TestLinks:
    def test_a_link_is_kept_as_a_hash_alone(self, world):
        token = world.token(world.send_link("Ada"))
        assert token not in str(list(ApprovalLink.objects.values_list("token_hash", flat=True)))
        assert Message.objects.get(kind="programmes.approval_asked").email == "una@chief.example"

    def test_a_changed_link_leads_nowhere(self, world):
        token = world.token(world.send_link("Ada"))
        last = "B" if token[-1] == "A" else "A"
        for changed in (token[:-1] + last, last + token[1:], token.split(":")[0], "x", f"{token} "):
            assert why(changed) is Unusable.UNKNOWN

    def test_a_signature_for_something_else_leads_nowhere(self, world):
        from django.core.signing import Signer

        other = Signer(salt=f"{PURPOSE}.other").sign("word")
        assert why(other) is Unusable.UNKNOWN
        assert why(new_token(PURPOSE)) is Unusable.UNKNOWN

    def test_it_works_once(self, world):
        token = world.token(world.send_link("Ada"))
        world.decide(token)
        assert why(token) is Unusable.DECIDED
        with pytest.raises(LinkUnusable):
            world.decide(token, "declined")
        assert newest_approval(world.place("Ada")).state == ApprovalState.APPROVED

    def test_it_runs_out(self, world):
        token = world.token(world.send_link("Ada"))
        with clock.at(NOW + 14 * DAY - dt.timedelta(seconds=1)):
            assert usable_link(token)
        with clock.at(NOW + 14 * DAY):
            assert why(token) is Unusable.EXPIRED

    def test_a_newer_one_ends_the_one_before(self, world):
        token = world.token(world.send_link("Ada"))
        with clock.at(NOW + DAY):
            newer = world.token(world.send_link("Ada"))
            assert why(token) is Unusable.REVOKED
            assert usable_link(newer)
        assert Message.objects.filter(kind="programmes.approval_asked", state="cancelled").count() == 1

    def test_taken_back_it_leads_nowhere(self, world):
        approval = world.send_link("Ada")
        revoke_approval(approval=approval, actor=world.user("Ada"))
        assert why(world.token(approval)) is Unusable.REVOKED
        assert newest_approval(world.place("Ada")) is None

    def test_what_was_decided_is_not_taken_back(self, world):
        approval = world.approve("Ada")
        revoke_approval(approval=Approval.objects.get(pk=approval.pk), actor=world.user("Ada"))
        assert newest_approval(world.place("Ada")).state == ApprovalState.APPROVED


class TestWhoAsks:
    def test_the_mentee_and_a_coordinator(self, world):
        ask_approver(person=world.place("Ada"), name="U", email="u@chief.example", actor=world.coordinator)
        assert Event.objects.filter(action="approval.asked").count() == 1

    @pytest.mark.parametrize("name", ["Ben", "Marta"])
    def test_nobody_else(self, world, name):
        with pytest.raises(NotYours):
            ask_approver(person=world.place("Ada"), name="U", email="u@chief.example", actor=world.user(name))
        approval = world.send_link("Ada")
        with pytest.raises(NotYours):
            revoke_approval(approval=approval, actor=world.user(name))

    def test_not_at_the_mentee_s_own_address(self, world):
        ada = world.place("Ada")
        with pytest.raises(ApprovalRefused):
            ask_approver(person=ada, name="U", email=ada.email.upper(), actor=world.user("Ada"))

    def test_not_once_it_is_approved(self, world):
        world.approve("Ada")
        with pytest.raises(ApprovalRefused):
            world.send_link("Ada")


class TestThePageBehindTheLink:
    @pytest.mark.covers("cal.sys.12")
    def test_it_shows_the_handbook_s_words_and_nothing_of_anybody_s(self, world):
        """``cal.sys.12``: the supervisor sees no worksheet, log or check-up."""
        world.begin("Ada", "Marta")
        token = world.token(world.send_link("Ada"))
        text = Client().get(world.url(f"approve/{token}/")).content.decode()
        assert "Ada Tester" in text
        assert "Mentoring by choice" in text
        assert "Minimum requirements" in text
        for word in ("Marta", "Three confiding sentences", "Nils", "Ben"):
            assert word not in text

    def test_it_decides_without_an_account(self, world):
        token = world.token(world.send_link("Ada"))
        client = Client()
        page = client.get(world.url(f"approve/{token}/"))
        assert newest_approval(world.place("Ada")).state == ApprovalState.ASKED
        names = dict(re.findall(r'name="(f[^"]*)"[^>]*value="([^"]*)"', page.content.decode()))
        answer = client.post(world.url(f"approve/{token}/"), names | {"f-decision": "approved"})
        assert answer.status_code == 200, answer.content.decode()[:500]
        assert newest_approval(world.place("Ada")).state == ApprovalState.APPROVED
        assert client.get(world.url(f"approve/{token}/")).status_code == 410

    @pytest.mark.covers("cal.sys.66", "cal.sys.94")
    def test_a_page_explains_mentoring_and_the_supervisor_s_part_before_and_after_the_answer(self, world):
        """``cal.sys.66``: with the articles that are for supervisors, and without anything of anybody's."""
        world.begin("Ada", "Marta")
        token = world.token(world.send_link("Ada"))
        about, client = world.url(f"approve/{token}/about/"), Client()
        assert about in client.get(world.url(f"approve/{token}/")).content.decode()
        page = client.get(about).content.decode()
        for words in (
            "Mentoring, and your part as a supervisor",
            "You approve that they take part",
            "not their formal mentor",
        ):
            assert words in page
        for title in ("Minimum requirements", "What makes a programme succeed", "About this programme"):
            assert f"<summary>{title}</summary>" in page
        for word in ("Ada", "Marta", "Three confiding sentences", "Nils", "Ben"):
            assert word not in page
        world.decide(token)
        later = client.get(about)
        assert later.status_code == 200
        assert "You have answered already" in later.content.decode()
        assert about in client.get(world.url(f"approve/{token}/")).content.decode()

    def test_a_link_that_was_taken_back_opens_that_page_no_more(self, world):
        first = world.token(world.send_link("Ada"))
        world.send_link("Ada")
        assert Client().get(world.url(f"approve/{first}/about/")).status_code == 410
        assert Client().get(world.url("approve/nothing/about/")).status_code == 404

    def test_where_the_handbook_has_no_words_for_supervisors_there_is_no_such_page(self, world):
        change_kit(world, "joining.approval", about=[])
        token = world.token(world.send_link("Ada"))
        assert Client().get(world.url(f"approve/{token}/about/")).status_code == 404
        assert "about/" not in Client().get(world.url(f"approve/{token}/")).content.decode()

    def test_an_answer_left_out_is_asked_for_again_and_changes_nothing(self, world):
        token = world.token(world.send_link("Ada"))
        answer = Client().post(world.url(f"approve/{token}/"), {"_end": "1"})
        assert answer.status_code == 422
        assert newest_approval(world.place("Ada")).state == ApprovalState.ASKED

    def test_the_mentee_cannot_answer_for_themselves(self, world):
        token = world.token(world.send_link("Ada"))
        client = world.client("Ada")
        assert client.get(world.url(f"approve/{token}/")).status_code == 403
        assert client.post(world.url(f"approve/{token}/"), {"f-decision": "approved"}).status_code == 403
        assert newest_approval(world.place("Ada")).state == ApprovalState.ASKED

    def test_a_link_of_one_organisation_leads_nowhere_in_another(self, world: World):
        from tests.factories import OrganisationFactory

        OrganisationFactory(slug="elsewhere")
        token = world.token(world.send_link("Ada"))
        assert Client().get(f"/o/elsewhere/approve/{token}/").status_code == 404
        assert Client().get(world.url("approve/nothing/")).status_code == 404
