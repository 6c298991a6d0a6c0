"""What a walk over every page needs beside the demo's own story: the same people go on a little, by the same verbs."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from demo.story import words
from demo.story.path import Path
from demo.world import FIRST, load
from evaluation.domain.evaluating import send_evaluation
from evaluation.domain.exports import request_export
from mentoring import clock
from mentoring.accounts.models import User
from mentoring.notices.mailbox import MailboxBackend
from mentoring.organisations.domain.organisations import invite_organisation
from mentoring.tenancy.models import Membership, Organisation
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import run_worker
from pairs.domain.achievements import record_achievement
from pairs.domain.agreement import revise_agreement
from pairs.domain.agreement_queries import get_own_agreement_for
from pairs.domain.files import share_file
from pairs.domain.introducing.making import propose_introduction
from pairs.domain.pairing import form_pairing
from pairs.domain.people import people_of
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.enums import PairingModel
from pairs.models import Output, Pairing, Session
from programmes.domain.assignments import give_role
from programmes.domain.cohorts import change_cohort, open_cohort
from programmes.domain.concerns.raising import raise_concern
from programmes.domain.designing.drafts import open_draft
from programmes.domain.designing.publishing import publish_draft
from programmes.domain.designing.sheets import add_section
from programmes.domain.expenses.claiming import add_line, begin_claim, take_step
from programmes.domain.expenses.states import Step
from programmes.domain.gatherings import plan_gathering
from programmes.domain.handbook.articles import add_article
from programmes.domain.invitations import invite_person
from programmes.domain.joining import join_as_new
from programmes.domain.matching.criteria import declare_conflict
from programmes.domain.matching.runs import run_due
from programmes.domain.materials import materials_of, send_material
from programmes.domain.people import add_participant
from programmes.domain.people_import import choose_columns, upload_people
from programmes.domain.programmes import create_programme
from programmes.domain.sheets import begin_own_sheet, begin_programme_sheet
from programmes.domain.suggestions import new_code, write_suggestion
from programmes.domain.training.doing import read_page
from programmes.enums import ConflictKind
from programmes.models import Cohort, Gathering, Participant, Programme
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import current_versions
from templates_app.domain.worksheet_documents import request_blank_pdf
from templates_app.shapes import Expenses, Files, Introductions, Recognition, Suggestions
from tests.rich.outside import publish, send_sheet

MODULE = {
    "key": "basics",
    "title": "Mentoring basics",
    "ours": True,
    "pages": [{"title": "Boundaries", "text": "Say **no** kindly."}],
    "questions": [
        {"key": "who", "question": "Who leads?", "right": [{"text": "The mentee"}], "wrong": [{"text": "Nobody"}]}
    ],
}
OPEN_ROOMS = {
    "files": Files(ours=True, words="Nothing that names others.").model_dump(mode="json"),
    "introductions": Introductions(ours=True, words="Ask them first.").model_dump(mode="json"),
    "suggestions": Suggestions(ours=True).model_dump(mode="json"),
    "recognition": Recognition(ours=True).model_dump(mode="json"),
    "expenses": Expenses(ours=True, roles=["mentor", "mentee"]).model_dump(mode="json"),
}
"""What else the programme offers from now on."""
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "a long pass phrase of Helen's"
ROWS = (
    "Role,First name,Family name,E-mail,Country\nmentee,Lupe,Fonoti,lupe@plp.example,Samoa\nneither,Sefa,,sefa,Samoa\n"
)


class MoreOfTheDemo:
    """The demo, loaded and carried on. Knows its people by their first names, and addresses that no page links to."""

    def __init__(self) -> None:
        load()
        self.organisation = Organisation.objects.get(slug=FIRST)
        self.at: dict[str, str] = {}
        with tenant_scope(self.organisation):
            self.cohort = Cohort.objects.select_related("programme__handbook").get(slug="first")
            self.coordinator = self.user("leilani.faleafa")
            self._programme_goes_on()
            self._pairs_go_on()
            self._people_join()
        for kind in ("documents", "exports"):
            run_worker(kind, self.organisation, clock.now())
        self._two_texts_at_once()
        self._mail()

    def user(self, name: str) -> User:
        """Somebody by the first half of their address."""
        return User.objects.get(email__startswith=f"{name}")

    def place(self, name: str) -> Participant:
        """Their place in the cohort."""
        return Participant.objects.get(email__startswith=name, cohort=self.cohort)

    def pairing(self, mentee: str) -> Pairing:
        """The pair of that mentee."""
        rows = Pairing.objects.select_related("cohort__programme__handbook")
        return rows.get(members__participant__email__startswith=mentee)

    def _programme_goes_on(self) -> None:
        """An article and an event of the programme's own, material sent, a list begun, a conflict, suggested pairs, an export."""
        cohort, actor = self.cohort, self.coordinator
        article = {
            "title": "What we ourselves have learned",
            "body": "Calls across four zones work best on *Thursdays*.",
        }
        add_article(programme=cohort.programme, values=article, actor=actor)
        guests = [self.place("ana"), self.place("helen"), self.place("sione")]
        plan_gathering(
            cohort=cohort,
            title="An hour for questions",
            text="Bring what you want to ask the others.",
            starts_at=clock.now() + dt.timedelta(days=20),
            minutes=60,
            zone="Pacific/Apia",
            place="https://meet.example/all",
            people=guests,
            actor=actor,
        )
        send_material(
            cohort=cohort,
            people=guests,
            materials=materials_of(cohort)[:2],
            subject="To read before you meet",
            words="Two short texts.",
            actor=actor,
        )
        run = upload_people(cohort=cohort, filename="more people.csv", data=ROWS.encode(), actor=actor)
        choose_columns(run=run, mapping=run.mapping, actor=actor)
        self.at["import"] = f"programmes/e-mentoring/cohorts/first/people/import/{run.pk}/"
        pair = {"mentor": self.place("lagi"), "mentee": self.place("lole")}
        declare_conflict(cohort=cohort, kind=ConflictKind.INTEREST, note="They bid together.", actor=actor, **pair)
        publish(cohort.programme.handbook)
        begin_programme_sheet(programme=cohort.programme, worksheet="checklist", actor=actor)
        ana = self.user("ana")
        sent = begin_own_sheet(person=self.place("ana"), worksheet="diary", actor=ana)
        send_sheet(sent, ana, "Today I asked a question.")
        self.at["diary that was sent"] = f"worksheets/{sent.pk}/read/"
        diary = begin_own_sheet(person=self.place("ana"), worksheet="diary", actor=ana)
        self.diary = f"worksheets/{diary.pk}/"
        self._a_worksheet_is_changed(cohort.programme)
        self._people_are_cared_for(cohort, ana)
        run_due(clock.now())
        self._group()
        second = create_programme(
            kit=shipped_kit("plp-ess"), title="A second programme", slug="second", actor=self.user("tomasi")
        )
        open_cohort(
            programme=second,
            title="Later",
            slug="later",
            starts_on=clock.now().date(),
            zone="Pacific/Apia",
            actor=self.user("tomasi"),
        )
        gathering = Gathering.objects.get(cohort=cohort, title="An hour for questions")
        self.at["gathering"] = f"events/{gathering.pk}/"
        asked = Gathering.objects.get(cohort=cohort, title="Asking good questions")
        self.at["how it was"] = f"events/{asked.pk}/feedback/"
        export = request_export(programme=cohort.programme, kind="csv", actor=self.user("tomasi"))
        self.at["export"] = f"exports/{export.pk}/"
        request_blank_pdf(version=current_versions(cohort.programme.handbook)["prep"], actor=actor)

    def _group(self) -> None:
        """The programme allows groups from now on, and there is one."""
        handbook = self.cohort.programme.handbook
        handbook.refresh_from_db()
        handbook.content["plan"]["models"] = ["one-to-one", "group", "peers", "informal"]
        handbook.revision += 1
        handbook.save()
        group = form_pairing(
            cohort=self.cohort,
            model=PairingModel.GROUP,
            mentors=[self.place("teina")],
            mentees=[self.place("viliami")],
            actor=self.coordinator,
        )
        self.at["members"] = f"pairs/{group.pk}/members/"

    def _a_worksheet_is_changed(self, programme: Programme) -> None:
        """One was published anew, and is being changed again."""
        actor = self.user("leilani")
        for title in ("Looking ahead", "And then"):
            draft = open_draft(programme=programme, key="capacity", actor=actor)
            add_section(draft=draft, title=title, actor=actor)
            if title == "Looking ahead":
                draft.refresh_from_db()
                publish_draft(draft=draft, revision=draft.revision, against=1, take_drafts=False, actor=actor)
        here = f"programmes/{programme.slug}/handbook/worksheets/capacity/"
        self.at |= {"draft of a worksheet": here, "form of a draft": f"{here}preview/form/"}

    def _people_are_cared_for(self, cohort: Cohort, ana: User) -> None:
        """The handbook takes concerns and names whom to turn to; Mele leads for concerns and has one of ʻAna's."""
        handbook = cohort.programme.handbook
        handbook.refresh_from_db()
        concerns = {"ours": True, "words": "You do not have to judge alone.", "exceptions": [{"text": "Harm."}]}
        doctor = {"key": "doctor", "kind": "wellbeing", "name": "A doctor", "phone": "+685 20100", "ours": True}
        handbook.content = {
            **handbook.content,
            "concerns": concerns,
            "contacts": [doctor],
            "training": [MODULE],
        } | OPEN_ROOMS
        handbook.revision += 1
        handbook.save()
        mele = Membership.objects.get(organisation=self.organisation, user=self.user("mele"))
        give_role(programme=cohort.programme, membership=mele, role="concerns", actor=self.coordinator)
        place = self.place("ana")
        concern = raise_concern(person=place, text="I fear for a child.", answers={"kind": "safety"}, actor=ana)
        self.at["concern"] = f"concerns/{concern.pk}/"
        read_page(person=place, key="basics", page=0, actor=ana)
        self.at["module"] = f"place/{place.pk}/training/basics/?page=1"
        self.at["questions"] = f"place/{place.pk}/training/basics/?page=questions"
        self._yesterday_in_the_box(cohort.programme, ana)
        self._claims(place, ana)
        self._achieves(place)
        self.at["concern form"] = f"concerns/new/{place.pk}/?about=else"

    def _yesterday_in_the_box(self, programme: Programme, ana: User) -> None:
        with clock.at(clock.now() - dt.timedelta(days=2)):
            write_suggestion(programme=programme, text="Fewer forms, please.", code=new_code(), actor=ana)

    def _achieves(self, place: Participant) -> None:
        day, actor = clock.now().date(), self.coordinator
        record_achievement(person=place, what="has led a workshop", achieved_on=day, hours=None, actor=actor)

    def _claims(self, place: Participant, ana: User) -> None:
        for send in (True, False):
            claim = begin_claim(person=place, actor=ana)
            values = {
                "kind": "travel",
                "what": "The bus",
                "amount": Decimal("4.50"),
                "currency": "EUR",
                "receipt": None,
            }
            add_line(claim=claim, spent_on=clock.now().date(), actor=ana, **values)
            if send:
                take_step(claim=claim, step=Step.SEND, actor=ana)

    def _pairs_go_on(self) -> None:
        """Litia's agreement is being changed; ʻAna assesses herself again; Litia's pair is asked elsewhere how it was."""
        litia = self.user("litia")
        revise_agreement(agreement=get_own_agreement_for(litia, self.pairing("litia").pk), actor=litia)
        ana, pair = self.user("ana"), self.pairing("ana")
        for again in (True, False):
            sheet = add_sheet(reader=reader_of(ana, pair), worksheet="capacity", actor=ana)
            if again:
                Path(pair, clock.now()).write(ana, "capacity", words.CAPACITY, sheet.moment)
        feeling = add_sheet(reader=reader_of(ana, pair), worksheet="feeling", actor=ana)
        Path(pair, clock.now()).write(ana, "feeling", {"well": 2}, feeling.moment)
        self.at["trend"] = f"pairs/{pair.pk}/worksheets/feeling/trend/"
        share_file(
            pairing=pair, file=SimpleUploadedFile("plan.txt", b"Plan"), title="A plan", note="First go.", actor=ana
        )
        introduced = {"name": "Una Chief", "email": "una@lagoon.example", "why": "Both of you measure lagoons."}
        mentee = people_of(pair).mentee.member
        propose_introduction(pairing=pair, mentee=mentee, actor=people_of(pair).mentor.user, **introduced)
        self.at["give"] = f"pairs/{pair.pk}/worksheets/exercise/give/"
        read = Output.objects.get(pairing=pair, worksheet="learning-log", moment="session-2", member__side="mentee")
        self.at["log that was passed on"] = f"outputs/{read.pk}/read/"
        coming = Session.objects.get(pairing=pair, number=4, part=0)
        self.at["session to come"] = f"pairs/{pair.pk}/sessions/{coming.pk}/held/"
        self.at["signed agreement"] = f"pairs/{pair.pk}/agreement/write/read/"
        self.at["examples"] = f"outputs/{sheet.pk}/examples/"
        both = Output.objects.filter(pairing=pair, worksheet="capacity", done_at__isnull=False).values_list(
            "pk", flat=True
        )
        chosen = "&".join(f"sheet={pk}" for pk in both)
        self.at["compare"] = f"pairs/{pair.pk}/worksheets/capacity/compare/?{chosen}"
        self.at["version"] = f"pairs/{self.pairing('litia').pk}/agreement/1/"
        cohort = self.cohort
        known = {name: getattr(cohort, name) for name in ("title", "starts_on", "ends_on", "zone", "state")}
        change_cohort(cohort=cohort, evaluation_url="https://forms.example/mentoring", actor=self.coordinator, **known)
        send_evaluation(pairings=[self.pairing("litia")], actor=self.coordinator)
        helen = self.user("helen")
        helen.set_password(PASSWORD)
        helen.save()

    def _people_join(self) -> None:
        """Lupe has taken her place and has her profile before her; Sefa's invitation is on its way; one link was used."""
        self.at |= {name: f"join/{self._invited(name)}/" for name in ("lupe", "sefa")}
        token = self.at["lupe"].split("/")[1]
        join_as_new(token=token, given_name="Lupe", family_name="Fonoti", zone="Pacific/Apia")
        self.at["operator"] = f"/organisations/new/{invite_organisation()}/"

    def _invited(self, name: str) -> str:
        from mentoring.notices.models import Message

        facts = {"given_name": name.title(), "family_name": "Fonoti", "zone": "Pacific/Apia"}
        email = f"{name}.fonoti@plp.example"
        person = add_participant(
            cohort=self.cohort, side="mentee", email=email, facts=facts, actor=self.coordinator, decided=True
        )
        invitation = invite_person(person=person, actor=self.coordinator)
        message: Any = Message.objects.get(kind="programmes.invitation", subject_id=invitation.pk)
        return message.context["action_url"].rstrip("/").rsplit("/", 1)[1]

    def _two_texts_at_once(self) -> None:
        """Four sheets were saved from two pages at once: each has a page on which one chooses."""
        with tenant_scope(self.organisation):
            log = Output.objects.get(
                pairing=self.pairing("ana"), worksheet="learning-log", moment="session-3", member__side="mentee"
            )
            sheets = {
                "log": (self.user("ana"), f"outputs/{log.pk}/", "f-issues"),
                "agreement": (
                    self.user("litia"),
                    f"pairs/{self.pairing('litia').pk}/agreement/write/",
                    "f-ground_rules-0-rule",
                ),
                "diary": (self.user("ana"), self.diary, "f-words"),
                "enrolment": (self.user("lupe"), f"enrolment/{self.place('lupe').pk}/", "f-focus"),
            }
        for name, (user, place, question) in sheets.items():
            client = Client()
            client.force_login(user, backend=BACKEND)
            for key in ("aa11", "bb22"):
                form = {question: f"What {key} says", "revision": 0, "save_key": key, "_end": "1", "_do": "save"}
                client.post(f"/o/{FIRST}/{place}", form)
            self.at[name] = f"{place}conflict/"
            self.at[f"{name} to review"] = f"{place}review/"
            self.at[f"{name} form"] = place

    def _mail(self) -> None:
        letter = EmailMultiAlternatives("Session 4 on Thursday", "Mālō, ʻAna", to=["ana.moala@plp.example"])
        letter.attach_alternative("<html><body><h1>Mālō</h1></body></html>", "text/html")
        MailboxBackend().send_messages([letter])
