"""docs/reference/commands.md"""

from collections.abc import Iterator

import click

from moothall.cli import main
from scripts.reference.markdown import code, table, top

_ABOUT = "Each takes `--help`, and all read the same [settings](settings.md)."


def page() -> str:
    """Every command with its arguments and options."""
    parts = [
        top("Commands", "src/moothall/cli.py", "Each takes `--help`. They read the same [settings](settings.md).")
    ]
    for name, command in commands():
        parts.append("\n".join([f"## {name}", "", *_told(name, command)]))
    return "\n".join(parts)


def commands() -> list[tuple[str, click.Command]]:
    """Name and command of everything that can be run."""
    return sorted(_below("moothall", main), key=lambda found: found[0])


def _below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for part, inner in command.commands.items():
            yield from _below(f"{name} {part}", inner)
    else:
        yield name, command


def _told(name: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [code(f"{name} {usage}".strip()), "", click.unstyle(command.help or ""), ""]
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    rows = [(", ".join(code(o) for o in option.opts), _help(option, context)) for option in options]
    return [*lines, table(("Option", "Meaning"), rows)] if rows else lines


def _help(option: click.Option, context: click.Context) -> str:
    """The help that `--help` prints beside the option."""
    record = option.get_help_record(context)
    return record[1] if record else ""
