"""What a sheet's page and PDF say of its signatures. Upper rooms know who signs; this one only shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """One signature: who, as what, when (on the signer's own clock, and as an instant), by what name or initials, and whether
    it holds.
    """

    name: str
    role: str
    moment: str
    typed: str
    method: str
    holds: bool = True


@dataclass(frozen=True, kw_only=True)
class AwaitedLine:
    """Somebody whose signature is still wanted: who, and how it stands, in words. ``word``: what they wrote when declining."""

    name: str
    state: str
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class Signatures:
    """How it stands with the signatures of a sheet that was sent to be signed.

    ``fingerprint`` is that of the frozen text, worked out anew, in groups of four; ``faults`` what checking found. ``left_out``
    says how many questions are no part of what is signed, as not everybody who signs may read them.
    """

    accepts: bool
    is_complete: bool
    is_open: bool
    """Whether it can still be signed: somebody has to, and the pair is running."""
    signed: tuple[SignatureLine, ...]
    awaited: tuple[AwaitedLine, ...]
    fingerprint: str
    statement: str = ""
    """What everybody says by signing."""
    left_out: int = 0
    faults: tuple[str, ...] = ()
    mark: str = ""
    """Changes with every signature: a PDF made before is another one."""
    text_url: str = ""
    sign_url: str = ""
    """Where this person signs, while it is their turn."""
    signers_url: str = ""
    """Where those who sign from outside are named and asked again, for whoever may."""
    earlier: tuple[tuple[str, str], ...] = ()
    """Words and address of each earlier sending that was signed."""
