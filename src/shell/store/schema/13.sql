-- What the last look at an organization's drop folder found, where all of it was on record and
-- nothing was to be done: a look that finds the same has nothing to compare. And with what its
-- papers are read, where none of them would read differently. Whatever changes what is on record
-- takes it out again, whoever does it. This table may be emptied at any time.
CREATE TABLE looked (
  organization TEXT PRIMARY KEY,
  found        BLOB,                 -- hash of the folder and of all names, sizes and times in it
  context      BLOB
) STRICT, WITHOUT ROWID;

CREATE TRIGGER looked_file_new AFTER INSERT ON file BEGIN
  UPDATE looked SET found = NULL WHERE organization = NEW.organization AND found IS NOT NULL;
END;
CREATE TRIGGER looked_file_other AFTER UPDATE ON file BEGIN
  UPDATE looked SET found = NULL
  WHERE organization IN (OLD.organization, NEW.organization) AND found IS NOT NULL;
END;
CREATE TRIGGER looked_file_gone AFTER DELETE ON file BEGIN
  UPDATE looked SET found = NULL WHERE organization = OLD.organization AND found IS NOT NULL;
END;
CREATE TRIGGER looked_aside_new AFTER INSERT ON aside BEGIN
  UPDATE looked SET found = NULL WHERE organization = NEW.organization AND found IS NOT NULL;
END;
CREATE TRIGGER looked_aside_other AFTER UPDATE ON aside BEGIN
  UPDATE looked SET found = NULL
  WHERE organization IN (OLD.organization, NEW.organization) AND found IS NOT NULL;
END;
CREATE TRIGGER looked_aside_gone AFTER DELETE ON aside BEGIN
  UPDATE looked SET found = NULL WHERE organization = OLD.organization AND found IS NOT NULL;
END;
CREATE TRIGGER looked_folder_new AFTER INSERT ON folder BEGIN
  UPDATE looked SET found = NULL WHERE organization = NEW.organization AND found IS NOT NULL;
END;
CREATE TRIGGER looked_folder_other AFTER UPDATE ON folder BEGIN
  UPDATE looked SET found = NULL
  WHERE organization IN (OLD.organization, NEW.organization) AND found IS NOT NULL;
END;
CREATE TRIGGER looked_folder_gone AFTER DELETE ON folder BEGIN
  UPDATE looked SET found = NULL WHERE organization = OLD.organization AND found IS NOT NULL;
END;
CREATE TRIGGER looked_paper_new AFTER INSERT ON document BEGIN
  UPDATE looked SET context = NULL
  WHERE organization = NEW.organization AND context IS NOT NULL
    AND substr(NEW.context, 1, 32) IS NOT context;
END;
CREATE TRIGGER looked_paper_other AFTER UPDATE OF context ON document BEGIN
  UPDATE looked SET context = NULL
  WHERE organization = NEW.organization AND context IS NOT NULL
    AND substr(NEW.context, 1, 32) IS NOT context;
END;
