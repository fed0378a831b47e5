"""From bytes to text without a silent loss."""

from __future__ import annotations

import codecs
import re

from commonweal.shared.language import _, marked
from commonweal.systems.inventory.refusal import RegisterRefused

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PUBLISHED_NAMES = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}
DECLARE = marked("Save the file as UTF-8, or say which encoding it has with encoding=")
# Western words hardly ever hold four accented letters in a row; Cyrillic or Greek text read as
# Windows-1252 holds little else.
_UTF8_SEQUENCE = re.compile(
    b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_OUTSIDE_ASCII = re.compile(b"[\x80-\xff]")
_UNWESTERN_RUN = re.compile("[À-ÿ]{4}")


def decode_register(data: bytes, *, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and the name of the encoding it was in.

    A declared encoding is used as declared. Otherwise a byte order mark decides, then UTF-8, then
    Windows-1252. Refuses bytes that do not fit, naming the offset, and text with NUL characters.
    """
    codec = _declared_codec(encoding) if encoding else _detected_codec(data)
    text = _decode_strictly(data, codec=codec)
    _refuse_nul(text)
    return text, PUBLISHED_NAMES.get(codec, codec)


def _declared_codec(encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        if not isinstance(codec.decode(b"")[0], str):
            raise LookupError(encoding)
    except (LookupError, TypeError, ValueError) as fault:
        raise RegisterRefused(
            "encoding-unknown",
            _(
                "There is no text encoding named %(encoding)r. Usual names: utf-8, utf-16, "
                "windows-1252, iso-8859-15."
            )
            % {"encoding": encoding},
            where="encoding",
        ) from fault
    return "utf-8-sig" if codec.name == "utf-8" else codec.name


def _detected_codec(data: bytes) -> str:
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return codec
    sample = data[:4096]
    if 0 in sample:
        return _utf16_without_mark(sample)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if _mostly_utf8(data):
            return "utf-8"  # with a fault, which strict decoding names
        _refuse_implausible_western(data)
        return "cp1252"
    return "utf-8"


def _utf16_without_mark(sample: bytes) -> str:
    """Latin text in UTF-16 has a zero in nearly every second byte, and none between."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 6 and even * 20 < odd:
        return "utf-16-le"
    if even > len(sample) // 6 and odd * 20 < even:
        return "utf-16-be"
    return "utf-8"


def _mostly_utf8(data: bytes) -> bool:
    """Whether a few bytes spoil a file that is UTF-8 elsewhere; Windows-1252 would garble it."""
    within = sum(len(found) for found in _UTF8_SEQUENCE.findall(data))
    return 2 * within > len(_OUTSIDE_ASCII.findall(data))


def _decode_strictly(data: bytes, *, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        name = PUBLISHED_NAMES.get(codec, codec)
        raise RegisterRefused(
            "undecodable",
            _(
                "The byte 0x%(data)s at offset %(start)s (line %(line)s) is not %(name)s text: "
                "%(reason)s. %(declare)s%(perhaps)s."
            )
            % {
                "data": format(data[fault.start], "02X"),
                "start": fault.start,
                "line": line,
                "name": name,
                "reason": fault.reason,
                "declare": _(DECLARE),
                "perhaps": _suggestion(data, tried=codec),
            },
            where=_("byte %(byte)s") % {"byte": fault.start},
        ) from fault


def _refuse_implausible_western(data: bytes) -> None:
    found = _UNWESTERN_RUN.search(data.decode("cp1252", errors="replace"))
    if found:
        raise RegisterRefused(
            "encoding-uncertain",
            _(
                "The file is not UTF-8, and read as Windows-1252 it gives %(found)r, which is "
                "no Western text. %(declare)s%(perhaps)s."
            )
            % {
                "found": found.group(),
                "declare": _(DECLARE),
                "perhaps": _suggestion(data, tried="cp1252"),
            },
            where=_("byte %(byte)s") % {"byte": found.start()},
        )


def _suggestion(data: bytes, *, tried: str) -> str:
    """An educated guess for the message only; the reader never acts on it."""
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:20_000]
    best = from_bytes(telling).best()
    if best is None or codecs.lookup(best.encoding).name in (tried, "ascii"):
        return ""
    return _(' (it may be encoding="%(encoding)s")') % {"encoding": best.encoding}


def _refuse_nul(text: str) -> None:
    offset = text.find("\0")
    if offset >= 0:
        line = text.count("\n", 0, offset) + 1
        raise RegisterRefused(
            "nul-character",
            _(
                "Line %(line)s holds a NUL character, which no register text has. The file is "
                "damaged, or is UTF-16 without its mark: export it again, or declare "
                "encoding=."
            )
            % {"line": line},
            where=_("character %(character)s") % {"character": offset},
        )
