"""Who reads what in a group: fellow mentees, newcomers, those who have left; and that the sentence above a sheet is true."""

import pytest
from django.http import Http404

from mentoring.notices.models import Message
from pairs.domain.consent_changes import change_consent
from pairs.domain.goals import answer_goal, goals_for
from pairs.domain.membership import add_member, leave_pairing
from pairs.domain.output_owner import owner_of
from pairs.domain.people import people_of
from pairs.domain.queries import get_output_for, get_pairing_for, get_session_for, outputs_for
from pairs.domain.reading import reader_of, right_to
from pairs.domain.sessions import hold_session
from pairs.enums import Right
from pairs.models import Action, Goal, Output
from templates_app.domain.sharing import share_response
from templates_app.models import Share
from tests.pairs.filling import GOAL, LOG, change_sheet, send, take_up, write
from tests.pairs.test_groups import dated

PREP = {"expect": "CANARY"}


def sheet(group, name: str, worksheet: str) -> Output:
    return group.output(name, worksheet=worksheet)


def right(group, name: str, output: Output) -> Right:
    row = Output.objects.select_related("response__version", "session").get(pk=output.pk)
    row.pairing = group.fresh()
    return right_to(group.users.get(name, group.coordinator), row)


def rights(group, output: Output) -> dict[str, Right]:
    """What everybody of the first group may do with it."""
    return {name: right(group, name, output) for name in ("Helen", "ʻAna", "Sione", "Moana")}


def sent(group, name: str, worksheet: str, answers: dict | None = None) -> Output:
    return send(sheet(group, name, worksheet), group.users[name], answers or {})


def join(group, name: str) -> None:
    add_member(pairing=group.fresh(), participant=group.places[name], actor=group.coordinator)


def leave(group, name: str) -> None:
    leave_pairing(pairing=group.fresh(), actor=group.users[name])


def sentence(group, name: str, output: Output) -> str:
    found, reader = get_output_for(group.users[name], output.pk, Right.READ)
    return owner_of(found, reader).readers_sentence


def prep_with(group, **readers) -> None:
    change_sheet(group.pairing, "prep", readers=readers)


@pytest.mark.covers("sssc.must.20")
def test_what_is_private_stays_private_among_fellow_mentees(group):
    output = sent(group, "ʻAna", "prep")
    assert rights(group, output) == {"Helen": 0, "ʻAna": Right.WRITE, "Sione": 0, "Moana": 0}
    with pytest.raises(Http404):
        get_output_for(group.users["Sione"], output.pk, Right.STATUS)


@pytest.mark.covers("sssc.must.78")
def test_what_is_for_the_pairing_is_read_by_everybody_in_it(group):
    prep_with(group, preset="pair")
    output = sent(group, "ʻAna", "prep")
    assert rights(group, output) == {"Helen": Right.READ, "ʻAna": Right.WRITE, "Sione": Right.READ, "Moana": Right.READ}
    assert right(group, "Tevita", output) is Right.NONE
    told = set(Message.objects.filter(kind="pairs.sheet_sent").values_list("email", flat=True))
    assert told == {group.users[name].email for name in ("Helen", "Sione", "Moana")}


@pytest.mark.covers("sssc.must.20", "sssc.must.78")
def test_a_members_own_log_is_read_by_the_mentors_and_not_by_fellow_mentees(group):
    prep_with(group, preset="coordinator", partners="mentors")
    output = sent(group, "ʻAna", "prep")
    assert rights(group, output) == {"Helen": Right.READ, "ʻAna": Right.WRITE, "Sione": 0, "Moana": 0}
    assert right(group, "coordinator", output) is Right.READ
    told = set(Message.objects.filter(kind="pairs.sheet_sent").values_list("email", flat=True))
    assert told == {group.users["Helen"].email}
    assert sentence(group, "ʻAna", output).startswith("Helen, as soon as you send it.")
    assert sentence(group, "Helen", output).startswith("ʻAna, who wrote it, and the mentors of your group.")


def test_both_have_sent_means_all_who_owe_it_and_are_there(group):
    prep_with(group, preset="pair", opens="both-sent")
    first = sent(group, "ʻAna", "prep")
    assert "once all of you have sent yours" in sentence(group, "ʻAna", first)
    for name in ("Helen", "Sione"):
        sent(group, name, "prep")
        assert right(group, "Helen", first) is Right.STATUS
    leave(group, "Moana")
    assert right(group, "Helen", first) is Right.READ
    assert right(group, "Sione", first) is Right.READ
    assert right(group, "Moana", first) < Right.READ


def test_who_joins_later_closes_nothing_and_reads_nothing_that_was_sent_before(group, at):
    prep_with(group, preset="pair", opens="both-sent")
    outputs = {name: sent(group, name, "prep") for name in ("Helen", "ʻAna", "Sione", "Moana")}
    assert right(group, "Helen", outputs["ʻAna"]) is Right.READ
    with at("2026-11-03 09:00"):
        join(group, "Keoni")
        assert right(group, "Helen", outputs["ʻAna"]) is Right.READ
        assert right(group, "Keoni", outputs["ʻAna"]) is Right.STATUS
        again = take_up(outputs["ʻAna"], group.users["ʻAna"])
        again = send(again, group.users["ʻAna"], {})
        assert right(group, "Helen", again) is Right.STATUS
        sent(group, "Keoni", "prep")
        assert right(group, "Helen", again) is Right.READ
        assert right(group, "Keoni", again) is Right.READ


