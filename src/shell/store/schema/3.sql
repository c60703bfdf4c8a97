-- Which version of a file that people write came to be the current one, in order. A version
-- that comes back is current again; a file that is gone has none. Times are the instants at
-- which a pass first saw it: a known time.
CREATE TABLE source_change (
  number INTEGER PRIMARY KEY,
  path   TEXT NOT NULL,
  sha256 BLOB,                       -- NULL: the file is gone
  seen   INTEGER NOT NULL,
  FOREIGN KEY (path, sha256) REFERENCES source (path, sha256)
) STRICT;
CREATE INDEX source_change_of ON source_change (path, number);
INSERT INTO source_change (path, sha256, seen)
  SELECT path, sha256, seen FROM source ORDER BY seen, rowid;

-- The last change that a value was judged with; NULL: judged before changes were kept.
ALTER TABLE index_value ADD COLUMN source_change INTEGER;

-- Each version of a finding with the instant it was known at.
CREATE TABLE finding_version (
  organization TEXT NOT NULL,
  rulebook     TEXT NOT NULL,
  rule         TEXT NOT NULL,
  slot         TEXT NOT NULL,
  version      INTEGER NOT NULL,
  known        INTEGER NOT NULL,
  slot_to      TEXT NOT NULL,
  due          TEXT NOT NULL,
  state        TEXT NOT NULL,
  opened       TEXT NOT NULL,
  closed       TEXT,
  resolution   TEXT,
  PRIMARY KEY (organization, rulebook, rule, slot, version)
) STRICT, WITHOUT ROWID;
INSERT INTO finding_version
  SELECT f.organization, f.rulebook, f.rule, f.slot, f.version,
         coalesce((SELECT max(l.at) FROM ledger l
                   WHERE l.kind = 'finding' AND l.organization = f.organization
                     AND l.subject = f.rulebook || '/' || f.rule || '/' || f.slot), 0),
         f.slot_to, f.due, f.state, f.opened, f.closed, f.resolution
  FROM finding f;
