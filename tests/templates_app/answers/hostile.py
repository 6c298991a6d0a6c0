"""Words that try to do more than to be read."""

NUL = "before\x00after"
HALVES = "half \ud800 and \udfff half"
BACKWARDS = "invoice\u202egnp.exe"
HEBREW = "שלום\u200f, world\u200e"
EMOJI = "👩🏽‍🌾 grows 🥥"
TEMPLATE = "{{ settings.SECRET_KEY }}{% load static %}${7*7}<%= 1 %>"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
ATTRIBUTES = '<p data-draft-url="https://evil.example" hx-get="/x" style="position:fixed" onclick="x()">hello</p>'
BREAKOUT = "\"'><svg/onload=alert(1)></textarea></script>"
MARKDOWN = (
    '[click](javascript:alert(1)) [too](data:text/html,x "t") ![image](https://evil.example/x.png) <https://ok.example>'
)
FORMULA = '=HYPERLINK("https://evil.example")'
CONTROLS = "\x01\x02\x7f\x85bell\x07"
LONG = "long words " * 95_000
ZALGO = "Z" + "\u0351" * 500
SPACES = "\u00a0\u2003 \u3000x\u2028y\u2029z"
SQL = "'; DROP TABLE responses; --"

CORPUS = [
    NUL, HALVES, BACKWARDS, HEBREW, EMOJI, TEMPLATE, SCRIPT, ATTRIBUTES, BREAKOUT, MARKDOWN, FORMULA, CONTROLS, LONG,
    ZALGO, SPACES, SQL,
]  # fmt: skip
NAMES = [
    "nul", "halves", "backwards", "hebrew", "emoji", "template", "script", "attributes", "breakout", "markdown",
    "formula", "controls", "long", "zalgo", "spaces", "sql",
]  # fmt: skip
