"""Components: one function each, with declared arguments, registered as template tags in ``templatetags/ui.py``.

An argument that is not declared is an error when the template is compiled; a record of the wrong kind, or a state that does
not exist, is one when it is drawn. The markup is in ``templates/ui/<component>.html``.
"""
