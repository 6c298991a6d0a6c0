"""Finding the guidance of a handbook that is for somebody, somewhere. Changing it is ``programmes/domain/handbook``'s."""

from templates_app.models import Article, Handbook


def articles_of(handbook: Handbook, role: str, stage: str | None = None, session: int | None = None) -> list[Article]:
    """The articles for a role (``mentor``, ``mentee``, ``coordinator``), in the handbook's order. One query.

    With ``stage`` or ``session`` only those that stand there. A handbook has some dozens of articles, so they are picked
    here rather than by JSON look-ups, which the two databases spell differently.
    """
    return [
        article
        for article in Article.objects.filter(handbook=handbook)
        if role in article.roles
        and (stage is None or stage in article.stages)
        and (session is None or session in article.sessions)
    ]
