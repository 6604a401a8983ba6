"""The command line carries thresholds over from Perspective's scores, of three forms of file."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moothall.cli import main
from moothall.kernel.ids import to_text
from moothall.moderation.standards import shipped_text
from moothall.moderation.standards_read import parse
from moothall.settings import load
from moothall.store.database import open_database
from tests.newsroom.cast import Cast
from tests.newsroom.clock import FakeClock

RUDE = "What a stupid and pathetic loser you are, number {}."
MILD = "The report on pier number {} is careful, and I learned a lot."


def said(count: int) -> list[tuple[str, float]]:
    """Every fourth text is rude, and scored high."""
    return [(RUDE.format(at), 0.9) if at % 4 == 0 else (MILD.format(at), 0.1) for at in range(count)]


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["scorer", "migrate", str(file), "--data", str(file.parent), *words])


def as_csv(rows: list[tuple[str, float]]) -> str:
    return "text,attribute,score\n" + "".join(f'"{text}",TOXICITY,{score}\n' for text, score in rows)


def as_lines(rows: list[tuple[str, float]]) -> str:
    found = [{"text": text, "attribute": "TOXICITY_EXPERIMENTAL", "score": score} for text, score in rows]
    return "\n".join(map(json.dumps, found))


def as_coral(rows: list[tuple[str, float]]) -> str:
    """Old revisions do not count, nor do comments that were not scored or are deleted."""
    scored = [
        [
            {"body": "Before"},
            {"body": f"<p>{text}</p>", "metadata": {"perspective": {"score": at, "model": "TOXICITY"}}},
        ]
        for text, at in rows
    ]
    return "\n".join(json.dumps({"id": "c", "revisions": one}) for one in [*scored, [], [{"body": "x"}]])


@pytest.mark.parametrize(("name", "form"), [("a.csv", as_csv), ("a.jsonl", as_lines), ("coral.json", as_coral)])
def test_each_form_is_read(tmp_path: Path, name: str, form) -> None:
    """A quarter stood above the old threshold and stands above ours; the snippet is good standards."""
    file = tmp_path / name
    file.write_text(form(said(400)), "utf-8")
    done = run(file)
    assert done.exit_code == 0, done.output
    line = next(one for one in done.output.splitlines() if one.startswith("toxicity"))
    assert line.split()[1] == "0.800"
    assert line.split()[-3:] == ["25.0%", "100%", "400"]
    snippet = done.output[done.output.index("# Put") :]
    lines = parse(shipped_text().replace("[[finds]]", f"{snippet}\n[[finds]]", 1)).finds
    assert any(one.cue == "toxicity" and 0.3 < one.at_least < 1 for one in lines)


def test_comments_are_found_by_their_ids(tmp_path: Path, clock: FakeClock) -> None:
    """Ours; one that is not here is counted."""
    db = open_database(load(data=str(tmp_path)).database_url)
    cast = Cast(db, clock)
    ada, bridge = cast.person("Ada Pell"), cast.story()
    comment = asyncio.run(cast.says(ada, bridge, MILD.format(1)))
    db.close()
    file = tmp_path / "ids.csv"
    file.write_text(f"id,attribute,score\n{to_text(comment.id)},INSULT,0.4\nelsewhere,INSULT,0.4\n", "utf-8")
    told = run(file, "--threshold", "INSULT=0.3").output
    assert next(one for one in told.splitlines() if one.startswith("insult")).split()[-1] == "1"
    assert "Few: 1 above it and 0 below" in told
    assert "1 scores are of comments that are not here." in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("text,attribute,score\nA,TOXICITY,nan\n", "Line 2: 'nan' is no score"),
        ("text,attribute,score\nA,TOXICITY,80\n", "Line 2: '80' is no score"),
        ("text,attribute,score\nA,,0.8\n", "Line 2 names no attribute"),
        ("attribute,score\nTOXICITY,0.8\n", "Line 2 has neither"),
        ("text,attribute,score\nA,FLIRTATION,0.8\n", "knows no attribute 'FLIRTATION'"),
        ("text,attribute,score\n", "No comment of the file can be compared"),
        (
            "text,attribute,score\nJeg tror ikke at det er en god idé,TOXICITY,0.5\n",
            "no weights for da",
        ),
    ],
)
def test_a_bad_file_is_refused_in_one_word(tmp_path: Path, text: str, why: str) -> None:
    """With the line; the same file with a good line is read."""
    file = tmp_path / "old.csv"
    file.write_text(text, "utf-8")
    done = run(file)
    assert done.exit_code == 1
    assert why in done.output
    assert "Traceback" not in done.output
    file.write_text(as_csv(said(8)), "utf-8")
    assert run(file).exit_code == 0


def test_lines_that_are_no_objects_are_refused(tmp_path: Path) -> None:
    """And a threshold that is none."""
    file = tmp_path / "old.jsonl"
    for bad, why in (("{", "Line 1 is no JSON"), ("[1]", "Line 1 is no JSON object"), ("[" * 9_000, "no JSON")):
        file.write_text(bad, "utf-8")
        assert why in run(file).output
    file.write_text(as_lines(said(8)), "utf-8")
    assert "is not like" in run(file, "--threshold", "TOXICITY").output
    assert run(file, "--threshold", "TOXICITY=0.7").exit_code == 0
