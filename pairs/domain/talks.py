"""Guides to a talk: prompts in the words of one's own side, beside a session and beside the log that is written of it."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.tenancy.scope import current_organisation
from pairs.domain.alongside import adds_sessions
from pairs.domain.reading import Reader
from pairs.domain.sheets import may_add
from pairs.models import Output, Session
from templates_app.domain.articles import articles_of
from templates_app.domain.owners import Companion, CompanionLine
from templates_app.models import Article
from templates_app.shapes import Kit, TalkGuide, Use, Worksheet


def is_last(kit: Kit, session: Session) -> bool:
    """Whether it is the session with which the pair looks back: the plan's last, or where a pair adds its own, its last."""
    if not adds_sessions(session.pairing):
        return session.number == kit.plan.sessions
    return not Session.objects.filter(pairing=session.pairing_id, part=0, number__gt=session.number).exists()


def talks_at(reader: Reader, session: Session, articles: Sequence[Article], *, last: bool) -> list[Companion]:
    """Every guide of the handbook for one of the pair, those that open by themselves at this session first.

    ``articles`` are those that this side reads; ``last`` says that it is the pair's last session.
    """
    number = session.number if not session.part else 0
    return _ordered(
        _shown(reader, talk, articles, is_open=bool(number) and talk.opens_at(number, is_last=last), keeps=True)
        for talk in reader.kit.talks
    )


def talks_beside(reader: Reader, output: Output, sheet: Worksheet) -> list[Companion]:
    """The guides beside a sheet that is written: all of them beside a log, and its own beside the sheet that keeps a guide's
    answers. At most two queries; none where the handbook has no guides.
    """
    own = [talk for talk in reader.kit.talks if talk.worksheet == sheet.key]
    talks = reader.kit.talks if sheet.use is Use.LOG else own
    if reader.person is None or not talks:
        return []
    session = None if output.is_further else output.session
    last = session is not None and any(talk.last for talk in talks) and is_last(reader.kit, session)
    handbook = reader.pairing.cohort.programme.handbook
    articles = articles_of(handbook, str(reader.person.side)) if any(talk.articles for talk in talks) else []
    return _ordered(
        _shown(
            reader,
            talk,
            articles,
            is_open=talk in own or (session is not None and talk.opens_at(session.number, is_last=last)),
            keeps=False,
        )
        for talk in talks
    )


def _ordered(shown: Iterable[Companion | None]) -> list[Companion]:
    return sorted((one for one in shown if one is not None), key=lambda one: not one.is_open)


def _shown(
    reader: Reader, talk: TalkGuide, articles: Sequence[Article], *, is_open: bool, keeps: bool
) -> Companion | None:
    """The guide as this person is prompted; ``None`` where it has no word for their side. ``keeps``: with the way to the
    sheet for its answers, which leaves the page at hand.
    """
    assert reader.person is not None
    side = str(reader.person.side)
    lines = [
        CompanionLine(words, tuple(item.text for item in prompt.items))
        for prompt in talk.prompts
        if (words := prompt.words_for(side))
    ]
    if not lines:
        return None
    slug = current_organisation().slug
    sheet = reader.worksheets.get(talk.worksheet or "")
    may_keep = keeps and sheet is not None and may_add(reader, sheet)
    programme = reader.pairing.cohort.programme.slug
    return Companion(
        title=talk.title,
        text=talk.purpose,
        lines=tuple(lines),
        is_open=is_open,
        keep_url=reverse("pairs:sheet-add", args=[slug, reader.pairing.pk, talk.worksheet]) if may_keep else "",
        keep_label=_("Keep answers: %(title)s") % {"title": sheet.title} if sheet else "",
        articles=tuple(
            (one.title, reverse("programmes:article", args=[slug, programme, one.key]))
            for one in articles
            if one.key in talk.articles
        ),
    )
