"""Who is not content and agrees to it comes to the coordinators; of everybody else nobody learns anything."""

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from pairs.domain.low_answers import tell_when_low
from pairs.domain.readers_words import readers_sentence
from pairs.models import Output
from programmes.domain.issues import issues_for
from programmes.models import Issue
from templates_app.domain.kit_files.checks.effects import check_effects
from templates_app.domain.kit_files.shipped import shipped_kit
from templates_app.domain.kit_files.walking import walk
from tests.evaluation.indicating import LOOK, SENT, answered, pair_up
from tests.evaluation.test_indicators import END, page, world
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import send, take_up
from tests.pairs.test_goal_tree import aspire, reader
from tests.programmes.designing.conftest import Designer

__all__ = ["aspire", "world"]

LOW = {"heard": 2, "respected": 2, "supported": 3, "worth": 3}
RATED = {"goals": 3, "progress": 3, "satisfied": 2, "effective": 3}


def told() -> list[str]:
    return [message.email for message in Message.objects.filter(kind="programmes.issue_raised")]


def asked(pair, side: str = "mentee") -> Output:
    """The periodic survey, as it asks one of the two."""
    member = pair.pairing.members.get(side=side)
    output = (
        Output.objects.filter(member=member, kind="evaluation", worksheet="satisfaction").order_by("moment").first()
    )
    output.asked_at = output.opens_at = PAIRED
    output.save()
    return output


@pytest.mark.covers("phase1.succ.mentee.5")
def test_low_answers_reach_the_coordinator_as_a_private_matter_by_consent_alone(world):
    pairs = pair_up(world, 5)
    said = [
        LOW | {"tell": "agreed"},
        LOW | {"tell": "not_agreed"},
        LOW,
        dict.fromkeys(LOW, 3) | {"tell": "agreed"},
        {"heard": 1, "tell": "agreed"},
    ]
    for pair, answers in zip(pairs, said, strict=True):
        with clock.at(SENT):
            tell_when_low(answered(pair, END, **answers), pair.mentee)
    (issue,) = Issue.objects.all()
    assert issue.participant == pairs[0].pairing.members.get(side="mentee").participant
    assert "not content" in issue.text
    assert not any(character.isdigit() for character in issue.text), "none of the answers is passed on"
    assert told() == [world.coordinator.email]
    assert list(issues_for(world.coordinator)) == [issue]
    assert not issues_for(pairs[0].mentor).exists()
    assert not issues_for(world.admin).exists()
    html = page(world, path="", at=LOOK)
    assert pairs[0].mentee.name in html, "it stands on the coordinator's desk"


def test_the_survey_that_comes_round_tells_when_it_is_sent_and_once_while_it_is_open(aspire):
    output = asked(aspire)
    send(output, aspire.mentee, RATED | {"tell": "agreed"})
    assert Issue.objects.count() == 1
    again = Output.objects.select_related("response__version", "member").get(pk=output.pk)
    send(take_up(again, aspire.mentee), aspire.mentee, RATED | {"satisfied": 1})
    assert Issue.objects.count() == 1
    send(asked(aspire, "mentor"), aspire.mentor, RATED)
    assert Issue.objects.count() == 1, "without a yes nobody hears of it"


def test_it_is_said_before_anything_is_typed(aspire):
    output = asked(aspire)
    known = reader(aspire, aspire.mentee)
    sentence = readers_sentence(known, output, known.sheet_of(output))
    assert "nobody reads yours as yours" in sentence
    assert "Only if you agree to it under “If you are not content, may the coordinators know?”" in sentence
    assert "none of your answers is passed on" in sentence


def test_an_alert_needs_scales_and_a_choice_that_agrees():
    kit = shipped_kit("aspire").model_copy(deep=True)
    sheet = next(one for one in kit.worksheets if one.key == "satisfaction")
    assert not [one for one in check_effects(kit, list(walk(kit))) if "alert" in one.loc]
    sheet.alert.fields.append("improve")
    sheet.alert.when.is_in = ["maybe"]
    found = [one.message for one in check_effects(kit, list(walk(kit))) if "alert" in one.loc]
    assert len(found) == 2, found
    assert any("Only scales can be low: 'improve'" in message for message in found)
    assert any("'maybe' is no option" in message for message in found)


# --- Set in the browser -----------------------------------------------------------------------------------------------


class AtWork(Designer):
    """A coordinator in the worksheet designer of the pairs' own handbook."""

    def url(self, rest: str = "") -> str:
        slug = self.company.cohort.programme.slug
        return self.company.url(f"programmes/{slug}/handbook/worksheets/{self.key}/{rest}")


def facts_form(designer: AtWork):
    return designer.client.get(designer.url("facts/")).context["form"]


def test_a_coordinator_says_in_the_designer_which_answers_are_low_and_by_whose_leave(world, sign_in):
    designer = AtWork(sign_in(world.coordinator), world).open("success-mentee")
    stands = facts_form(designer).initial
    assert (stands["alert_below"], stands["alert_when"]) == ("3", ["tell=agreed"])
    assert designer.facts(alert_below="2,5", title="Another title").status_code == 200
    lacking = designer.facts(alert_scales=[], title="Another title")
    assert lacking.context["form"].errors["alert_scales"]
    assert lacking.context["form"]["title"].value() == "Another title", "nothing that was typed is lost"
    assert designer.facts(alert_when=[]).context["form"].errors["alert_when"]
    assert designer.facts(alert_below="").context["form"].errors["alert_below"]
    assert designer.facts(alert_below="2.5", alert_scales=["heard", "respected"]).status_code == 302
    told_first = designer.client.get(designer.url("publish/")).content.decode()
    assert "a mean below 2.5" in told_first
    assert "holds from now on" in designer.publish().content.decode()
    pairs = pair_up(world, 2)
    for pair, heard in zip(pairs, (3, 2), strict=True):
        with clock.at(SENT):
            tell_when_low(answered(pair, END, **LOW | {"heard": heard, "tell": "agreed"}), pair.mentee)
    (issue,) = Issue.objects.all()
    assert issue.participant == pairs[1].pairing.members.get(side="mentee").participant


def test_low_answers_of_what_is_read_by_name_are_told_to_nobody(world, sign_in):
    designer = AtWork(sign_in(world.coordinator), world).open("success-mentee")
    refused = designer.facts(preset="pair")
    assert refused.context["form"].errors["alert_scales"]
    assert designer.facts(alert_scales=[], alert_below="", alert_when=[]).status_code == 302
    assert (
        "Coordinators do not hear of low answers any more."
        in designer.client.get(designer.url("publish/")).content.decode()
    )
