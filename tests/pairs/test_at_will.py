"""Worksheets that a pair takes up when it likes, and what partners give each other to do at home."""

import datetime as dt

import pytest
from django.http import Http404

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.at_will import InThePast, at_will_of, give_homework
from pairs.domain.home import home_of
from pairs.domain.membership import remove_member
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of, right_to
from pairs.domain.sheets import add_sheet
from pairs.enums import Right
from pairs.models import Output
from templates_app.models import Template, TemplateVersion
from templates_app.shapes import Worksheet
from tests.pairs.conftest import PAIRED, make_group

WISH = {
    "key": "three-wishes",
    "title": "Three wishes",
    "group": "Exercises",
    "homework": True,
    "filled_by": "mentee",
    "readers": {"preset": "private", "shareable": True},
    "sections": [{"key": "all", "fields": [{"key": "wishes", "kind": "longtext", "label": "What do you wish for?"}]}],
}


@pytest.fixture
def wish(pair):
    """The pair's handbook has an exercise for the mentee that nothing calls for."""
    shape = Worksheet.model_validate(WISH)
    handbook = pair.pairing.cohort.programme.handbook
    template = Template.objects.create(handbook=handbook, key=shape.key, title=shape.title, position=99)
    TemplateVersion.objects.create(template=template, number=1, definition=WISH)
    return pair


def reader(pair, user):
    return reader_of(user, get_pairing_for(user, pair.pairing.pk))


def keys(pair, user) -> dict[str, tuple[bool, list[str]]]:
    listed = at_will_of(reader(pair, user))
    return {one.worksheet.key: (one.may_begin, [person.short_name for person in one.to_give]) for one in listed}


def give(pair, actor, due_on=None):
    return give_homework(reader=reader(pair, actor), worksheet="three-wishes", due_on=due_on, actor=actor)


def test_what_nothing_calls_for_stands_among_what_one_may_take_up(wish):
    assert keys(wish, wish.mentee)["three-wishes"] == (True, [])
    assert keys(wish, wish.mentor)["three-wishes"] == (False, ["ʻAna"])
    assert [key for key, (_may, to) in keys(wish, wish.mentor).items() if to] == ["three-wishes"], (
        "only what may be given"
    )
    for user in (wish.mentee, wish.mentor):
        assert not {"agreement", "mentee-profile", "mentor-profile", "evaluation", "short-closure", "prep"} & set(
            keys(wish, user)
        )


def test_one_that_does_not_repeat_is_begun_once_and_gone_on_with(wish):
    first = add_sheet(reader=reader(wish, wish.mentee), worksheet="three-wishes", actor=wish.mentee)
    assert keys(wish, wish.mentee)["three-wishes"][0] is False
    again = add_sheet(reader=reader(wish, wish.mentee), worksheet="three-wishes", actor=wish.mentee)
    assert again.pk == first.pk
    with pytest.raises(Http404):
        add_sheet(reader=reader(wish, wish.mentor), worksheet="three-wishes", actor=wish.mentor)


@pytest.mark.covers("gla.must.21", "gla.must.22")
def test_homework_is_an_offer_with_a_day_that_nobody_is_chased_for(wish):
    (output,) = give(wish, wish.mentor, dt.date(2026, 11, 20))
    assert (output.member.side, output.required, output.next_reminder_at) == ("mentee", False, None)
    assert output.due_at == dt.datetime(2026, 11, 20, 10, 59, 59, tzinfo=dt.UTC)  # the end of her day, in Apia
    (told,) = Message.objects.filter(kind="pairs.homework")
    assert told.recipient == wish.mentee
    assert "Three wishes" not in str(told.context), "the title of a private sheet is nobody's news"
    assert [(line.label, line.words) for line in home_of(wish.mentee, wish.pairing).homework] == [
        ("Three wishes", "by 20 Nov")
    ]
    assert right_to(wish.mentor, output) is Right.NONE, "giving it opens nothing of what is written there"
    assert right_to(wish.coordinator, output) is Right.STATUS


def test_nobody_gives_what_is_not_to_be_given_or_by_a_day_that_is_over(wish):
    with pytest.raises(InThePast):
        give(wish, wish.mentor, dt.date(2026, 11, 1))
    with pytest.raises(Http404):
        give(wish, wish.mentee)
    with pytest.raises(Http404):
        give_homework(reader=reader(wish, wish.mentor), worksheet="prep", due_on=None, actor=wish.mentor)
    assert not Output.objects.filter(moment__startswith="given-")
    assert [row.moment for row in (*give(wish, wish.mentor), *give(wish, wish.mentor))] == ["given-1", "given-2"]


def test_the_pages(wish, sign_in):
    mentor, place = sign_in(wish.mentor), f"{wish.place}worksheets/"
    page = mentor.get(place).content.decode()
    assert "Exercises" in page
    assert "Give it to ʻAna to do" in page
    assert place in sign_in(wish.mentee).get(wish.url("mentoring/")).content.decode()
    answer = mentor.post(f"{place}three-wishes/give/", {"due_on": "2020-01-01"})
    assert answer.status_code == 422
    assert "This day is over" in answer.content.decode()
    far = mentor.post(f"{place}three-wishes/give/", {"due_on": "9999-12-31"})
    assert far.status_code == 422
    assert "Choose a day between 1900 and 2200." in far.content.decode()
    assert mentor.post(f"{place}three-wishes/give/", {"due_on": ""}).status_code == 302
    assert Output.objects.get(moment="given-1").worksheet == "three-wishes"
    assert sign_in(wish.coordinator).get(place).status_code == 404


@pytest.mark.parametrize("filled_by", ["mentee", "together"])
def test_who_has_left_a_group_begins_nothing_in_it(db, sign_in, filled_by):
    def with_wish(handbook):
        handbook.save()
        template = Template.objects.create(handbook=handbook, key="three-wishes", title="Three wishes", position=99)
        definition = WISH | {"filled_by": filled_by, "homework": False, "readers": {"preset": "pair"}}
        TemplateVersion.objects.create(template=template, number=1, definition=definition)

    group = make_group(changed=with_wish)
    here = f"/o/reef/pairs/{group.pairing.pk}/worksheets/"
    with tenant_scope(group.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        assert keys(group, group.users["Sione"])["three-wishes"][0]
        remove_member(pairing=group.fresh(), participant=group.places["Sione"], actor=group.coordinator)
    with clock.at(PAIRED + dt.timedelta(days=2)):
        browser = sign_in(group.users["Sione"])
        assert "three-wishes" not in browser.get(here).content.decode()
        assert browser.post(f"{here}three-wishes/new/").status_code == 404
    with tenant_scope(group.organisation):
        assert not Output.objects.filter(pairing=group.pairing, worksheet="three-wishes").exists()


def test_a_mentor_who_has_left_a_group_is_not_shown_what_they_might_give(db, sign_in):
    def with_wish(handbook):
        handbook.save()
        template = Template.objects.create(handbook=handbook, key="three-wishes", title="Three wishes", position=99)
        TemplateVersion.objects.create(template=template, number=1, definition=WISH)

    group = make_group(("Helen", "Tevita", "ʻAna", "Sione"), model="two-by-two", changed=with_wish)
    here = f"/o/reef/pairs/{group.pairing.pk}/worksheets/"
    with tenant_scope(group.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        assert keys(group, group.users["Tevita"])["three-wishes"][1]
        remove_member(pairing=group.fresh(), participant=group.places["Tevita"], actor=group.coordinator)
    with clock.at(PAIRED + dt.timedelta(days=2)):
        assert "three-wishes/give/" not in sign_in(group.users["Tevita"]).get(here).content.decode()
