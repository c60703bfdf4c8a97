-- What was known at an earlier time, of the things that are otherwise kept only as they are
-- now, and what each version of a finding said and rested on.

-- What a paper was understood as, until it was read again with something else.
CREATE TABLE reading_before (
  number       INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  sha256       BLOB NOT NULL,
  until        INTEGER NOT NULL,     -- the instant at which it was read again
  reading      TEXT NOT NULL
) STRICT;
CREATE INDEX reading_before_of ON reading_before (organization, sha256, number);

-- How far a drop folder could be trusted, each time that it was another than before.
CREATE TABLE folder_seen (
  number          INTEGER PRIMARY KEY,
  organization    TEXT NOT NULL,
  at              INTEGER NOT NULL,
  first_seen      INTEGER,
  unhealthy_since INTEGER
) STRICT;
CREATE INDEX folder_seen_of ON folder_seen (organization, number);
INSERT INTO folder_seen (organization, at, first_seen, unhealthy_since)
  SELECT organization, first_seen, first_seen, NULL
  FROM folder WHERE first_seen IS NOT NULL ORDER BY organization;
INSERT INTO folder_seen (organization, at, first_seen, unhealthy_since)
  SELECT organization, unhealthy_since, first_seen, unhealthy_since
  FROM folder WHERE unhealthy_since IS NOT NULL ORDER BY organization;

-- A path that was found gone from its drop folder.
CREATE TABLE path_gone (
  number       INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  path         TEXT NOT NULL,        -- as shown to people, like those of arrivals
  at           INTEGER NOT NULL
) STRICT;
CREATE INDEX path_gone_of ON path_gone (organization, path);

-- What the version of a finding said, in its exact bytes; NULL: stored before they were kept.
ALTER TABLE finding_version ADD COLUMN told TEXT;
