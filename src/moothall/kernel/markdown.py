"""cmark-gfm without its binding's leak.

cmarkgfm's own functions never free the parsed document nor the HTML: 6.5 KB a comment, measured, which
a server that renders all day and an import of a million comments cannot afford.  The library that the
binding ships exports what frees them.
"""

import ctypes
from functools import cache
from typing import Any

from cmarkgfm import _cmark

_lib, _ffi = _cmark.lib, _cmark.ffi


class _Memory(ctypes.Structure):
    """`cmark_mem` of cmark-gfm.h."""

    _fields_ = [
        ("calloc", ctypes.c_void_p),
        ("realloc", ctypes.c_void_p),
        ("free", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
    ]


_shared = ctypes.CDLL(_cmark.__file__)
_shared.cmark_node_free.argtypes, _shared.cmark_node_free.restype = [ctypes.c_void_p], None
_shared.cmark_get_default_mem_allocator.restype = ctypes.POINTER(_Memory)
_free = _shared.cmark_get_default_mem_allocator().contents.free


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
    found: str = _ffi.string(html).decode()
    _free(_address(html))
    _shared.cmark_node_free(_address(document))
    _lib.cmark_parser_free(parser)
    return found


@cache
def _extensions(names: tuple[str, ...]) -> tuple[Any, ...]:
    _lib.cmark_gfm_core_extensions_ensure_registered()
    return tuple(_lib.cmark_find_syntax_extension(name.encode()) for name in names)


def _address(pointer: Any) -> int:
    return int(_ffi.cast("uintptr_t", pointer))
