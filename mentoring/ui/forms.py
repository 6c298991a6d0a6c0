"""How every form is drawn: Django's form renderer with our field, so that ``{{ form }}`` looks right everywhere."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Label, help, faults, widget; optional fields are marked, required ones are not."""

    form_template_name = "ui/form/form.html"
    formset_template_name = "ui/form/formset.html"
    field_template_name = "ui/form/field.html"
