"""Changing a programme's own copy of its kit: every part by one verb, checked by the kit's shapes, recorded, undoable."""
