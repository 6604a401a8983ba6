"""From rows as they stood in the file to a plan: which story, which parent, how deep, shown or not.

Each step is one statement over the whole scratch file, so that memory does not grow with the archive.
The reasons' names (`:duplicate_id`, …) are bound by the caller.
"""

from collections.abc import Mapping

from moothall.store.staging import Staging

_STORIES = """
CREATE INDEX story_row_key ON story_row (key);
CREATE INDEX comment_row_external ON comment_row (external_id, bucket);
CREATE INDEX comment_row_story ON comment_row (story_key, bucket);

-- One id twice: the same words again, or a contradiction.
UPDATE comment_row SET
  bucket = CASE WHEN (story_key, parent_id, subject, state, body, ms) =
      (SELECT f.story_key, f.parent_id, f.subject, f.state, f.body, f.ms FROM comment_row f
       WHERE f.external_id = comment_row.external_id AND f.bucket = '' ORDER BY f.n LIMIT 1)
    THEN 'skipped' ELSE 'refused' END,
  reason = CASE WHEN (story_key, parent_id, subject, state, body, ms) =
      (SELECT f.story_key, f.parent_id, f.subject, f.state, f.body, f.ms FROM comment_row f
       WHERE f.external_id = comment_row.external_id AND f.bucket = '' ORDER BY f.n LIMIT 1)
    THEN :repeated_row ELSE :duplicate_id END
WHERE bucket = ''
  AND external_id IN (SELECT f.external_id FROM comment_row f WHERE f.bucket = ''
    GROUP BY f.external_id HAVING count(*) > 1)
  AND n > (SELECT min(f.n) FROM comment_row f WHERE f.external_id = comment_row.external_id AND f.bucket = '');

UPDATE story_row SET
  bucket = CASE WHEN (link, headline, ms, closed) = (SELECT f.link, f.headline, f.ms, f.closed FROM story_row f
      WHERE f.key = story_row.key AND f.bucket = '' ORDER BY f.n LIMIT 1) THEN 'skipped' ELSE 'refused' END,
  reason = CASE WHEN (link, headline, ms, closed) = (SELECT f.link, f.headline, f.ms, f.closed FROM story_row f
      WHERE f.key = story_row.key AND f.bucket = '' ORDER BY f.n LIMIT 1) THEN :repeated_row ELSE :duplicate_id END
WHERE bucket = '' AND key IN (SELECT key FROM story_row WHERE bucket = '' GROUP BY key HAVING count(*) > 1)
  AND n > (SELECT min(f.n) FROM story_row f WHERE f.key = story_row.key AND f.bucket = '');

UPDATE story_row SET bucket = 'skipped', reason = :story_without_comments
WHERE bucket IN ('', 'refused') AND reason <> :duplicate_id AND own = 0
  AND NOT EXISTS (SELECT 1 FROM comment_row c WHERE c.story_key = story_row.key AND c.bucket = '');

-- Several rows of one story: the first stands for all.
CREATE TABLE link_story AS SELECT link_key, min(n) AS n FROM story_row WHERE bucket = '' GROUP BY link_key;
CREATE INDEX link_story_key ON link_story (link_key);
UPDATE story_row SET target = (SELECT l.n FROM link_story l WHERE l.link_key = story_row.link_key)
WHERE bucket = '';
CREATE TABLE key_story (key TEXT PRIMARY KEY, bucket TEXT, reason TEXT, target INTEGER) WITHOUT ROWID;
CREATE TABLE story_plan (n INTEGER PRIMARY KEY, id INTEGER, was_there INTEGER);
INSERT OR IGNORE INTO key_story SELECT key, bucket, reason, target FROM story_row ORDER BY bucket <> '', n;
"""

# One comment: `parent` is another node, or 0 for a top-level one.
NODE = """
CREATE TABLE node (n INTEGER PRIMARY KEY, story INTEGER, parent INTEGER, ms INTEGER, state TEXT, known_id INTEGER,
  known_root INTEGER, known_depth INTEGER);
"""

_COMMENTS = """
UPDATE comment_row SET (bucket, reason) = (
  SELECT coalesce(max(s.bucket), 'refused'),
    CASE max(s.bucket) WHEN 'skipped' THEN max(s.reason) WHEN 'refused' THEN :story_refused ELSE :story_missing END
  FROM key_story s WHERE s.key = comment_row.story_key)
WHERE bucket = '' AND story_key NOT IN (SELECT key FROM key_story WHERE bucket = '');

INSERT INTO node (n, story, parent, ms, state)
SELECT c.n, s.target, CASE WHEN c.parent_id = '' THEN 0 ELSE
    coalesce((SELECT p.n FROM comment_row p WHERE p.external_id = c.parent_id AND p.bucket = '' LIMIT 1), -1) END,
  c.ms, c.state
FROM comment_row c JOIN key_story s ON s.key = c.story_key WHERE c.bucket = '';

UPDATE comment_row SET bucket = 'refused', reason = :foreign_parent
WHERE n IN (SELECT c.n FROM node c JOIN node p ON p.n = c.parent WHERE p.story <> c.story);
DELETE FROM node WHERE n IN (SELECT c.n FROM node c JOIN node p ON p.n = c.parent WHERE p.story <> c.story);
UPDATE node SET parent = -1 WHERE parent > 0 AND parent NOT IN (SELECT n FROM node);

-- Parents that are not in the file, or not taken: one stub a parent, in the story of its replies.
CREATE INDEX IF NOT EXISTS node_parent ON node (parent);
CREATE INDEX node_story ON node (story, ms);
CREATE TABLE stub (n INTEGER PRIMARY KEY, story INTEGER, parent_id TEXT, ms INTEGER);
INSERT INTO stub
SELECT -1 - row_number() OVER (ORDER BY node.story, c.parent_id), node.story, c.parent_id, min(node.ms)
FROM node JOIN comment_row c ON c.n = node.n WHERE node.parent = -1 GROUP BY node.story, c.parent_id;
CREATE INDEX stub_parent ON stub (story, parent_id);
UPDATE node SET parent = (SELECT s.n FROM stub s JOIN comment_row c ON c.n = node.n
  WHERE s.story = node.story AND s.parent_id = c.parent_id) WHERE parent = -1;
INSERT INTO node (n, story, parent, ms, state) SELECT n, story, 0, ms, 'removed' FROM stub;
"""

