-- One import: the text of its file in pieces, and the rows that were read from it. All of it can be
-- made anew from the file, so it is thrown away once nobody looks at it any more.

CREATE TABLE job (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  phase TEXT NOT NULL,
  -- Whose rows these are, as JSON; NULL until the import's row in D1 was read.
  import TEXT,
  -- Where the reading stands: a byte of the text, what is open there, and lines seen.
  offset INTEGER NOT NULL DEFAULT 0,
  path TEXT NOT NULL DEFAULT '[]',
  line INTEGER NOT NULL DEFAULT 0,
  -- What the first lines told: encoding, delimiter, columns, as JSON.
  layout TEXT NOT NULL DEFAULT '{}',
  rows INTEGER NOT NULL DEFAULT 0,
  good INTEGER NOT NULL DEFAULT 0,
  bad INTEGER NOT NULL DEFAULT 0,
  published INTEGER NOT NULL DEFAULT 0,
  -- How far the publishing is: the last line that is done, and what became of the lines up to it.
  applied_line INTEGER NOT NULL DEFAULT 0,
  made INTEGER NOT NULL DEFAULT 0,
  passed INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER
) STRICT;

INSERT INTO job (one, phase) VALUES (1, 'new');

-- The text of a part of the file, UTF-8, in pieces of equal size.
CREATE TABLE pieces (
  part TEXT NOT NULL,
  number INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (part, number)
) STRICT, WITHOUT ROWID;

-- The shared texts of a workbook, some to a row, as a JSON array.
CREATE TABLE texts (
  block INTEGER PRIMARY KEY,
  texts TEXT NOT NULL
) STRICT;

CREATE TABLE rows (
  line INTEGER PRIMARY KEY,
  verdict TEXT NOT NULL CHECK (verdict IN ('good', 'bad', 'published')),
  -- The carrier it belongs to; '' where that is not known or the row is a carrier itself.
  carrier TEXT NOT NULL,
  -- The cells as they were written, by column, and what is wrong with them, as JSON.
  cells TEXT NOT NULL,
  problems TEXT NOT NULL
) STRICT;

CREATE INDEX rows_verdict ON rows (verdict, line);

-- What makes two rows the same, and the line that was first.
CREATE TABLE keys (
  key TEXT PRIMARY KEY,
  line INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
