"""The content security policy: everything from our own host, nothing inline, nothing evaluated, never framed.

``data:`` images are allowed because Bootstrap's form controls draw their ticks and arrows that way; an image can run nothing.
"""

from csp.constants import NONE, SELF

POLICY: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