_THREADS = """
CREATE INDEX IF NOT EXISTS node_parent ON node (parent);
CREATE TABLE tree (n INTEGER PRIMARY KEY, story INTEGER, parent INTEGER, root INTEGER, depth INTEGER, ms INTEGER,
  state TEXT, known_id INTEGER, known_root INTEGER, id INTEGER, shown INTEGER, replies INTEGER NOT NULL DEFAULT 0);
INSERT INTO tree (n, story, parent, root, depth, ms, state, known_id, known_root, id, shown)
WITH RECURSIVE walk (n, parent, root, depth) AS (
  SELECT n, 0, n, coalesce(known_depth, 0) FROM node WHERE parent = 0
  UNION ALL
  SELECT c.n, CASE WHEN w.depth < :depth_max THEN w.n ELSE w.parent END, w.root, min(w.depth + 1, :depth_max)
  FROM walk w JOIN node c ON c.parent = w.n)
SELECT w.n, d.story, w.parent, w.root, w.depth, d.ms, d.state, d.known_id, d.known_root, d.known_id,
  d.state = 'live'
FROM walk w JOIN node d ON d.n = w.n;

UPDATE comment_row SET bucket = 'refused', reason = :reply_cycle
WHERE n IN (SELECT n FROM node WHERE n NOT IN (SELECT n FROM tree));
UPDATE story_row SET bucket = 'skipped', reason = :story_without_comments
WHERE bucket = '' AND own = 0 AND target NOT IN (SELECT story FROM tree);
UPDATE comment_row SET bucket = 'already_there' WHERE n IN (SELECT n FROM tree WHERE known_id IS NOT NULL);
CREATE INDEX tree_depth ON tree (depth) WHERE known_id IS NULL;
"""

# Shown is what is live, and as a stub whatever has shown replies (see `comment_state`).
_REPLIES = """
UPDATE tree SET replies = k.replies FROM (
  SELECT parent, count(*) AS replies FROM tree WHERE depth = :depth + 1 AND shown = 1 AND known_id IS NULL
  GROUP BY parent) AS k
WHERE tree.n = k.parent AND tree.known_id IS NULL;
"""
_SHOWN = """
UPDATE tree SET shown = 1 WHERE depth = :depth AND replies > 0 AND known_id IS NULL;
"""

_ORDER = """
CREATE TABLE plan (ord INTEGER PRIMARY KEY, n INTEGER);
INSERT INTO plan (n) SELECT n FROM tree WHERE known_id IS NULL ORDER BY story, root, depth, ms, n;
CREATE TABLE person AS
SELECT coalesce(c.subject, '') AS subject, min(t.ms) AS ms, CAST(NULL AS INTEGER) AS id, 0 AS is_new
FROM plan p JOIN tree t ON t.n = p.n LEFT JOIN comment_row c ON c.n = t.n GROUP BY coalesce(c.subject, '');
CREATE UNIQUE INDEX person_subject ON person (subject);
"""


def place_stories(staging: Staging, reasons: Mapping[str, str]) -> None:
    """Find each row's story, and what is refused for its sake."""
    staging.flush()
    _run(staging, _STORIES, reasons)


def place_comments(staging: Staging, reasons: Mapping[str, str]) -> None:
    """Find each comment's parent; make stubs for those that are missing."""
    _run(staging, NODE, {})
    _run(staging, _COMMENTS, reasons)


def grow_threads(staging: Staging, reasons: Mapping[str, str], *, depth_max: int) -> None:
    """Depths, roots and circles of all nodes, and what is shown of them."""
    _run(staging, _THREADS, {**reasons, "depth_max": depth_max})
    for depth in range(depth_max, -1, -1):
        staging.conn.execute(_REPLIES, {"depth": depth})
        staging.conn.execute(_SHOWN, {"depth": depth})


def set_order(staging: Staging) -> None:
    """The order in which comments are written: threads stay whole, parents come first."""
    _run(staging, _ORDER, {})


def _run(staging: Staging, script: str, values: Mapping[str, object]) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            staging.conn.execute(statement, values)
