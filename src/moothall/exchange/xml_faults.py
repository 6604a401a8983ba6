"""What went wrong in an XML file, in words that say where."""

from xml.parsers import expat
from xml.parsers.expat import errors

from moothall.exchange.faults import file_fault
from moothall.exchange.reasons import FileFault
from moothall.kernel.errors import ImportRefused

_TRUNCATED = frozenset(
    errors.codes[text]
    for text in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        errors.XML_ERROR_PARTIAL_CHAR,
    )
)
_ENCODING = frozenset(
    errors.codes[text] for text in (errors.XML_ERROR_UNKNOWN_ENCODING, errors.XML_ERROR_INCORRECT_ENCODING)
)
_INVALID_TOKEN = errors.codes[errors.XML_ERROR_INVALID_TOKEN]
_BAD_CHARACTER_REFERENCE = errors.codes[errors.XML_ERROR_BAD_CHAR_REF]
_PRINTABLE_FROM, _ASCII_TO = 0x20, 0x7F


def explain(wrong: expat.ExpatError, *, byte: int, nearby: bytes) -> ImportRefused:
    """The error for what expat found at `byte` of the unpacked file, where `nearby` stands."""
    where = f"at byte {byte}, line {wrong.lineno}"
    if wrong.code in _TRUNCATED:
        return file_fault(FileFault.TRUNCATED, f"It ends in the middle, {where}.")
    if wrong.code in _ENCODING:
        return file_fault(FileFault.ENCODING, f"Its encoding is not known or not the one it names, {where}.")
    if wrong.code == _BAD_CHARACTER_REFERENCE:
        return file_fault(FileFault.CONTROL_CHARACTER, f"It refers to a character that XML forbids, {where}.")
    if wrong.code == _INVALID_TOKEN and nearby:
        return _invalid_byte(nearby[0], where)
    return file_fault(FileFault.NOT_WELL_FORMED, f"It is not well-formed XML ({_reason(wrong)}), {where}.")


def _invalid_byte(value: int, where: str) -> ImportRefused:
    if value > _ASCII_TO:
        return file_fault(
            FileFault.ENCODING, f"The byte 0x{value:02X} does not fit the encoding that the file names, {where}."
        )
    if value < _PRINTABLE_FROM:
        return file_fault(FileFault.CONTROL_CHARACTER, f"It holds the control character 0x{value:02X}, {where}.")
    return file_fault(FileFault.NOT_WELL_FORMED, f"It is not well-formed XML near “{chr(value)}”, {where}.")


def _reason(wrong: expat.ExpatError) -> str:
    return errors.messages.get(wrong.code, "unknown")
