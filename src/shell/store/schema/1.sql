-- Everything that cannot be made again from the network's folder and the kept papers.
-- Times are seconds since 1970 as judged by; stamps of files are nanoseconds. Hashes are
-- 32 bytes.

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- A drop folder as it was enrolled and as it was last seen.
CREATE TABLE folder (
  organization    TEXT NOT NULL PRIMARY KEY,
  device          INTEGER NOT NULL,
  inode           INTEGER NOT NULL,
  marker          INTEGER NOT NULL DEFAULT 0,
  enrolled        INTEGER NOT NULL,
  first_seen      INTEGER,           -- the first full reconciliation while healthy
  last_seen       INTEGER,           -- the last one
  health          TEXT NOT NULL,
  unhealthy_since INTEGER
) STRICT;

-- A paper of one organization, by content.
CREATE TABLE document (
  organization TEXT NOT NULL,
  sha256       BLOB NOT NULL,
  bytes        INTEGER NOT NULL,
  parent       BLOB,                 -- the paper it was attached to
  context      BLOB,                 -- hash of what it was read with; NULL: not read yet
  reading      TEXT,                 -- what was understood, as JSON
  PRIMARY KEY (organization, sha256)
) STRICT, WITHOUT ROWID;

-- A content came to lie at a path. In order of arrival; memory is rebuilt from these.
CREATE TABLE arrival (
  number       INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  sha256       BLOB NOT NULL,
  path         TEXT NOT NULL,        -- as shown to people
  at           INTEGER NOT NULL,
  replaces     BLOB,                 -- what the path held before
  duplicate_of TEXT,                 -- a path that held these bytes already
  answered     INTEGER NOT NULL DEFAULT 0,  -- whether its receipt was planned
  FOREIGN KEY (organization, sha256) REFERENCES document (organization, sha256)
) STRICT;
CREATE INDEX arrival_of_document ON arrival (organization, sha256);

-- A path in a drop folder and the content it has now.
CREATE TABLE file (
  organization  TEXT NOT NULL,
  path          BLOB NOT NULL,
  name_key      TEXT NOT NULL,       -- NFC
  role          TEXT NOT NULL,       -- paper, sidecar, conflict_copy
  device        INTEGER NOT NULL,
  inode         INTEGER NOT NULL,
  size          INTEGER NOT NULL,
  modified      INTEGER NOT NULL,
  changed       INTEGER NOT NULL,
  sha256        BLOB NOT NULL,
  since         INTEGER NOT NULL,
  missing_since INTEGER,
  PRIMARY KEY (organization, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_of_document ON file (organization, sha256);
CREATE INDEX file_by_name ON file (organization, name_key);

-- Files set aside by name or refused, so that nothing vanishes without trace.
CREATE TABLE aside (
  organization TEXT NOT NULL,
  path         BLOB NOT NULL,
  why          TEXT NOT NULL,
  PRIMARY KEY (organization, path)
) STRICT, WITHOUT ROWID;

-- Every settled version of what people write: rules, organizations, calendars, waivers.
CREATE TABLE source (
  path   TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  seen   INTEGER NOT NULL,
  good   INTEGER NOT NULL,           -- it had no error
  text   TEXT NOT NULL,
  PRIMARY KEY (path, sha256)
) STRICT;

-- The state last told of each rule, to know a change when it comes.
CREATE TABLE verdict (
  organization TEXT NOT NULL,
  rulebook     TEXT NOT NULL,
  rule         TEXT NOT NULL,
  as_of        TEXT NOT NULL,
  state        TEXT NOT NULL,
  upcoming     TEXT,
  finality     TEXT NOT NULL,
  score        INTEGER,              -- millionths, like the two below
  score_low    INTEGER,
  score_high   INTEGER,
  next_on      TEXT,
  next_state   TEXT,
  next_slot    TEXT,
  next_why     TEXT,
  PRIMARY KEY (organization, rulebook, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
  organization TEXT NOT NULL,
  rulebook     TEXT NOT NULL,
  rule         TEXT NOT NULL,
  slot         TEXT NOT NULL,        -- its first day
  slot_to      TEXT NOT NULL,
  due          TEXT NOT NULL,
  version      INTEGER NOT NULL,
  state        TEXT NOT NULL,
  opened       TEXT NOT NULL,
  closed       TEXT,
  resolution   TEXT,
  PRIMARY KEY (organization, rulebook, rule, slot)
) STRICT, WITHOUT ROWID;

-- Index values as published, in order; never changed but for `told`.
CREATE TABLE index_value (
  number       INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  rulebook     TEXT NOT NULL,
  as_of        TEXT NOT NULL,
  known        INTEGER NOT NULL,
  value        INTEGER,              -- millionths of a point; NULL: readiness only
  raw          INTEGER,              -- before coverage and cap; NULL: nothing known
  low          INTEGER NOT NULL,
  high         INTEGER NOT NULL,
  coverage     INTEGER NOT NULL,
  capped       INTEGER NOT NULL,
  dimensions   TEXT NOT NULL,        -- JSON
  told         INTEGER NOT NULL
) STRICT;
CREATE INDEX index_value_of ON index_value (organization, rulebook, number);

-- Letters. `raw` is the message as it leaves, made once.
CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  recipient    TEXT NOT NULL,
  kind         TEXT NOT NULL,
  subject_key  TEXT NOT NULL,
  window       TEXT NOT NULL,
  message_id   TEXT NOT NULL UNIQUE,
  subject      TEXT NOT NULL,
  raw          BLOB NOT NULL,
  state        TEXT NOT NULL DEFAULT 'pending',
  phase        TEXT NOT NULL DEFAULT '',
  attempts     INTEGER NOT NULL DEFAULT 0,
  next_at      INTEGER NOT NULL DEFAULT 0,
  reply        TEXT NOT NULL DEFAULT '',
  created_at   INTEGER NOT NULL,
  sent_at      INTEGER,
  UNIQUE (recipient, kind, subject_key, window)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (state, next_at);

-- What a command asks of whoever holds the lock.
CREATE TABLE request (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  what   TEXT NOT NULL,
  detail TEXT NOT NULL,
  done   INTEGER
) STRICT;

-- Every verdict change, index value and letter, for ever.
CREATE TABLE ledger (
  number       INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  organization TEXT NOT NULL,
  subject      TEXT NOT NULL,
  detail       TEXT NOT NULL,
  previous     BLOB NOT NULL,
  hash         BLOB NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
