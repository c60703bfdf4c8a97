-- Papers that a person had erased: nothing is left of them but this and their hashes.
CREATE TABLE forgotten (
  organization TEXT NOT NULL,
  sha256       BLOB NOT NULL,
  at           INTEGER NOT NULL,
  by           TEXT NOT NULL,
  why          TEXT NOT NULL,
  swept        INTEGER NOT NULL DEFAULT 0, -- whether files and free pages are gone too
  PRIMARY KEY (organization, sha256),
  FOREIGN KEY (organization, sha256) REFERENCES document (organization, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX forgotten_unswept ON forgotten (organization) WHERE swept = 0;
