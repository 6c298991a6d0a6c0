"""What comes after the pairs' own work: evaluation, reports, papers, exports, calendars, a pair that ended early."""

import datetime as dt

from evaluation.domain.coding.marking import Marking, save_coding, themes_of
from evaluation.domain.coding.texts import Text, get_question
from evaluation.domain.evaluating import send_evaluation
from evaluation.domain.exports import request_export
from evaluation.domain.reports import FIGURES, NAMES, report_due, request_report_pdf
from evaluation.models import Report
from mentoring import clock
from mentoring.work.domain import run_worker
from pairs.domain.compiled import request_records
from pairs.domain.ending import dissolve_pairing
from pairs.domain.feeds import renew_feed
from pairs.domain.logs import compile_logs
from pairs.domain.output_owner import owner_of
from pairs.domain.sheets import add_sheet
from pairs.models import Output, Pairing
from programmes.domain.cohorts import change_cohort
from templates_app.domain.kits import current_versions
from templates_app.domain.worksheet_documents import request_blank_pdf, request_worksheet_pdf
from tests.rich import pair as path
from tests.rich.company import RichCompany
from tests.rich.marks import Secrecy, Whose
from tests.rich.sheets import Pair, write, write_on
from tests.rich.staff import membership_of


def end_early(company: RichCompany) -> None:
    """A pair that was introduced and ended before its time; the mentee looks back for herself."""
    pair = Pair(company, "mentor_past", "mentee_past", dict.fromkeys(("mentor", "mentee", "pair"), Whose.PAST))
    path.confirm(pair)
    path.introduce(pair)
    write(pair, "prep", "before-first-meeting", "mentee", secrecy=Secrecy.PRIVATE)
    dissolve_pairing(pairing=pair.pairing, actor=company.mentor_past)
    pair.pairing.refresh_from_db()
    write(pair, "short-closure", "ended-early", "mentee")
    company.pairing_past = pair.pairing


def evaluate(company: RichCompany, second: Pair) -> None:
    """The second pair is asked here, and the mentee has answered; then the cohort has a form elsewhere, for the first."""
    coordinator, cohort = company.coordinator, company.cohort
    send_evaluation(pairings=[_whole(second.pairing)], actor=coordinator)
    write(second, "evaluation", "evaluation", "mentee")
    change_cohort(
        cohort=cohort,
        title=cohort.title,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        zone=cohort.zone,
        state=cohort.state,
        evaluation_url=f"https://forms.example/{company.marks(Whose.PROGRAMME, Secrecy.OPEN, 'Cohort.evaluation_url')}",
        actor=coordinator,
    )
    send_evaluation(pairings=[_whole(company.pairing)], actor=coordinator)


def _whole(pairing: Pairing) -> Pairing:
    return Pairing.objects.select_related("cohort__programme__handbook").get(pk=pairing.pk)


def gather_themes(company: RichCompany, second: Pair) -> None:
    """What the second pair's mentee wrote on how she has grown, and a theme that the coordinator found in it."""
    begun = add_sheet(reader=second.reader("mentee"), worksheet="growth", actor=second.user("mentee"))
    response = write_on(second, begun, "mentee").response
    asked = get_question(company.programme, "growth", "grown")
    found = {"cohort": company.cohort, "question": asked, "namings": {}, "actor": company.coordinator}
    save_coding(**found, new=company.marks(Whose.PROGRAMME, Secrecy.STAFF, "Theme.name"), markings=[])
    (theme,) = themes_of(company.programme, [asked])[asked.key]
    marking = Marking(Text("", "", response), frozenset(), frozenset({str(theme.pk)}))
    save_coding(**found, new="", markings=[marking])


def report(company: RichCompany) -> None:
    """This week's report, with its PDF in both editions."""
    report_due(clock.now())
    found = company.kept["report"] = Report.objects.select_related("cohort__programme").filter(cohort=company.cohort)[0]
    request_report_pdf(report=found, edition=FIGURES, actor=company.steering)
    company.kept["document_report"] = request_report_pdf(report=found, edition=NAMES, actor=company.coordinator)


def ask_for_papers(company: RichCompany, first: Pair, second: Pair) -> None:
    """PDFs: a private sheet, a blank one, all logs of the second pair, all records of the first mentor; calendars."""
    reader = first.reader("mentee")
    rows = Output.objects.select_related("response__version__template", "session", "member")
    private = rows.get(pk=first.output("prep", "before-first-meeting", "mentee").pk)
    private.pairing = reader.pairing
    version = current_versions(company.programme.handbook)["prep"]
    company.kept |= {
        "output_private": private,
        "version": version,
        "document_private": request_worksheet_pdf(owner=owner_of(private, reader), actor=company.mentee),
        "document_blank": request_blank_pdf(version=version, actor=company.coordinator),
        "document_logs": compile_logs(reader=second.reader("mentor"), actor=company.mentor_two),
        "document_records": request_records(reader=first.reader("mentor"), actor=company.mentor),
        "feeds": {
            name: renew_feed(membership=membership_of(company, name)).token
            for name in ("mentor", "mentee", "mentee_two")
        },
    }


def export(company: RichCompany) -> None:
    """Exports asked for by the coordinator and by the admin."""
    for name in ("coordinator", "admin"):
        for kind in ("csv", "xlsx", "pdf", "nameless"):
            company.kept[f"export_{name}_{kind}"] = request_export(
                programme=company.programme, kind=kind, actor=company.users[name]
            )


def make_everything(company: RichCompany) -> None:
    """Let the workers make the papers and exports that were asked for. With no organisation open."""
    made_at = clock.now()
    for minute in range(3):  # exports of PDFs wait for their papers, and look again
        with clock.at(made_at + dt.timedelta(minutes=minute)):
            for kind in ("documents", "exports"):
                run_worker(kind, company.organisation, clock.now())
