-- What a person stated of a paper on record, in order. Never changed: what is stated later of
-- the same matter outranks it, and a row without statements takes back all before it.
CREATE TABLE correction (
  number       INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  sha256       BLOB NOT NULL,
  at           INTEGER NOT NULL,     -- when it was taken up
  by           TEXT NOT NULL,
  why          TEXT NOT NULL,
  stated       TEXT NOT NULL,        -- JSON: pairs of a name and what is stated
  FOREIGN KEY (organization, sha256) REFERENCES document (organization, sha256)
) STRICT;
CREATE INDEX correction_of ON correction (organization, sha256, number);

-- Whether a reading gave way to a correction: then both are kept, each with its time.
ALTER TABLE reading_before ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;

CREATE INDEX request_waiting ON request (done, id);
