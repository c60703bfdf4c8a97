-- What people and mail servers answer to letters.

-- By what a reply to a letter is known; NULL: written before replies were read.
ALTER TABLE outbox ADD COLUMN token TEXT;
CREATE UNIQUE INDEX outbox_by_token ON outbox (token);

-- Every message that was received, whatever came of it.
CREATE TABLE answer (
  number       INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  sha256       BLOB NOT NULL,        -- of the message as it came
  message_id   TEXT,                 -- its own; the same message is taken once
  writer       TEXT NOT NULL,        -- the address it says it is from; empty: none
  letter       INTEGER REFERENCES outbox (id), -- NULL: it names none of ours
  decision     TEXT NOT NULL,        -- what it asks, or why nothing follows
  said         TEXT NOT NULL,        -- the first words
  open         INTEGER NOT NULL,     -- somebody has to decide
  settled_at   INTEGER,
  settled_by   TEXT,
  settled_why  TEXT
) STRICT;
CREATE INDEX answer_once ON answer (sha256);
CREATE INDEX answer_again ON answer (message_id);
CREATE INDEX answer_of_letter ON answer (letter);
CREATE INDEX answer_open ON answer (open) WHERE open = 1;

-- Addresses to which letters do not come through.
CREATE TABLE failing (
  organization TEXT NOT NULL,
  address      TEXT NOT NULL,
  bounces      INTEGER NOT NULL,
  since        INTEGER,              -- held since; NULL: so far it may be a bad week
  said         TEXT NOT NULL,
  PRIMARY KEY (organization, address)
) STRICT, WITHOUT ROWID;

-- Letters that somebody does without: one kind, or '*' for all but the weekly ones.
CREATE TABLE muted (
  organization TEXT NOT NULL,
  address      TEXT NOT NULL,
  kind         TEXT NOT NULL,
  since        INTEGER NOT NULL,
  PRIMARY KEY (organization, address, kind)
) STRICT, WITHOUT ROWID;
