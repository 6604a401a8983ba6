"""cmark-gfm without its binding.

cmarkgfm's own functions never free the parsed document nor the HTML: 6.5 KB a comment, measured, which
a server that renders all day and an import of a million comments cannot afford.  They also let go of the
interpreter lock at every call, seven times a comment, and then wait in line for it behind the store's
threads.  The library that the binding ships exports what is needed to do without.
"""

import ctypes
from functools import cache

from cmarkgfm import _cmark

_Pointer = ctypes.c_void_p
# PyDLL keeps the lock: a comment takes 20 us, the longest story a few milliseconds.
_lib = ctypes.PyDLL(_cmark.__file__)


class _Memory(ctypes.Structure):
    """`cmark_mem` of cmark-gfm.h."""

    _fields_ = [
        ("calloc", ctypes.c_void_p),
        ("realloc", ctypes.c_void_p),
        ("free", ctypes.PYFUNCTYPE(None, ctypes.c_void_p)),
    ]


# Source: cmark-gfm.h, cmark-gfm-extension_api.h, cmark-gfm-core-extensions.h.
for _name, _result, _arguments in (
    ("cmark_gfm_core_extensions_ensure_registered", None, []),
    ("cmark_find_syntax_extension", _Pointer, [ctypes.c_char_p]),
    ("cmark_parser_new", _Pointer, [ctypes.c_int]),
    ("cmark_parser_attach_syntax_extension", ctypes.c_int, [_Pointer, _Pointer]),
    ("cmark_parser_feed", None, [_Pointer, ctypes.c_char_p, ctypes.c_size_t]),
    ("cmark_parser_finish", _Pointer, [_Pointer]),
    ("cmark_parser_get_syntax_extensions", _Pointer, [_Pointer]),
    ("cmark_parser_free", None, [_Pointer]),
    ("cmark_render_html", _Pointer, [_Pointer, ctypes.c_int, _Pointer]),
    ("cmark_node_free", None, [_Pointer]),
    ("cmark_get_default_mem_allocator", ctypes.POINTER(_Memory), []),
):
    _function = getattr(_lib, _name)
    _function.restype, _function.argtypes = _result, _arguments

_free = _lib.cmark_get_default_mem_allocator().contents.free


def to_html(text: str, *, options: int, extensions: tuple[str, ...]) -> str:
    """HTML of Markdown, not cleaned.

    Args:
        options: of `cmarkgfm.cmark.Options`.
        extensions: "autolink", "strikethrough", "table", "tagfilter", "tasklist".
    """
    source = text.encode()
    parser = _lib.cmark_parser_new(options)
    for extension in _extensions(extensions):
        _lib.cmark_parser_attach_syntax_extension(parser, extension)
    _lib.cmark_parser_feed(parser, source, len(source))
    document = _lib.cmark_parser_finish(parser)
    html = _lib.cmark_render_html(document, options, _lib.cmark_parser_get_syntax_extensions(parser))
    found = ctypes.string_at(html).decode()
    _free(html)
    _lib.cmark_node_free(document)
    _lib.cmark_parser_free(parser)
    return found


@cache
def _extensions(names: tuple[str, ...]) -> tuple[int, ...]:
    """Raises: LookupError for a name that cmark-gfm does not know."""
    _lib.cmark_gfm_core_extensions_ensure_registered()
    found = tuple(_lib.cmark_find_syntax_extension(name.encode()) for name in names)
    if None in found:
        raise LookupError(f"cmark-gfm lacks one of {names}")
    return found
