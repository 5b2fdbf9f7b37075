-- Claims under a county's budget: reserved, then granted or abandoned. The events take two more
-- kinds; a CHECK cannot be changed, so their table is made anew with the same rows and triggers.

PRAGMA defer_foreign_keys = ON;

CREATE TABLE events_kept AS SELECT * FROM events ORDER BY seq;
DROP TABLE events;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL CHECK (at >= 0),
  kind TEXT NOT NULL CHECK (kind IN (
    'claim', 'hand_back', 'issue', 'confirm', 'refuse', 'void', 'expire', 'terminate',
    'submit', 'withdraw', 'return', 'approve', 'reject', 'close_year', 'reserve', 'abandon')),
  actor TEXT NOT NULL CHECK (json_valid(actor)),
  voucher TEXT,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  postings TEXT NOT NULL CHECK (json_valid(postings)),
  prev TEXT NOT NULL CHECK (length(prev) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

INSERT INTO events (seq, at, kind, actor, voucher, payload, postings, prev, hash)
SELECT seq, at, kind, actor, voucher, payload, postings, prev, hash FROM events_kept ORDER BY seq;
DROP TABLE events_kept;

CREATE INDEX events_voucher ON events (voucher) WHERE voucher IS NOT NULL;
CREATE INDEX events_hand_back ON events (seq) WHERE kind = 'hand_back';

CREATE TRIGGER events_without_gap BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events) BEGIN
  SELECT RAISE(ABORT, 'a gap in the events');
END;

CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN
  SELECT RAISE(ABORT, 'events never change');
END;

CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN
  SELECT RAISE(ABORT, 'events are never deleted');
END;

-- A claim that asked for its part of a budget. `key` and `fingerprint` are of the command, whose
-- answer is kept once the claim is granted or abandoned; `reserved_at` is the object's own clock.
CREATE TABLE reservations (
  claim TEXT PRIMARY KEY,
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  budget_fen INTEGER NOT NULL CHECK (budget_fen >= 0),
  set_by TEXT,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reserving', 'granted', 'abandoned')),
  key TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  reserved_at INTEGER NOT NULL,
  version INTEGER NOT NULL UNIQUE REFERENCES events (seq),
  FOREIGN KEY (region, year) REFERENCES books (region, year)
) STRICT, WITHOUT ROWID;

CREATE INDEX reservations_open ON reservations (reserved_at) WHERE state = 'reserving';
CREATE INDEX reservations_book ON reservations (region, year, state);

CREATE TRIGGER reservations_start BEFORE INSERT ON reservations WHEN NEW.state <> 'reserving' BEGIN
  SELECT RAISE(ABORT, 'a reservation starts reserving');
END;

CREATE TRIGGER reservations_rest BEFORE UPDATE ON reservations WHEN OLD.state <> 'reserving' BEGIN
  SELECT RAISE(ABORT, 'a reservation that has ended never changes');
END;

CREATE TRIGGER reservations_keep
BEFORE UPDATE OF claim, region, year, amount_fen, budget_fen, key, fingerprint ON reservations BEGIN
  SELECT RAISE(ABORT, 'what a reservation says never changes');
END;

CREATE TRIGGER reservations_remain BEFORE DELETE ON reservations BEGIN
  SELECT RAISE(ABORT, 'reservations are never deleted');
END;

-- Leases that the region asked about and nobody here knew: no claim may use them any more.
CREATE TABLE tombstones (lease TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER claims_entombed BEFORE INSERT ON claims
WHEN EXISTS (SELECT 1 FROM tombstones WHERE lease = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'the lease of this claim was freed');
END;

CREATE TRIGGER reservations_entombed BEFORE INSERT ON reservations
WHEN EXISTS (SELECT 1 FROM tombstones WHERE lease = NEW.claim) BEGIN
  SELECT RAISE(ABORT, 'the lease of this claim was freed');
END;

-- What the region is still to be told, in the order of the events that it is told of.
CREATE TABLE errands (
  seq INTEGER PRIMARY KEY REFERENCES events (seq),
  kind TEXT NOT NULL CHECK (kind IN ('settle', 'release', 'give_back')),
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  lease TEXT,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  done_at INTEGER,
  CHECK ((kind = 'give_back') = (lease IS NULL))
) STRICT;

CREATE INDEX errands_open ON errands (seq) WHERE done_at IS NULL;
CREATE INDEX errands_book ON errands (region, year, kind);

CREATE TABLE errand_clock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  failures INTEGER NOT NULL,
  due_at INTEGER NOT NULL
) STRICT;

INSERT INTO errand_clock VALUES (1, 0, 0);
