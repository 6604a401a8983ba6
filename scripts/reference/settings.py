"""docs/reference/settings.md"""

from typing import cast

import msgspec
from msgspec import inspect

from moothall.settings import JudgeSettings, OidcProvider, Settings
from scripts.reference.markdown import code, table, top

_WORDS = {"StrType": "text", "IntType": "whole number", "BoolType": "true or false", "FloatType": "number"}
_ABOUT = """\
Each is read from the environment as `MOOTHALL_` and its name in capitals, and beneath that from the TOML file
that `MOOTHALL_SETTINGS` names (`moothall.toml` in the data folder when it names none). A command's own option
is stronger than both. In the environment lists are separated by commas and tables are JSON. A value that does not
fit is refused at start, by name, and so is a name in the file that is no setting."""


def page() -> str:
    """Every setting with its type, default and meaning."""
    parts = [top("Settings", "src/moothall/settings.py", _ABOUT), _fields(Settings)]
    parts.append("## One OpenID Connect provider\n\nA table `[[oidc]]` for each, in the order of the buttons.\n")
    parts.append(_fields(OidcProvider))
    parts.append("## One judge outside\n\nA table `[[judges]]` for each; all are asked at once.\n")
    return "\n".join([*parts, _fields(JudgeSettings)])


def _fields(struct: type[msgspec.Struct]) -> str:
    shape = cast("inspect.StructType", inspect.type_info(struct))
    rows = [(code(f.name), _type(f.type), _default(f), _description(f.type)) for f in shape.fields]
    return table(("Setting", "Type", "Default", "Meaning"), rows)


def _type(found: inspect.Type) -> str:
    match found:
        case inspect.Metadata(type=inner):
            return _type(inner)
        case inspect.LiteralType(values=values):
            return " or ".join(code(str(value)) for value in values)
        case inspect.EnumType(cls=cls):
            return " or ".join(code(str(member.value)) for member in cls)
        case inspect.VarTupleType(item_type=inspect.StructType()):
            return "list of tables"
        case inspect.VarTupleType(item_type=item):
            return f"list of {_type(item)}s"
        case inspect.UnionType(types=types):
            return " or ".join(_type(one) for one in types)
        case inspect.IntType(ge=low, le=high) if low is not None and high is not None:
            return f"whole number, {low} to {high}"
    return _WORDS.get(type(found).__name__, type(found).__name__.removesuffix("Type").lower())


def _default(field: inspect.Field) -> str:
    if field.required:
        return "*required*"
    match field.default:
        case "" | ():
            return "empty"
        case bool() as value:
            return code(str(value).lower())
        case tuple() as values:
            return ", ".join(code(str(value)) for value in values)
        case msgspec.UNSET | msgspec.NODEFAULT:
            return "empty"
    return code(str(field.default))


def _description(found: inspect.Type) -> str:
    if isinstance(found, inspect.Metadata):
        schema = found.extra_json_schema or {}
        return str(schema.get("description", "")) or _description(found.type)
    return ""
