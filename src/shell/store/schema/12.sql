-- The verdicts of an organization as the last step left them, what changed since its last
-- digest, and the hash of what they rest on: what a start goes on from without judging again.
-- This table may be emptied at any time.
CREATE TABLE resume (
  organization TEXT PRIMARY KEY,
  basis BLOB NOT NULL,
  judged_on INTEGER NOT NULL,
  due_on INTEGER,
  verdicts BLOB NOT NULL,
  digested TEXT,
  changed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
