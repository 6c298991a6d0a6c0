"""How the time of a meeting is shared out: the handbook's parts, stretched to the meeting's length (``plp.sys.28``). Pure."""

from dataclasses import dataclass

from templates_app.shapes import Meeting, Slice


@dataclass(frozen=True)
class Part:
    """A part of a meeting, from and to in minutes after its start."""

    starts: int
    ends: int
    title: str
    text: str

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.ends - self.starts


def parts_of_meeting(meeting: Meeting, minutes: int) -> list[Part]:
    """The parts of a meeting of that length.

    A longer one lengthens the part that stretches; in a shorter one every part shrinks alike, to whole minutes.
    """
    usual = sum(one.minutes for one in meeting.slices)
    if not usual:
        return []
    if minutes >= usual:
        lengths = [one.minutes + (minutes - usual if one is _stretching(meeting) else 0) for one in meeting.slices]
    else:
        lengths = _shrunk([one.minutes for one in meeting.slices], minutes)
    parts, at = [], 0
    for one, length in zip(meeting.slices, lengths, strict=True):
        parts.append(Part(at, at + length, one.title, one.text))
        at += length
    return parts


def _stretching(meeting: Meeting) -> Slice:
    return next((one for one in meeting.slices if one.stretches), meeting.slices[-1])


def _shrunk(lengths: list[int], minutes: int) -> list[int]:
    """Lengths in the same proportion that add up to ``minutes``."""
    total = sum(lengths)
    edges = [round(sum(lengths[: place + 1]) * minutes / total) for place in range(len(lengths))]
    return [edge - before for edge, before in zip(edges, [0, *edges[:-1]], strict=True)]
