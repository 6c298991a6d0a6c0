"""PDF pages a second as the application makes them, against bare WeasyPrint on the same HTML."""

from collections.abc import Iterator

from django.template.loader import render_to_string

from benches import Figure
from benches._world import KIT, make_world, side_by_side
from mentoring.tenancy.scope import tenant_scope
from templates_app.answers import AnswerContext, display
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.pdf import pages, render_pdf


def _html() -> str:
    """A filled-in closure worksheet: the longest sheet of the handbook, three to four pages."""
    world = make_world("paper")
    sheet = shipped_kit(KIT).worksheet("closure")
    words = "We went through the wharf extension and where the baseline survey falls short. " * 4
    answers = {shape.key: words for shape in sheet.fields() if shape.kind in {"longtext", "text"}}
    with tenant_scope(world.organisation):
        sections = display(sheet, answers, AnswerContext())
        rows = "".join(
            f"<h2>{section.title}</h2>"
            + "".join(
                f'<div class="answer"><p class="question">{answer.label}</p><p>{answer.shown.text}</p></div>'
                for answer in section.answers
            )
            for section in sections
        )
        context = {"organisation": world.organisation, "document_language": "en"}
        base = render_to_string("documents/base.html", context)
    return base.replace("</body>", f"{rows}</body>")


def measure() -> Iterator[Figure]:
    """Pages a second, ours and bare; the ratio is ours over bare (more is better)."""
    from weasyprint import CSS, HTML

    from templates_app.domain.pdf import packaged_file, packaged_only

    html = _html()
    count = pages(html)
    style = packaged_file("document.css").read_text()

    def bare() -> None:
        sheet = CSS(string=style, url_fetcher=packaged_only())
        HTML(string=html, url_fetcher=packaged_only()).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")

    bare_time, our_time = side_by_side(bare, lambda: render_pdf(html), rounds=7)
    bare_rate, ours_rate = count / bare_time, count / our_time
    yield Figure("bare WeasyPrint, stylesheet parsed each time", bare_rate, "pages/s")
    yield Figure("worksheet PDF", ours_rate, "pages/s", ours_rate / bare_rate, "bare WeasyPrint on the same HTML")
