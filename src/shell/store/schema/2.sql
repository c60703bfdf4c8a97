-- A paper that came inside another: under which name, and what it is. A content may lie in
-- several carriers and in the folder itself; it is one document with several paths.
CREATE TABLE enclosure (
  organization TEXT NOT NULL,
  parent       BLOB NOT NULL,        -- the carrier's content
  name         TEXT NOT NULL,        -- unique within the carrier
  sha256       BLOB NOT NULL,
  PRIMARY KEY (organization, parent, name),
  FOREIGN KEY (organization, parent) REFERENCES document (organization, sha256),
  FOREIGN KEY (organization, sha256) REFERENCES document (organization, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX enclosure_of_document ON enclosure (organization, sha256);

-- The path of the carrier that a content arrived in; NULL: it lay in the folder itself.
ALTER TABLE arrival ADD COLUMN carrier TEXT;

-- A document may have several parents; the table above has them.
ALTER TABLE document DROP COLUMN parent;
