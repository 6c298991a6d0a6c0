"""Groups, two by two and teams: their limits, who joins, who leaves, and what everybody is told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from mentoring.history.domain import timeline_of
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement_text import clauses_for
from pairs.domain.anchors import anchors_of
from pairs.domain.ending import dissolve_pairing
from pairs.domain.introduction import send_introduction
from pairs.domain.inviting import send_invitations
from pairs.domain.meetings import meeting_of
from pairs.domain.membership import add_member, leave_pairing, remove_member
from pairs.domain.occupancy import occupancy
from pairs.domain.outputs import close_output
from pairs.domain.pairing import CannotPair, NeedsAcknowledging, NotTheCoordinator, form_pairing
from pairs.domain.pairing_states import WrongState
from pairs.domain.people import NotAMember, names_in_a_row, people_of
from pairs.domain.planning import plan_outputs, replan
from pairs.domain.queries import sessions_for
from pairs.domain.sessions import add_meeting, hold_session, move_session
from pairs.enums import OutputKind, PairingModel
from pairs.models import Output, Pairing, PairingMember
from programmes.models import Conflict
from templates_app.domain.kits import kit_of
from templates_app.shapes import Plan
from tests.pairs.conftest import PAIRED, make_group
from tests.pairs.filling import LOG, change_sheet, write


def form(group, model, *names, **more):
    people = [group.places[name] for name in names]
    return form_pairing(
        cohort=group.cohort,
        model=PairingModel(model),
        mentors=[row for row in people if row.side == "mentor"],
        mentees=[row for row in people if row.side == "mentee"],
        actor=group.coordinator,
        **more,
    )


def join(group, name, **more):
    return add_member(pairing=group.fresh(), participant=group.places[name], actor=group.coordinator, **more)


def leave(group, name):
    leave_pairing(pairing=group.fresh(), actor=group.users[name])


def told(kind: str) -> dict[str, str]:
    """Whom a notice went to, with what it says."""
    return {row.email: render_message(row).text for row in Message.objects.filter(kind=f"pairs.{kind}")}


def dated(group, number: int, words: str):
    starts = dt.datetime.fromisoformat(words).replace(tzinfo=dt.UTC)
    return move_session(
        session=group.session(number), starts_at=starts, minutes=60, link="", zone="UTC", actor=group.users["Helen"]
    )


# --- What the models allow ------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.18")
@pytest.mark.parametrize(
    ("model", "names", "fault"),
    [
        ("group", ("Helen",), "Choose 1 to 4 mentees"),
        ("group", ("Helen", "ʻAna", "Sione", "Moana", "Leilani", "Keoni"), "Choose 1 to 4 mentees"),
        ("group", ("Helen", "Tevita", "ʻAna"), "Choose exactly 1 mentor"),
        ("two-by-two", ("Helen", "Tevita", "ʻAna"), "Choose exactly 2 mentees"),
        ("two-by-two", ("Helen", "ʻAna", "Sione"), "Choose exactly 2 mentors"),
        ("team", ("ʻAna", "Sione"), "Choose 1 to 2 mentors"),
        ("one-to-one", ("Helen", "ʻAna", "Sione"), "Choose exactly 1 mentee"),
    ],
)
def test_a_model_refuses_other_numbers(db, model, names, fault):
    group = make_group(("Tevita", "Keoni"), model="team")
    with tenant_scope(group.organisation):
        dissolve_pairing(pairing=group.fresh(), actor=group.coordinator)
        with pytest.raises(CannotPair, match=fault):
            form(group, model, *names)


@pytest.mark.covers("sssc.must.18", "sssc.must.19")
@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("group", ("Helen", "ʻAna")),
        ("group", ("Helen", "ʻAna", "Sione", "Moana", "Leilani")),
        ("two-by-two", ("Helen", "Tevita", "ʻAna", "Sione")),
        ("team", ("Helen", "ʻAna", "Sione", "Moana", "Leilani", "Keoni")),
        ("one-to-one", ("Helen", "ʻAna")),
    ],
)
def test_every_model_is_made_with_the_numbers_it_allows(db, model, names):
    group = make_group(names, model=model)
    with tenant_scope(group.organisation):
        assert group.pairing.model == model
        assert [row.participant_id for row in group.pairing.members.order_by("side", "joined_at")]
        assert {person.participant.pk for person in people_of(group.pairing).present} == {
            group.places[name].pk for name in names
        }


def test_a_handbook_says_which_models_there_are_and_their_limits(db):
    group = make_group(("Helen", "ʻAna"), models=[{"kind": "group", "mentees": 2}])
    with tenant_scope(group.organisation):
        with pytest.raises(CannotPair, match="knows no pairs of this kind"):
            form(group, "team", "Tevita", "Keoni")
        with pytest.raises(CannotPair, match="Choose 1 to 2 mentees"):
            form(group, "group", "Tevita", "Keoni", "Moana", "Leilani")
        join(group, "Sione")
        with pytest.raises(CannotPair, match="no more room in this group for a mentee"):
            join(group, "Moana")


def test_limits_are_written_beside_a_model_that_may_have_them():
    plan = {"months": 1, "sessions": 1, "platforms": [], "frequencies": [], "ours": True}
    plan["meeting"] = {"min_minutes": 1, "max_minutes": 2, "default_minutes": 1, "slices": [], "ours": True}
    read = Plan.model_validate(plan | {"models": ["one-to-one", {"kind": "team", "mentors": 3}]})
    assert [(one.kind, one.mentor_limits, one.mentee_limits) for one in read.allowed] == [
        ("one-to-one", (1, 1), (1, 1)),
        ("team", (1, 3), (1, None)),
    ]
    assert Plan.model_validate(read.model_dump(mode="json")) == read
    for wrong in ([], ["group", {"kind": "group", "mentees": 5}], [{"kind": "two-by-two", "mentees": 3}], ["pair"]):
        with pytest.raises(ValueError, match=r"models"):
            Plan.model_validate(plan | {"models": wrong})


# --- Making one -------------------------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.19")
def test_everybody_is_told_who_is_in_it_and_a_mentee_is_in_one_pairing_at_a_time(group):
    texts = told("grouped")
    assert set(texts) == {group.users[name].email for name in ("Helen", "ʻAna", "Sione", "Moana")}
    assert "in a group with Helen Tupou, Moana Tupou and Sione Tupou" in texts[group.users["ʻAna"].email]
    with pytest.raises(CannotPair, match="ʻAna Tupou is in a running pair already"):
        form(group, "group", "Tevita", "ʻAna", "Keoni")


def test_a_mentors_places_are_counted_in_pairings_and_not_in_people(group):
    assert occupancy(group.cohort).mentors == {group.places["Helen"].pk: 1}
    with pytest.raises(CannotPair, match="Helen Tupou has as many pairs as they can take"):
        form(group, "one-to-one", "Helen", "Keoni")


def test_only_a_coordinator_makes_one_or_changes_who_takes_part(group):
    helen = group.users["Helen"]
    with pytest.raises(NotTheCoordinator):
        form_pairing(
            cohort=group.cohort,
            model=PairingModel.GROUP,
            mentors=[group.places["Tevita"]],
            mentees=[group.places["Keoni"]],
            actor=helen,
        )
    with pytest.raises(NotTheCoordinator):
        add_member(pairing=group.fresh(), participant=group.places["Keoni"], actor=helen)
    with pytest.raises(NotTheCoordinator):
        remove_member(pairing=group.fresh(), participant=group.places["ʻAna"], actor=helen)
    with pytest.raises(NotAMember):
        leave_pairing(pairing=group.fresh(), actor=group.users["Keoni"])


def test_what_speaks_against_any_two_of_them_must_be_acknowledged(group):
    Conflict.objects.create(
        cohort=group.cohort, mentor=group.places["Tevita"], mentee=group.places["Keoni"], kind="line"
    )
    with pytest.raises(NeedsAcknowledging) as refusal:
        form(group, "group", "Tevita", "Leilani", "Keoni")
    ((key, words),) = refusal.value.rules.items()
    assert words.startswith("Keoni Tupou and Tevita Tupou: ")
    made = form(group, "group", "Tevita", "Leilani", "Keoni", acknowledged=[key])
    assert timeline_of(made).get(action="pairing.confirmed").data["acknowledged"] == [key]


def test_somebody_who_joins_is_looked_at_with_everybody_across(group):
    Conflict.objects.create(
        cohort=group.cohort, mentor=group.places["Helen"], mentee=group.places["Keoni"], kind="line"
    )
    with pytest.raises(NeedsAcknowledging) as refusal:
        join(group, "Keoni")
    assert join(group, "Keoni", acknowledged=list(refusal.value.rules))


@pytest.mark.covers("sssc.must.18")
def test_each_owes_what_each_owes_and_all_together_owe_one_sheet(group):
    rows = Output.objects.filter(pairing=group.pairing)
    assert rows.filter(worksheet="prep", member__isnull=False).count() == 4
    assert rows.filter(worksheet="goals").values("member").distinct().count() == 3
    assert rows.get(worksheet="first-meeting").member is None
    assert rows.filter(kind=OutputKind.AGREEMENT).count() == 4


def test_the_first_letter_goes_to_everybody_across(group):
    letter = {"subject": "Hello", "text": "Let us meet", "starts_at": None, "link": "", "zone": "UTC"}
    send_introduction(pairing=group.fresh(), show_address=False, actor=group.users["Helen"], **letter)
    told_to = set(Message.objects.filter(kind="pairs.introduction").values_list("email", flat=True))
    assert told_to == {group.users[name].email for name in ("ʻAna", "Sione", "Moana")}


# --- Joining ----------------------------------------------------------------------------------------------------------


def test_who_joins_owes_what_comes_from_now_on_and_not_what_is_past(group, at):
    dated(group, 1, "2026-11-10 00:00")
    with at("2026-11-10 03:00"):
        hold_session(session=group.session(1), actor=group.users["Helen"])
    with at("2026-12-20 00:00"):
        join(group, "Keoni")
        mine = Output.objects.filter(member=group.member("Keoni"))
        assert not mine.filter(worksheet="prep").exists()
        logs = set(mine.filter(worksheet="learning-log").values_list("moment", flat=True))
        assert "session-2" in logs
        assert "session-1" not in logs
        assert not mine.exclude(kind=OutputKind.AGREEMENT).filter(due_at__lt=group.member("Keoni").joined_at).exists()
        signature = mine.get(kind=OutputKind.AGREEMENT)
        assert signature.due_at > group.member("Keoni").joined_at


def test_a_round_that_was_over_before_somebody_joined_is_not_asked_of_them(db, at):
    moment = {"key": "contact", "opens": {"anchor": "pairing"}, "due": {"anchor": "pairing", "days": 7}}
    group = make_group()
    with tenant_scope(group.organisation):
        with at("2026-11-02 20:00"):
            change_sheet(group.pairing, "prep", moments=[moment | {"every": {"weeks": 2}}])
            replan(group.fresh())
        with at("2026-12-20 00:00"):
            join(group, "Keoni")
            replan(group.fresh())
            first = Output.objects.filter(member=group.member("Keoni"), worksheet="prep").order_by("due_at").first()
            assert first is not None
            assert first.due_at > group.member("Keoni").joined_at


def test_everybody_hears_of_a_newcomer_and_the_calendar_entries_to_come_go_to_them_alone(group, at):
    dated(group, 1, "2026-11-10 00:00")
    dated(group, 2, "2026-12-10 00:00")
    send_invitations(pairing=group.fresh(), actor=group.users["Helen"])
    with at("2026-11-20 00:00"):
        before = Message.objects.filter(kind="pairs.invitation").count()
        join(group, "Keoni")
        sent = Message.objects.filter(kind="pairs.invitation").order_by("-created_at")[:1]
        assert Message.objects.filter(kind="pairs.invitation").count() == before + 1
        assert sent[0].email == group.users["Keoni"].email
    texts = told("member_joined")
    assert set(texts) == {group.users[name].email for name in ("Helen", "ʻAna", "Sione", "Moana")}
    assert all("Keoni Tupou has joined" in words for words in texts.values())
    assert timeline_of(group.pairing).get(action="member.joined").data["name"] == "Keoni Tupou"


# --- One to one within a group ----------------------------------------------------------------------------------------


def alone(group, actor: str, mentee: str):
    return add_meeting(
        pairing=group.fresh(),
        starts_at=dt.datetime(2026, 12, 1, 0, 0, tzinfo=dt.UTC),
        minutes=60,
        link="",
        zone="UTC",
        actor=group.users[actor],
        mentee=group.places[mentee],
    )


@pytest.mark.covers("sssc.must.20")
def test_a_member_of_a_group_meets_the_mentor_alone_and_fellow_mentees_do_not_hear_of_it(group):
    session = alone(group, "ʻAna", "ʻAna")
    known = {name: session in sessions_for(group.users[name], group.fresh()) for name in ("Helen", "ʻAna", "Sione")}
    assert known == {"Helen": True, "ʻAna": True, "Sione": False}
    told_of = set(Message.objects.filter(kind="pairs.session_changed").values_list("email", flat=True))
    assert told_of == {group.users["Helen"].email}
    people = people_of(group.fresh())
    meeting = meeting_of(session, kit_of(group.cohort.programme.handbook), people, people.of(group.users["ʻAna"]))
    assert (meeting.title, meeting.partner) == ("One to one", "Helen")
    assert 1 not in anchors_of(group.fresh(), [session], []).sessions


def test_the_calendar_entry_of_a_talk_alone_goes_to_those_who_meet(group):
    send_invitations(pairing=group.fresh(), actor=group.users["Helen"])
    alone(group, "Helen", "Sione")
    sent = Message.objects.filter(kind="pairs.invitation")
    assert {row.email for row in sent} == {group.users["Helen"].email, group.users["Sione"].email}
    leave(group, "Sione")
    called_off = [
        row for row in Message.objects.filter(kind="pairs.invitation") if "Cancelled" in render_message(row).subject
    ]
    assert {row.email for row in called_off} == {group.users["Helen"].email, group.users["Sione"].email}


@pytest.mark.parametrize(("actor", "mentee"), [("ʻAna", "Sione"), ("Helen", "Keoni"), ("Helen", "Helen")])
def test_nobody_sets_a_talk_for_somebody_else(group, actor, mentee):
    with pytest.raises(NotAMember):
        alone(group, actor, mentee)


def test_the_page_asks_who_meets(group, sign_in):
    mentee = sign_in(group.users["ʻAna"])
    page = mentee.get(f"{group.place}sessions/new/").content.decode()
    assert "You and Helen alone" in page
    assert "Sione" not in page.partition("<main")[2]
    when = {"day": "2026-12-01", "time": "10:00", "minutes": "60", "whom": str(group.places["ʻAna"].pk)}
    assert mentee.post(f"{group.place}sessions/new/", when).status_code == 302
    assert group.pairing.sessions.get(part=1).mentee == group.places["ʻAna"]


# --- Leaving ----------------------------------------------------------------------------------------------------------


def test_who_leaves_owes_nothing_more_keeps_what_they_sent_and_can_be_paired_again(group):
    kept = group.output("Sione", worksheet="prep")
    Output.objects.filter(pk=kept.pk).update(done_at=PAIRED)
    leave(group, "Sione")
    mine = Output.objects.filter(member=group.member("Sione"))
    assert not mine.filter(done_at=None, cancelled_at=None).exists()
    assert mine.get(pk=kept.pk).cancelled_at is None
    assert group.fresh().is_active
    assert form(group, "one-to-one", "Tevita", "Sione")


def test_everybody_is_told_kindly_and_nobody_who_asked_for_it(group):
    remove_member(pairing=group.fresh(), participant=group.places["Sione"], actor=group.coordinator)
    others, self_ = told("member_left"), told("member_left_self")
    assert set(others) == {group.users[name].email for name in ("Helen", "ʻAna", "Moana")}
    assert set(self_) == {group.users["Sione"].email}
    for words in (*others.values(), *self_.values()):
        assert "nobody is to blame" in words
        assert "Sina" not in words
    event = timeline_of(group.pairing).get(action="member.left")
    assert (event.actor, event.data["name"]) == (None, "Sione Tupou")


def test_the_coordinator_hears_of_somebody_who_leaves_by_themselves(group):
    leave(group, "Sione")
    assert set(told("member_left_coordinator")) == {group.coordinator.email}


def test_meetings_to_come_leave_the_calendar_of_who_leaves_and_nobody_elses(group):
    dated(group, 1, "2026-11-10 00:00")
    send_invitations(pairing=group.fresh(), actor=group.users["Helen"])
    before = Message.objects.filter(kind="pairs.invitation").count()
    leave(group, "Sione")
    assert Message.objects.filter(kind="pairs.invitation").count() == before + 1
    sent = Message.objects.get(kind="pairs.invitation", occasion__contains="left-")
    assert sent.email == group.users["Sione"].email
    assert render_message(sent).subject.startswith("Cancelled:")
    assert group.session(1).state == "planned"


@pytest.mark.parametrize("who", ["Helen", "ʻAna"])
def test_when_the_last_of_a_side_leaves_it_ends_as_an_early_ending_does(db, who):
    group = make_group(("Helen", "ʻAna"))
    with tenant_scope(group.organisation):
        leave(group, who)
        found = group.fresh()
        assert (found.state, found.ending.early) == ("dissolved", True)
        assert set(told("pairing_ended_early")) == {group.users["Helen"].email, group.users["ʻAna"].email}
        assert not PairingMember.objects.filter(pairing=found, left_at=None).exists()
        with pytest.raises(WrongState):
            join(group, "Sione")


def test_somebody_may_come_back_for_a_second_period_but_is_never_in_it_twice(group, at):
    leave(group, "Sione")
    with at("2026-12-20 00:00"):
        join(group, "Sione")
        with pytest.raises(CannotPair, match="in this group already"):
            join(group, "Sione")
        people = people_of(group.fresh())
        assert len(people.everyone) == 4
        assert len(people.of(group.users["Sione"]).periods) == 2
        with pytest.raises(IntegrityError), transaction.atomic():
            PairingMember.objects.create(
                pairing=group.pairing, participant=group.places["Helen"], side="mentor", joined_at=PAIRED
            )


def test_who_comes_back_is_not_asked_again_for_what_they_sent_and_goes_on_with_what_they_had_begun(group, at):
    sione = group.users["Sione"]
    logs = {"kind": "worksheet", "worksheet": "learning-log"}
    sent = close_output(output=write(group.output("Sione", moment="session-2", **logs), sione, LOG), actor=sione)
    begun = write(group.output("Sione", moment="session-3", **logs), sione, LOG)
    empty = group.output("Sione", moment="session-4", **logs)
    leave(group, "Sione")
    with at("2026-12-20 00:00"):
        member = join(group, "Sione")
        mine = Output.objects.filter(member__participant=group.places["Sione"], **logs)
        for one in (sent, begun, empty):
            assert mine.get(moment=one.moment).pk == one.pk, "one of each, and none that was withdrawn beside it"
        taken = mine.get(moment="session-3")
        assert (taken.member, taken.cancelled_at, taken.response_id) == (member, None, begun.response_id)
        assert mine.get(moment="session-2").done_at == sent.done_at
        assert not mine.filter(cancelled_at__isnull=False).exists()
        agreement = Output.objects.filter(member=member, kind="agreement")
        assert agreement.count() == Output.objects.filter(member=group.member("ʻAna"), kind="agreement").count()


def test_mentor_and_mentee_of_a_group_that_parted_are_not_suggested_again(group):
    leave(group, "Sione")
    helen = group.places["Helen"].pk
    assert occupancy(group.cohort).former == {(helen, group.places["Sione"].pk)}
    dissolve_pairing(pairing=group.fresh(), actor=group.coordinator)
    assert occupancy(group.cohort).former == {(helen, group.places[name].pk) for name in ("ʻAna", "Sione", "Moana")}


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        ([], ""),
        (["Helen"], "Helen"),
        (["ʻAna", "Sione"], "ʻAna and Sione"),
        (["ʻAna", "Sione", "Moana"], "ʻAna, Sione and Moana"),
        (["ʻAna", "Sione", "Moana", "Helen"], "ʻAna, Sione and 2 more"),
    ],
)
def test_several_people_are_called_by_more_than_the_first_name(names, phrase):
    assert names_in_a_row(names) == phrase


def test_an_instant_is_told_on_everybodys_clock(group):
    people = people_of(group.pairing)
    ana = people.of(group.users["ʻAna"])
    words = people.others(ana).when(dt.datetime(2026, 11, 10, 0, 0, tzinfo=dt.UTC), ana.zone)
    assert words.startswith("Tuesday 10 November, 13:00")
    assert "for Helen, in Brisbane" in words
    assert "for Sione too, in Nukuʻalofa" in words
    assert "Moana" not in words


def test_the_label_of_a_group_names_both_sides(group):
    assert people_of(group.pairing).label == "ʻAna Tupou, Moana Tupou and Sione Tupou · Helen Tupou"
    assert Pairing.objects.get(pk=group.pairing.pk).model == "group"


# --- What only some models have -----------------------------------------------------------------------------------------


@pytest.mark.covers("sssc.must.19")
def test_a_worksheet_and_a_clause_may_be_for_some_models_alone(db):
    def of_models(handbook) -> None:
        clauses = handbook.content["agreement"]["clauses"]
        clauses[0]["models"], clauses[1]["models"] = ["group"], ["one-to-one"]

    group = make_group(("Helen", "ʻAna", "Sione"), changed=of_models)
    with tenant_scope(group.organisation):
        for key, models in (("prep", ["one-to-one"]), ("goals", ["group", "team"])):
            change_sheet(group.pairing, key, models=models)
        pair = form(group, "one-to-one", "Tevita", "Keoni")
        plan_outputs(pair)
        assert set(Output.objects.filter(pairing=pair).values_list("worksheet", flat=True)) & {"prep", "goals"} == {
            "prep"
        }
        clauses = kit_of(group.cohort.programme.handbook).agreement.clauses
        for pairing, left_out in ((group.fresh(), clauses[1].key), (pair, clauses[0].key)):
            shown = {clause.key for clause in clauses_for(pairing, clauses)}
            assert {clause.key for clause in clauses} - shown == {left_out}
