-- Until when a page of the enterprise may be open: who never read its ledger listens to no hint.
-- Whoever reads a ledger that was there before may have read it already.

CREATE TABLE audience (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  until INTEGER NOT NULL
) STRICT;

INSERT INTO audience
SELECT 1, iif(EXISTS (SELECT 1 FROM events), (unixepoch() + 90 * 86400) * 1000, 0);
