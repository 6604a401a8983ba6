"""The command line.  Everything heavy is imported by the command that needs it."""

import click


@click.group()
@click.version_option(package_name="moothall")
def main() -> None:
    """Moothall: a newsroom's story page and the discussion beneath it."""
