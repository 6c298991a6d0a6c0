"""How every form is drawn: with our pack of templates, ``templates/house``, whoever draws it.

Pages draw their forms by django-crispy-forms, ``{{ form|crispy }}``; those of packages, allauth's say, come by Django's own
form renderer. Both take the same field, so that a label, its help and its fault look the same everywhere.
"""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Label, help, faults, widget; optional fields are marked, required ones are not."""

    form_template_name = "house/uni_form.html"
    formset_template_name = "house/uni_formset.html"
    field_template_name = "house/field.html"
