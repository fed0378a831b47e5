"""Where a part of the catalogue comes from, in marks and in sentences for readers."""

from enum import StrEnum

from commonweal.shared.language import _, marked


class Provenance(StrEnum):
    """How far a text of the catalogue can be traced to Partnership on AI's publications."""

    STATED = "S"
    VERIFIED = "V"
    RECALLED = "R"
    OURS = "D"

    @property
    def sentence(self) -> str:
        """What a reader is told about the origin, in plain words."""
        return _(_SENTENCES[self])

    @property
    def may_be_attributed(self) -> bool:
        """Whether the idea may be named as Partnership on AI's; never for R or D."""
        return self in (Provenance.STATED, Provenance.VERIFIED)


_SENTENCES = {
    Provenance.STATED: (
        marked("Partnership on AI's published text says this. The words here are our own.")
    ),
    Provenance.VERIFIED: (
        marked(
            "We checked this against a public copy of Partnership on AI's text. "
            "The words here are our own."
        )
    ),
    Provenance.RECALLED: (
        marked(
            "We remember this from Partnership on AI's publications, but have not checked it. "
            "Do not read it as their words."
        )
    ),
    Provenance.OURS: marked("Commonweal wrote this. It does not come from Partnership on AI."),
}
