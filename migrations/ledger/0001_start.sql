-- One enterprise's ledger. Events and legs are only ever added; books, vouchers and redemptions are
-- what the events come to. The tallies are kept by triggers from the rows themselves, so that the
-- balances which the code computes meet a second reckoning before every commit.

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL CHECK (at >= 0),
  kind TEXT NOT NULL CHECK (kind IN (
    'claim', 'hand_back', 'issue', 'confirm', 'refuse', 'void', 'expire', 'terminate',
    'submit', 'withdraw', 'return', 'approve', 'reject', 'close_year')),
  actor TEXT NOT NULL CHECK (json_valid(actor)),
  voucher TEXT,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  postings TEXT NOT NULL CHECK (json_valid(postings)),
  prev TEXT NOT NULL CHECK (length(prev) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX events_voucher ON events (voucher) WHERE voucher IS NOT NULL;
CREATE INDEX events_hand_back ON events (seq) WHERE kind = 'hand_back';

CREATE TABLE books (
  region TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year BETWEEN 1970 AND 9999),
  available INTEGER NOT NULL CHECK (available >= 0),
  unconfirmed INTEGER NOT NULL CHECK (unconfirmed >= 0),
  confirmed INTEGER NOT NULL CHECK (confirmed >= 0),
  in_review INTEGER NOT NULL CHECK (in_review >= 0),
  paid INTEGER NOT NULL CHECK (paid >= 0),
  lapsed INTEGER NOT NULL CHECK (lapsed >= 0),
  claimed_fen INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES events (seq),
  PRIMARY KEY (region, year),
  CHECK (available + unconfirmed + confirmed + in_review + paid + lapsed = claimed_fen)
) STRICT, WITHOUT ROWID;

CREATE TABLE legs (
  seq INTEGER NOT NULL REFERENCES events (seq),
  leg INTEGER NOT NULL,
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  account TEXT NOT NULL CHECK (account IN (
    'contra', 'available', 'unconfirmed', 'confirmed', 'in_review', 'paid', 'lapsed')),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  PRIMARY KEY (seq, leg),
  FOREIGN KEY (region, year) REFERENCES books (region, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  version INTEGER NOT NULL UNIQUE REFERENCES events (seq),
  FOREIGN KEY (region, year) REFERENCES books (region, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE vouchers (
  id TEXT PRIMARY KEY NOT NULL,
  number TEXT NOT NULL UNIQUE,
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  carrier TEXT NOT NULL,
  payee TEXT NOT NULL CHECK (payee IN ('carrier', 'enterprise')),
  state TEXT NOT NULL CHECK (state IN (
    'unconfirmed', 'confirmed', 'refused', 'voided', 'expired', 'terminated', 'in_review',
    'redeemed', 'rejected')),
  version INTEGER NOT NULL UNIQUE REFERENCES events (seq),
  issued_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  ended_at INTEGER,
  reason TEXT,
  redemption TEXT,
  paid_fen INTEGER,
  form TEXT NOT NULL CHECK (json_valid(form)),
  FOREIGN KEY (region, year) REFERENCES books (region, year),
  CHECK ((state = 'redeemed') = (paid_fen IS NOT NULL)),
  CHECK (paid_fen IS NULL OR paid_fen BETWEEN 1 AND amount_fen),
  CHECK ((ended_at IS NULL) = (state IN ('unconfirmed', 'confirmed', 'in_review')))
) STRICT;

CREATE TABLE redemptions (
  id TEXT PRIMARY KEY,
  voucher TEXT NOT NULL REFERENCES vouchers (id),
  state TEXT NOT NULL CHECK (state IN (
    'in_review', 'returned', 'withdrawn', 'approved', 'rejected')),
  submitted_at INTEGER NOT NULL,
  decided_at INTEGER,
  paid_fen INTEGER,
  reason TEXT,
  by TEXT NOT NULL,
  version INTEGER NOT NULL UNIQUE REFERENCES events (seq),
  CHECK ((state = 'approved') = (paid_fen IS NOT NULL)),
  CHECK ((state = 'in_review') = (decided_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX redemptions_live ON redemptions (voucher) WHERE state = 'in_review';
CREATE INDEX redemptions_voucher ON redemptions (voucher);

-- What was answered under a key. The fingerprint is of who asked and for what.
CREATE TABLE answers (
  key TEXT PRIMARY KEY NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- The mirror queue is every event after sent_seq. due_at is the alarm that was set for it.
CREATE TABLE mirror (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sent_seq INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  due_at INTEGER
) STRICT;

INSERT INTO mirror VALUES (1, 0, 0, NULL);

CREATE TABLE tallies (
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  account TEXT NOT NULL,
  posted_fen INTEGER NOT NULL,
  held_fen INTEGER NOT NULL CHECK (held_fen >= 0),
  PRIMARY KEY (region, year, account),
  CHECK (account = 'contra' OR posted_fen >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER books_opened AFTER INSERT ON books BEGIN
  INSERT INTO tallies
  SELECT NEW.region, NEW.year, value, 0, 0 FROM json_each(
    '["contra", "available", "unconfirmed", "confirmed", "in_review", "paid", "lapsed"]');
END;

CREATE TRIGGER legs_posted AFTER INSERT ON legs BEGIN
  UPDATE tallies SET posted_fen = posted_fen + NEW.amount_fen
  WHERE region = NEW.region AND year = NEW.year AND account = NEW.account;
END;

CREATE TRIGGER vouchers_made AFTER INSERT ON vouchers BEGIN
  UPDATE tallies SET held_fen = held_fen + NEW.amount_fen
  WHERE region = NEW.region AND year = NEW.year AND account = NEW.state;
END;

CREATE TRIGGER vouchers_moved AFTER UPDATE OF state ON vouchers BEGIN
  UPDATE tallies SET held_fen = held_fen - OLD.amount_fen
  WHERE region = OLD.region AND year = OLD.year AND account = OLD.state;
  UPDATE tallies SET held_fen = held_fen + coalesce(NEW.paid_fen, NEW.amount_fen)
  WHERE region = NEW.region AND year = NEW.year
    AND account = iif(NEW.state = 'redeemed', 'paid', NEW.state);
END;

-- What must never happen, whatever the code asks for.

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

CREATE TRIGGER legs_stay BEFORE UPDATE ON legs BEGIN
  SELECT RAISE(ABORT, 'legs never change');
END;

CREATE TRIGGER legs_remain BEFORE DELETE ON legs BEGIN
  SELECT RAISE(ABORT, 'legs are never deleted');
END;

CREATE TRIGGER vouchers_start BEFORE INSERT ON vouchers WHEN NEW.state <> 'unconfirmed' BEGIN
  SELECT RAISE(ABORT, 'a voucher starts unconfirmed');
END;

CREATE TRIGGER vouchers_keep
BEFORE UPDATE OF id, number, region, year, amount_fen, carrier, payee, issued_at, form ON vouchers
BEGIN
  SELECT RAISE(ABORT, 'what a voucher says never changes');
END;

CREATE TRIGGER vouchers_rest BEFORE UPDATE ON vouchers WHEN OLD.ended_at IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a voucher that has ended never changes');
END;

CREATE TRIGGER vouchers_remain BEFORE DELETE ON vouchers BEGIN
  SELECT RAISE(ABORT, 'vouchers are never deleted');
END;
