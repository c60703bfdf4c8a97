-- What a version of a finding said is a kilobyte. A table that is its own index keeps so long a
-- row in a page of its own, which was four fifths of a store of organizations without papers.
CREATE TABLE finding_version_anew (
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
  told         TEXT,                 -- its exact bytes; NULL: stored before they were kept
  PRIMARY KEY (organization, rulebook, rule, slot, version)
) STRICT;
INSERT INTO finding_version_anew (organization, rulebook, rule, slot, version, known, slot_to,
    due, state, opened, closed, resolution, told)
  SELECT organization, rulebook, rule, slot, version, known, slot_to, due, state, opened,
         closed, resolution, told
  FROM finding_version ORDER BY organization, rulebook, rule, slot, version;
DROP TABLE finding_version;
ALTER TABLE finding_version_anew RENAME TO finding_version;

-- No two entries of the ledger can have one hash, as each is made with the entry's number. The
-- index that refused it was written all over with each entry.
CREATE TABLE ledger_anew (
  number       INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  organization TEXT NOT NULL,
  subject      TEXT NOT NULL,
  detail       TEXT NOT NULL,
  previous     BLOB NOT NULL,
  hash         BLOB NOT NULL
) STRICT;
INSERT INTO ledger_anew (number, at, kind, organization, subject, detail, previous, hash)
  SELECT number, at, kind, organization, subject, detail, previous, hash
  FROM ledger ORDER BY number;
DROP TABLE ledger;
ALTER TABLE ledger_anew RENAME TO ledger;
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The letters of the last hour, found without looking at all that ever left; and the few folders
-- that cannot be trusted, without looking at all the others.
CREATE INDEX outbox_of_late ON outbox (sent_at, organization) WHERE sent_at IS NOT NULL;
CREATE INDEX folder_unhealthy ON folder (organization) WHERE unhealthy_since IS NOT NULL;
