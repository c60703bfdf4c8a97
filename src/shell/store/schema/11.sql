-- Who serves two organizations has the letters of both: an organization is part of what no two
-- letters share. Laid out anew, as what a table's rows must not share is changed in no other way.
CREATE TABLE outbox_anew (
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
  token        TEXT,
  leaves_at    INTEGER NOT NULL DEFAULT 0,
  in_slot      INTEGER NOT NULL DEFAULT 0,
  taken_away   INTEGER NOT NULL DEFAULT 0,
  UNIQUE (organization, recipient, kind, subject_key, window)
) STRICT;
INSERT INTO outbox_anew (id, organization, recipient, kind, subject_key, window, message_id,
                         subject, raw, state, phase, attempts, next_at, reply, created_at,
                         sent_at, token, leaves_at, in_slot, taken_away)
  SELECT id, organization, recipient, kind, subject_key, window, message_id,
         subject, raw, state, phase, attempts, next_at, reply, created_at,
         sent_at, token, leaves_at, in_slot, taken_away
  FROM outbox ORDER BY id;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (state, next_at);
CREATE UNIQUE INDEX outbox_by_token ON outbox (token);
CREATE INDEX outbox_in_turn ON outbox (state, id, next_at, recipient);
CREATE INDEX outbox_of_recipient ON outbox (recipient, state, next_at);
CREATE INDEX outbox_of_hour ON outbox (organization, sent_at);
CREATE INDEX outbox_standing ON outbox (state, created_at, organization);
