"""Components draw what they are given, refuse what they do not know, and escape what people wrote."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from mentoring.ui import dates, samples, shapes
from mentoring.ui.components import cards
from mentoring.ui.templatetags import ui

CANARY = '"><script>alert(1)</script>'
SAFE = "&quot;&gt;&lt;script&gt;"


def draw(source: str, **context) -> str:
    request = RequestFactory().get("/people/?q=wharf&state=late&page=2")
    return Template("{% load ui %}" + source).render(Context({"request": request, "csrf_token": "token", **context}))


BLOCKS = {"sheet", "meeting", "readers", "notice", "empty", "table", "confirm", "saved_bar", "side_by_side", "pane"}


@pytest.mark.parametrize("name", sorted(ui.register.tags))
def test_every_tag_refuses_an_argument_it_does_not_declare(name):
    closing = "{% end" + name + " %}" if name in BLOCKS else ""
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'unheard_of'"):
        Template("{% load ui %}{% " + name + ' unheard_of="x" %}' + closing)


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        (shapes.Stage, {"title": "Connection", "state": "finished"}),
        (shapes.StageItem, {"label": "Log", "state": "done"}),
        (shapes.Owed, {"label": "Log", "state": "overdue"}),
        (shapes.Cell, {"state": "red"}),
        (shapes.Action, {"label": "Go", "url": "#", "method": "delete"}),
        (shapes.Action, {"label": "Go", "url": "#", "kind": "huge"}),
        (shapes.Column, {"label": "Name", "sorted": "up"}),
        (shapes.Attention, {"who": "A", "reason": "b", "state": "bad", "why": "c"}),
    ],
)
def test_a_state_that_does_not_exist_is_refused_where_it_is_written(shape, values):
    with pytest.raises(ValueError, match="must be one of"):
        shape(**values)


@pytest.mark.parametrize("tag", ["road", "owed", "figures", "facts", "timeline", "attention"])
def test_a_record_of_another_kind_is_refused(tag):
    with pytest.raises(TypeError, match="records, not dict"):
        draw("{% " + tag + " items %}", items=[{"label": "Log"}])


def test_the_next_step_says_what_when_and_how_long():
    page = draw(
        '{% next_step title=what url="/log/" label="Write" why=what due=due minutes=1 %}',
        what=CANARY,
        due=dates.Due("late", "2 days late"),
    )
    assert SAFE in page
    assert "<script" not in page
    assert '<span class="tag late">2 days late</span>' in page
    assert "about 1 minute<" in page


def test_the_road_opens_at_the_present_stage_and_says_states_in_words():
    page = draw("{% road stages %}", stages=samples.stages())
    assert page.count("<details open>") == 1
    assert page.count('aria-current="step"') == 1
    assert "Capacity and action plan" in page.split("<details open>")[1].split("</details>")[0]
    for state in ("(done", "(now", "(ahead"):
        assert state in page


@pytest.mark.parametrize(
    ("source", "context"),
    [
        ("{% owed items %}", {"items": [shapes.Owed(CANARY, "/x/", "due", CANARY, CANARY)]}),
        (
            "{% road items %}",
            {"items": [shapes.Stage(CANARY, "now", CANARY, "", [shapes.StageItem(CANARY, "", "due", CANARY)])]},
        ),
        (
            "{% attention items %}",
            {
                "items": [
                    shapes.Attention(CANARY, CANARY, "due", CANARY, CANARY, "", [shapes.Action(CANARY, "/x/", "post")])
                ]
            },
        ),
        ("{% facts items %}", {"items": [shapes.Fact(CANARY, CANARY)]}),
        ("{% timeline items %}", {"items": [shapes.Happening(CANARY, CANARY, CANARY)]}),
        ("{% figures items as_of=words %}", {"items": [shapes.Figure(CANARY, CANARY, CANARY)], "words": CANARY}),
        ("{% tabs items label=words %}", {"items": [shapes.Choice(CANARY, "/x/")], "words": CANARY}),
        (
            "{% matrix columns items caption=words head=words %}",
            {
                "columns": [CANARY],
                "items": [shapes.Row(CANARY, [shapes.Cell("late", "/x/", CANARY)], "", CANARY)],
                "words": CANARY,
            },
        ),
        (
            "{% filter_bar query=words filters=items %}",
            {"items": [shapes.Filter(CANARY, [shapes.Choice(CANARY, "/x/")])], "words": CANARY},
        ),
        ('{% tag "good" words %}{% avatar words %}{% icon "check" words %}', {"words": CANARY}),
        ("{% sheet title=words %}{{ words }}{% endsheet %}", {"words": CANARY}),
        ("{% pane title=words detail=words %}{{ words }}{% endpane %}", {"words": CANARY}),
        ("{% notice title=words %}{{ words }}{% endnotice %}", {"words": CANARY}),
        ("{% empty title=words %}{{ words }}{% endempty %}", {"words": CANARY}),
        ("{% readers change_url=words %}{{ words }}{% endreaders %}", {"words": CANARY}),
        (
            "{% undo words url=words %}{% post_button words words described=words hidden=hidden %}",
            {"words": CANARY, "hidden": {CANARY: CANARY}},
        ),
        (
            "{% confirm title=words url=words label=words cancel_url=words %}{{ words }}{% endconfirm %}",
            {"words": CANARY},
        ),
        ('{% saved_bar state="late" words=words %}{{ words }}{% endsaved_bar %}', {"words": CANARY}),
        ("{% side_by_side label=words %}{{ words }}{% endside_by_side %}", {"words": CANARY}),
        ("{% progress 1 2 label=words %}{% fit 50 label=words %}", {"words": CANARY}),
        (
            "{% difference words other as changed %}{{ changed.before }}{{ changed.after }}{{ changed.inline }}",
            {"words": CANARY, "other": "b" + CANARY},
        ),
    ],
)
def test_what_people_wrote_is_escaped(source, context):
    page = draw(source, **context)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert 'alert(1)"' not in page


def test_the_matrix_says_every_cell_in_words():
    page = draw('{% matrix columns rows caption="Outputs" head="Pair" form="chase" %}', **samples.matrix())
    assert '<i aria-hidden="true">!</i><span>Log 2, mentee<span class="cell-state">: late</span></span>' in page
    assert page.count('form="chase"') == 4
    assert 'scope="row"' in page


def test_a_row_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="zip"):
        draw(
            '{% matrix columns rows caption="c" head="h" %}',
            columns=["A", "B"],
            rows=[shapes.Row("x", [shapes.Cell("done")])],
        )


def test_nobody_needing_attention_is_said():
    assert "Nobody needs you right now" in draw("{% attention items %}", items=[])
    assert "All is well" in draw('{% attention items calm="All is well" %}', items=[])


def test_further_actions_stand_behind_more_and_are_protected():
    page = draw("{% attention items %}", items=samples.attention()[:1])
    assert page.count('class="button tiny') == 3  # two actions and "more"
    assert "Open the pairing" in page.split("menu-list")[1]
    assert page.count('name="csrfmiddlewaretoken" value="token"') == 1


def test_pages_keep_what_was_searched():
    page = draw("{% pagination page %}", page=Paginator(range(200), 25).page(2))
    assert 'href="?q=wharf&amp;state=late&amp;page=3"' in page
    assert page.count('aria-current="page"') == 1
    assert "26–50 of 200" in page


def test_a_single_page_needs_no_ways_to_others():
    assert draw("{% pagination page %}", page=Paginator(range(3), 25).page(1)).strip() == ""


def test_searching_keeps_the_filters_and_starts_at_the_first_page():
    page = draw('{% filter_bar query="wharf" %}')
    assert '<input type="hidden" name="state" value="late">' in page
    assert 'name="page"' not in page


def test_every_button_that_does_something_is_protected():
    assert 'value="token"' in draw('{% post_button "/do/" "Do" %}')
    assert 'value="token"' in draw('{% undo "Done" url="/undo/" %}')
    assert 'value="token"' in draw('{% confirm title="t" url="/do/" label="l" cancel_url="/" %}{% endconfirm %}')


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("ʻAna Moala", "AM"),
        ("Helen", "H"),
        ("maria da conceição", "MC"),
        ("", "?"),
        ("山田 花子", "山花"),
        ("· ·", "?"),
    ],
)
def test_initials_in_any_script(name, letters):
    assert cards.initials(name) == letters


@pytest.mark.parametrize("score", [-1, 101])
def test_a_fit_beyond_the_scale_is_refused(score):
    with pytest.raises(ValueError, match="0 to 100"):
        draw("{% fit score label='x' %}", score=score)


def test_progress_of_nothing_is_an_empty_bar():
    assert 'max="1" value="0"' in draw('{% progress 0 0 label="Nothing" %}')


def test_differences_are_marked_and_spoken():
    page = draw(
        "{% difference old new as d %}{{ d.before }}|{{ d.after }}|{{ d.same }}",
        old="within a week",
        new="within two days",
    )
    before, after, same = page.split("|")
    assert (
        before
        == 'within <del><span class="visually-hidden">[taken out: </span>a week<span class="visually-hidden">]</span></del>'
    )
    assert "<ins>" in after
    assert "two days" in after
    assert same == "False"


def test_equal_texts_show_no_difference():
    assert draw("{% difference a a as d %}{{ d.inline }}{{ d.same }}", a="the same") == "the sameTrue"


class ThreeFields(forms.Form):
    name = forms.CharField(help_text="<b>not bold</b>", widget=forms.TextInput(attrs={"placeholder": "Name"}))
    note = forms.CharField(required=False)
    choice = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, label="Which?")

    def clean(self):
        raise forms.ValidationError("The two do not fit together.")


def test_a_field_is_labelled_helped_and_faulted_for_screen_readers():
    page = draw("{% field form.name %}", form=ThreeFields({"note": ""}))
    assert '<label for="id_name">Name</label>' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert "&lt;b&gt;not bold" in page
    assert "placeholder" not in page


def test_optional_fields_are_marked_and_required_ones_are_not():
    page = draw("{{ form }}", form=ThreeFields())
    assert page.count("(optional)") == 1
    assert "<legend>Which?</legend>" in page


def test_the_error_summary_links_to_what_takes_the_focus():
    page = draw("{% error_summary form %}", form=ThreeFields({}))
    assert "3 things to put right" in page
    assert 'href="#id_name">Name: ' in page
    assert 'href="#id_choice_0">Which? ' in page
    assert "The two do not fit together." in page


def test_a_form_without_faults_has_no_summary():
    assert draw("{% error_summary form %}", form=ThreeFields()).strip() == ""


def test_formsets_report_the_faults_of_their_members():
    formset = forms.formset_factory(ThreeFields)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-note": "x"}
    )
    assert 'href="#id_form-0-name"' in draw("{% error_summary formset %}", formset=formset)


def test_an_icon_is_decoration_or_has_words():
    assert draw('{% icon "check" "" %}').count("<span") == 0
    assert '<span class="visually-hidden">Done</span>' in draw('{% icon "check" "Done" %}')
    assert 'aria-hidden="true"' in draw('{% icon "check" "Done" %}')
    assert "style=" not in draw('{% icon "check" "Done" %}')