def test_what_is_written_together_is_read_by_who_joins_later_as_it_said(group, at):
    output = write(group.output(worksheet="first-meeting"), group.users["ʻAna"], {})
    assert "whoever joins you later" in sentence(group, "ʻAna", output)
    with at("2026-11-03 09:00"):
        join(group, "Keoni")
        assert right(group, "Keoni", output) is Right.WRITE


def test_who_has_left_keeps_what_was_written_for_them_and_reads_nothing_later(group, at):
    prep_with(group, preset="pair")
    mine, earlier = sent(group, "Sione", "prep"), sent(group, "ʻAna", "prep")
    together = write(group.output(worksheet="first-meeting"), group.users["ʻAna"], {})
    leave(group, "Sione")
    with at("2026-11-05 09:00"):
        later = sent(group, "Moana", "prep")
        assert right(group, "Sione", mine) is Right.READ
        assert right(group, "Sione", earlier) is Right.READ
        assert right(group, "Sione", later) is Right.NONE
        assert right(group, "Sione", together) is Right.NONE
        seen = outputs_for(group.users["Sione"], get_pairing_for(group.users["Sione"], group.pairing.pk))
        assert {row.pk for row in seen if row.done_at or row.member_id is None} == {mine.pk, earlier.pk}


def test_a_meeting_that_is_set_after_somebody_left_is_not_theirs_to_see(group, at):
    leave(group, "Sione")
    with at("2026-11-05 09:00"):
        session = dated(group, 1, "2026-11-10 00:00")
        assert get_session_for(group.users["ʻAna"], group.pairing.pk, session.pk)
        with pytest.raises(Http404):
            get_session_for(group.users["Sione"], group.pairing.pk, session.pk)


def test_a_share_opens_a_sheet_to_those_who_were_there(group, at):
    prep_with(group, preset="private", shareable=True)
    output = sent(group, "ʻAna", "prep")
    found, reader = get_output_for(group.users["ʻAna"], output.pk, Right.READ)
    owner = owner_of(found, reader)
    assert owner.audiences[0].name == "Helen Tupou, Moana Tupou and Sione Tupou"
    share_response(response=found.response, audience=Share.Audience.PARTNER, actor=group.users["ʻAna"])
    assert right(group, "Sione", output) is Right.READ
    with at("2026-11-05 09:00"):
        join(group, "Keoni")
        assert right(group, "Keoni", output) < Right.READ


def test_each_mentee_decides_what_of_theirs_reaches_the_coordinator(group):
    prep_with(group, preset="coordinator", consent="logs")
    outputs = {name: sent(group, name, "prep") for name in ("Helen", "ʻAna", "Sione")}
    for name, given in (("ʻAna", True), ("Sione", False)):
        reader = reader_of(group.users[name], group.fresh())
        change_consent(reader=reader, answers={"logs": given}, actor=group.users[name])
    assert right(group, "coordinator", outputs["ʻAna"]) is Right.READ
    assert right(group, "coordinator", outputs["Sione"]) is Right.STATUS
    assert right(group, "coordinator", outputs["Helen"]) is Right.STATUS


def test_goals_of_fellow_mentees_stand_beside_each_other_and_an_answer_goes_to_whose_it_is(group):
    for name, row in (("ʻAna", "aaaa0001"), ("Sione", "bbbb0001")):
        sent(group, name, "goals", {"goals": [GOAL | {"_id": row, "result": name, "due": "2027-03-01"}]})
    assert Goal.objects.filter(pairing=group.pairing, dropped_at=None).count() == 2
    reader = reader_of(group.users["Helen"], group.fresh())
    goal = next(goal for goal in goals_for(reader) if goal.row == "bbbb0001")
    assert reader.writer_of(goal).short_name == "Sione"
    goal.pairing = group.fresh()
    answer_goal(goal=goal, comment="Good", agreed=True, actor=group.users["Helen"])
    told = set(Message.objects.filter(kind="pairs.goal_answered").values_list("email", flat=True))
    assert told == {group.users["Sione"].email}


def test_an_action_of_a_log_is_of_the_person_it_names(group, at):
    dated(group, 2, "2026-11-10 00:00")
    with at("2026-11-10 03:00"):
        hold_session(session=group.session(2), actor=group.users["Helen"])
        output = group.output("ʻAna", worksheet="learning-log", moment="session-2")
        rows = [("aaaa0001", "mentee"), ("aaaa0002", "mentor")]
        follow_up = [{"_id": row, "action": "Read it", "owner": owner} for row, owner in rows]
        send(output, group.users["ʻAna"], LOG | {"followup": follow_up})
        owners = {action.row: action.owner for action in Action.objects.filter(pairing=group.pairing)}
        assert owners == {"aaaa0001": group.member("ʻAna"), "aaaa0002": group.member("Helen")}
        log = group.output("Helen", worksheet="learning-log", moment="session-2")
        send(log, group.users["Helen"], LOG | {"followup": [{"_id": "aaaa0003", "action": "All", "owner": "mentee"}]})
        assert Action.objects.get(pairing=group.pairing, row="aaaa0003").owner is None


def test_the_page_of_a_person_in_a_group_names_the_others(group, sign_in):
    page = sign_in(group.users["ʻAna"]).get(group.url("mentoring/")).content.decode()
    assert "together with Helen Tupou, Moana Tupou and Sione Tupou" in page
    assert "You, Helen, Moana and Sione have not set a date yet" in page
    assert people_of(group.pairing).others(people_of(group.pairing).of(group.users["ʻAna"])).count == 3
