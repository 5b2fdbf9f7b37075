-- One region's budget of one year. Leases and returns are only ever added; the sums are kept by
-- triggers from the rows themselves, so that no code can lease more than the budget holds.

CREATE TABLE leases (
  id TEXT PRIMARY KEY,
  enterprise TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  state TEXT NOT NULL CHECK (state IN ('leased', 'spent', 'released', 'refused')),
  leased_at INTEGER NOT NULL,
  left_fen INTEGER CHECK (left_fen >= 0),
  -- The budget it was asked under, and when its enterprise is asked what became of it.
  budget_fen INTEGER NOT NULL CHECK (budget_fen >= 0),
  ask_at INTEGER NOT NULL,
  CHECK ((state = 'refused') = (left_fen IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX leases_open ON leases (ask_at) WHERE state = 'leased';
CREATE INDEX leases_enterprise ON leases (enterprise, state);

CREATE TABLE returns (
  id TEXT PRIMARY KEY,
  enterprise TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  freed_fen INTEGER NOT NULL CHECK (freed_fen BETWEEN 0 AND amount_fen),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX returns_enterprise ON returns (enterprise);

-- What an enterprise claimed without a budget, as of its event `seq`.
CREATE TABLE openings (
  enterprise TEXT PRIMARY KEY,
  fen INTEGER NOT NULL CHECK (fen >= 0),
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sums (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  unleased_fen INTEGER NOT NULL CHECK (unleased_fen >= 0),
  leased_fen INTEGER NOT NULL CHECK (leased_fen >= 0),
  spent_fen INTEGER NOT NULL CHECK (spent_fen >= 0),
  returned_fen INTEGER NOT NULL CHECK (returned_fen >= 0),
  opened_at INTEGER,
  failures INTEGER NOT NULL,
  due_at INTEGER
) STRICT;

INSERT INTO sums VALUES (1, 0, 0, 0, 0, NULL, 0, NULL);

CREATE TRIGGER leases_fit BEFORE INSERT ON leases
WHEN NEW.state = 'leased' AND NEW.amount_fen > (
  SELECT NEW.budget_fen - unleased_fen - leased_fen - spent_fen + returned_fen FROM sums) BEGIN
  SELECT RAISE(ABORT, 'a lease above the budget');
END;

CREATE TRIGGER leases_start BEFORE INSERT ON leases WHEN NEW.state = 'spent' BEGIN
  SELECT RAISE(ABORT, 'a lease is spent only after it was leased');
END;

CREATE TRIGGER leases_made AFTER INSERT ON leases WHEN NEW.state = 'leased' BEGIN
  UPDATE sums SET leased_fen = leased_fen + NEW.amount_fen;
END;

CREATE TRIGGER leases_moved AFTER UPDATE OF state ON leases WHEN OLD.state <> NEW.state BEGIN
  UPDATE sums SET leased_fen = leased_fen - NEW.amount_fen,
    spent_fen = spent_fen + iif(NEW.state = 'spent', NEW.amount_fen, 0);
END;

CREATE TRIGGER leases_rest BEFORE UPDATE OF state ON leases
WHEN OLD.state <> NEW.state
  AND (OLD.state <> 'leased' OR NEW.state NOT IN ('spent', 'released')) BEGIN
  SELECT RAISE(ABORT, 'a lease that was settled never changes');
END;

CREATE TRIGGER leases_keep BEFORE UPDATE OF id, enterprise, amount_fen, left_fen ON leases BEGIN
  SELECT RAISE(ABORT, 'what a lease says never changes');
END;

CREATE TRIGGER leases_remain BEFORE DELETE ON leases BEGIN
  SELECT RAISE(ABORT, 'leases are never deleted');
END;

CREATE TRIGGER returns_made AFTER INSERT ON returns BEGIN
  UPDATE sums SET returned_fen = returned_fen + NEW.freed_fen;
END;

CREATE TRIGGER returns_stay BEFORE UPDATE ON returns BEGIN
  SELECT RAISE(ABORT, 'returns never change');
END;

CREATE TRIGGER returns_remain BEFORE DELETE ON returns BEGIN
  SELECT RAISE(ABORT, 'returns are never deleted');
END;

CREATE TRIGGER openings_made AFTER INSERT ON openings BEGIN
  UPDATE sums SET unleased_fen = unleased_fen + NEW.fen;
END;

CREATE TRIGGER openings_moved AFTER UPDATE OF fen ON openings BEGIN
  UPDATE sums SET unleased_fen = unleased_fen - OLD.fen + NEW.fen;
END;
