"""The list of exceptions itself."""

from tests.tidy.ground import all_exceptions, limit_of_exceptions


def test_every_exception_says_why() -> None:
    """An exception without a reason is a rule nobody keeps."""
    entries = [(check, name, entry) for check, names in all_exceptions().items() for name, entry in names.items()]
    without = [f"{check}: {name}" for check, name, entry in entries if len(str(entry.get("why", ""))) < 20]
    assert not without, f"write a reason: {without}"


def test_the_list_only_shrinks() -> None:
    """The count in the file is exact: who removes one lowers it, and nobody raises it."""
    count = sum(len(names) for names in all_exceptions().values())
    assert count <= limit_of_exceptions(), "mend the thing instead of adding an exception"
    assert count == limit_of_exceptions(), f"lower limit.count in tests/tidy/exceptions.toml to {count}"
