-- A ledger as the second version of the schema left it: the first version's forty-five events, and
-- six more under a county's budget. It never changes: storage of that version is out there.

CREATE TABLE migrations (
    id INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT;
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
CREATE TABLE answers (
  key TEXT PRIMARY KEY NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE TABLE mirror (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sent_seq INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  due_at INTEGER
) STRICT;
CREATE TABLE tallies (
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  account TEXT NOT NULL,
  posted_fen INTEGER NOT NULL,
  held_fen INTEGER NOT NULL CHECK (held_fen >= 0),
  PRIMARY KEY (region, year, account),
  CHECK (account = 'contra' OR posted_fen >= 0)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE tombstones (lease TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
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
CREATE TABLE errand_clock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  failures INTEGER NOT NULL,
  due_at INTEGER NOT NULL
) STRICT;
INSERT INTO migrations VALUES (1, 'e6aa2010b35b0bc3eb8bab19d406d6c326ca0ae73ce4ed0bd69df4740dbc42a3');
INSERT INTO migrations VALUES (2, '7ee2bf9be8f8c7667682a0d0b83f457eb2c02b0f50aef45b3f41eabf47b12cc1');
INSERT INTO books VALUES ('330106', 2025, 0, 0, 10000, 0, 7000, 33000, 50000, 41);
INSERT INTO books VALUES ('330106', 2026, 439700, 10000, 30000, 10000, 8000, 0, 497700, 45);
INSERT INTO books VALUES ('330203', 2026, 5000, 0, 0, 0, 0, 0, 5000, 10);
INSERT INTO books VALUES ('330802', 2026, 2994000, 4000, 0, 0, 0, 0, 2998000, 51);
INSERT INTO legs VALUES (1, 1, '330106', 2025, 'contra', -50000);
INSERT INTO legs VALUES (1, 2, '330106', 2025, 'available', 50000);
INSERT INTO legs VALUES (2, 1, '330106', 2025, 'available', -10000);
INSERT INTO legs VALUES (2, 2, '330106', 2025, 'unconfirmed', 10000);
INSERT INTO legs VALUES (3, 1, '330106', 2025, 'available', -10000);
INSERT INTO legs VALUES (3, 2, '330106', 2025, 'unconfirmed', 10000);
INSERT INTO legs VALUES (4, 1, '330106', 2025, 'available', -10000);
INSERT INTO legs VALUES (4, 2, '330106', 2025, 'unconfirmed', 10000);
INSERT INTO legs VALUES (5, 1, '330106', 2025, 'unconfirmed', -10000);
INSERT INTO legs VALUES (5, 2, '330106', 2025, 'confirmed', 10000);
INSERT INTO legs VALUES (6, 1, '330106', 2025, 'unconfirmed', -10000);
INSERT INTO legs VALUES (6, 2, '330106', 2025, 'confirmed', 10000);
INSERT INTO legs VALUES (7, 1, '330106', 2025, 'available', -20000);
INSERT INTO legs VALUES (7, 2, '330106', 2025, 'lapsed', 20000);
INSERT INTO legs VALUES (8, 1, '330106', 2025, 'unconfirmed', -10000);
INSERT INTO legs VALUES (8, 2, '330106', 2025, 'lapsed', 10000);
INSERT INTO legs VALUES (9, 1, '330106', 2026, 'contra', -500000);
INSERT INTO legs VALUES (9, 2, '330106', 2026, 'available', 500000);
INSERT INTO legs VALUES (10, 1, '330203', 2026, 'contra', -5000);
INSERT INTO legs VALUES (10, 2, '330203', 2026, 'available', 5000);
INSERT INTO legs VALUES (11, 1, '330106', 2026, 'available', -3000);
INSERT INTO legs VALUES (11, 2, '330106', 2026, 'contra', 3000);
INSERT INTO legs VALUES (12, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (12, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (13, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (13, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (14, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (14, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (15, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (15, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (16, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (16, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (17, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (17, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (18, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (18, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (19, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (19, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (20, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (20, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (21, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (21, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (22, 1, '330106', 2026, 'confirmed', -10000);
INSERT INTO legs VALUES (22, 2, '330106', 2026, 'in_review', 10000);
INSERT INTO legs VALUES (23, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (23, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (24, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (24, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (25, 1, '330106', 2026, 'confirmed', -10000);
INSERT INTO legs VALUES (25, 2, '330106', 2026, 'in_review', 10000);
INSERT INTO legs VALUES (26, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (26, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (27, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (27, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (28, 1, '330106', 2026, 'confirmed', -10000);
INSERT INTO legs VALUES (28, 2, '330106', 2026, 'in_review', 10000);
INSERT INTO legs VALUES (29, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (29, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (30, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (30, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (31, 1, '330106', 2026, 'confirmed', -10000);
INSERT INTO legs VALUES (31, 2, '330106', 2026, 'in_review', 10000);
INSERT INTO legs VALUES (32, 1, '330106', 2026, 'available', -10000);
INSERT INTO legs VALUES (32, 2, '330106', 2026, 'unconfirmed', 10000);
INSERT INTO legs VALUES (33, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (33, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (34, 1, '330106', 2026, 'confirmed', -10000);
INSERT INTO legs VALUES (34, 2, '330106', 2026, 'in_review', 10000);
INSERT INTO legs VALUES (35, 1, '330106', 2025, 'confirmed', -10000);
INSERT INTO legs VALUES (35, 2, '330106', 2025, 'in_review', 10000);
INSERT INTO legs VALUES (36, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (36, 2, '330106', 2026, 'available', 10000);
INSERT INTO legs VALUES (37, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (37, 2, '330106', 2026, 'available', 10000);
INSERT INTO legs VALUES (38, 1, '330106', 2026, 'unconfirmed', -10000);
INSERT INTO legs VALUES (38, 2, '330106', 2026, 'available', 10000);
INSERT INTO legs VALUES (39, 1, '330106', 2026, 'confirmed', -10000);
INSERT INTO legs VALUES (39, 2, '330106', 2026, 'available', 10000);
INSERT INTO legs VALUES (40, 1, '330106', 2026, 'in_review', -8000);
INSERT INTO legs VALUES (40, 2, '330106', 2026, 'paid', 8000);
INSERT INTO legs VALUES (40, 3, '330106', 2026, 'in_review', -2000);
INSERT INTO legs VALUES (40, 4, '330106', 2026, 'available', 2000);
INSERT INTO legs VALUES (41, 1, '330106', 2025, 'in_review', -7000);
INSERT INTO legs VALUES (41, 2, '330106', 2025, 'paid', 7000);
INSERT INTO legs VALUES (41, 3, '330106', 2025, 'in_review', -3000);
INSERT INTO legs VALUES (41, 4, '330106', 2025, 'lapsed', 3000);
INSERT INTO legs VALUES (42, 1, '330106', 2026, 'in_review', -10000);
INSERT INTO legs VALUES (42, 2, '330106', 2026, 'available', 10000);
INSERT INTO legs VALUES (43, 1, '330106', 2026, 'in_review', -10000);
INSERT INTO legs VALUES (43, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (44, 1, '330106', 2026, 'in_review', -10000);
INSERT INTO legs VALUES (44, 2, '330106', 2026, 'confirmed', 10000);
INSERT INTO legs VALUES (45, 1, '330106', 2026, 'contra', -700);
INSERT INTO legs VALUES (45, 2, '330106', 2026, 'available', 700);
INSERT INTO legs VALUES (47, 1, '330802', 2026, 'contra', -3000000);
INSERT INTO legs VALUES (47, 2, '330802', 2026, 'available', 3000000);
INSERT INTO legs VALUES (50, 1, '330802', 2026, 'available', -2000);
INSERT INTO legs VALUES (50, 2, '330802', 2026, 'contra', 2000);
INSERT INTO legs VALUES (51, 1, '330802', 2026, 'available', -4000);
INSERT INTO legs VALUES (51, 2, '330802', 2026, 'unconfirmed', 4000);
INSERT INTO claims VALUES ('c1', '330106', 2025, 50000, 1751335200000, '林知远', 1);
INSERT INTO claims VALUES ('c2', '330106', 2026, 500000, 1795485596000, '林知远', 9);
INSERT INTO claims VALUES ('c3', '330203', 2026, 5000, 1795485596000, '林知远', 10);
INSERT INTO claims VALUES ('c4', '330106', 2026, 700, 1795485600000, '林知远', 45);
INSERT INTO claims VALUES ('leased', '330802', 2026, 3000000, 1795485600000, '林知远', 47);
INSERT INTO vouchers VALUES ('open-2025', 'NO-open-2025', '330106', 2025, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'confirmed', 5, 1751335200000, 1751335200000, NULL, NULL, NULL, NULL, '{"contract_name":"演示电磁兼容检测合同"}');
INSERT INTO vouchers VALUES ('void-2025', 'NO-void-2025', '330106', 2025, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'voided', 8, 1751335200000, NULL, 1795485595000, NULL, NULL, NULL, '{"contract_name":"演示电磁兼容检测合同"}');
INSERT INTO vouchers VALUES ('paid-2025', 'NO-paid-2025', '330106', 2025, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'redeemed', 41, 1751335200000, 1751335200000, 1795485600000, '与合同不符', 'r-paid-2025', 7000, '{"contract_name":"演示电磁兼容检测合同"}');
INSERT INTO vouchers VALUES ('open', 'NO-open', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'unconfirmed', 12, 1795485600000, NULL, NULL, NULL, NULL, NULL, '{"contract_name":"演示 \"合同\"\n二","v":"open"}');
INSERT INTO vouchers VALUES ('confirmed', 'NO-confirmed', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'confirmed', 14, 1795485600000, 1795485600000, NULL, NULL, NULL, NULL, '{"contract_name":"演示 \"合同\"\n二","v":"confirmed"}');
INSERT INTO vouchers VALUES ('refused', 'NO-refused', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'refused', 36, 1795485600000, NULL, 1795485600000, '与合同不符', NULL, NULL, '{"contract_name":"演示 \"合同\"\n二","v":"refused"}');
INSERT INTO vouchers VALUES ('voided', 'NO-voided', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'voided', 37, 1795485600000, NULL, 1795485600000, NULL, NULL, NULL, '{"contract_name":"演示 \"合同\"\n二","v":"voided"}');
INSERT INTO vouchers VALUES ('expired', 'NO-expired', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'expired', 38, 1795485600000, NULL, 1795485600000, NULL, NULL, NULL, '{"contract_name":"演示 \"合同\"\n二","v":"expired"}');
INSERT INTO vouchers VALUES ('terminated', 'NO-terminated', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'terminated', 39, 1795485600000, 1795485600000, 1795485600000, '与合同不符', NULL, NULL, '{"contract_name":"演示 \"合同\"\n二","v":"terminated"}');
INSERT INTO vouchers VALUES ('review', 'NO-review', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'in_review', 22, 1795485600000, 1795485600000, NULL, NULL, 'r-review', NULL, '{"contract_name":"演示 \"合同\"\n二","v":"review"}');
INSERT INTO vouchers VALUES ('redeemed', 'NO-redeemed', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'redeemed', 40, 1795485600000, 1795485600000, 1795485600000, '与合同不符', 'r-redeemed', 8000, '{"contract_name":"演示 \"合同\"\n二","v":"redeemed"}');
INSERT INTO vouchers VALUES ('rejected', 'NO-rejected', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'rejected', 42, 1795485600000, 1795485600000, 1795485600000, '与合同不符', 'r-rejected', NULL, '{"contract_name":"演示 \"合同\"\n二","v":"rejected"}');
INSERT INTO vouchers VALUES ('returned', 'NO-returned', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'confirmed', 43, 1795485600000, 1795485600000, NULL, NULL, 'r-returned', NULL, '{"contract_name":"演示 \"合同\"\n二","v":"returned"}');
INSERT INTO vouchers VALUES ('withdrawn', 'NO-withdrawn', '330106', 2026, 10000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'confirmed', 44, 1795485600000, 1795485600000, NULL, NULL, 'r-withdrawn', NULL, '{"contract_name":"演示 \"合同\"\n二","v":"withdrawn"}');
INSERT INTO vouchers VALUES ('of-budget', 'NO-of-budget', '330802', 2026, 4000, '018f0000-0000-7000-8000-000000000011', 'enterprise', 'unconfirmed', 51, 1795485600000, NULL, NULL, NULL, NULL, NULL, '{"contract_name":"演示电磁兼容检测合同"}');
INSERT INTO redemptions VALUES ('r-paid-2025', 'paid-2025', 'approved', 1795485600000, 1795485600000, 7000, '与合同不符', '林知远', 41);
INSERT INTO redemptions VALUES ('r-redeemed', 'redeemed', 'approved', 1795485600000, 1795485600000, 8000, '与合同不符', '林知远', 40);
INSERT INTO redemptions VALUES ('r-rejected', 'rejected', 'rejected', 1795485600000, 1795485600000, NULL, '与合同不符', '林知远', 42);
INSERT INTO redemptions VALUES ('r-returned', 'returned', 'returned', 1795485600000, 1795485600000, NULL, '与合同不符', '林知远', 43);
INSERT INTO redemptions VALUES ('r-review', 'review', 'in_review', 1795485600000, NULL, NULL, NULL, '林知远', 22);
INSERT INTO redemptions VALUES ('r-withdrawn', 'withdrawn', 'withdrawn', 1795485600000, 1795485600000, NULL, NULL, '林知远', 44);
INSERT INTO answers VALUES ('01a20cf2-5284-7297-bb73-4513ef479471', '53717f5314dac104070f53117714c9b522c724697847e016822fbf957c369911', '{"ok":true,"value":{"at":1751335200000,"book":{"accounts":{"available":50000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":0},"claimed_fen":50000,"region":"330106","year":2025},"claim":{"amount_fen":50000,"at":1751335200000,"by":"林知远","id":"c1","region":"330106","year":2025},"redemption":null,"seq":1,"voucher":null}}', 1751335200000);
INSERT INTO answers VALUES ('01a20cf2-529f-7273-a0f7-0b3a0d1468e0', '892875d3d151e28923ec3d90af2da53b7d66fca6482ef885fc7a61973df9771e', '{"ok":true,"value":{"at":1751335200000,"book":{"accounts":{"available":40000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":10000},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":null,"seq":2,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"open-2025","issued_at":1751335200000,"number":"NO-open-2025","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":2,"year":2025}}}', 1751335200000);
INSERT INTO answers VALUES ('01a20cf2-52b4-717f-aa3e-eaf7aa65fab7', '6a08e006e1892fb8b12a15361b0c156e44850e5dceb4ccceabca01c6ab107012', '{"ok":true,"value":{"at":1751335200000,"book":{"accounts":{"available":30000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":20000},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":null,"seq":3,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"void-2025","issued_at":1751335200000,"number":"NO-void-2025","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":3,"year":2025}}}', 1751335200000);
INSERT INTO answers VALUES ('01a20cf2-52cd-73e4-b521-61b30394faae', 'b6e28dac836f17d2f899ae3fdf8de4ebacb0e304d76990fd9e5568c48d3dd7e6', '{"ok":true,"value":{"at":1751335200000,"book":{"accounts":{"available":20000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":30000},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":null,"seq":4,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"paid-2025","issued_at":1751335200000,"number":"NO-paid-2025","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":4,"year":2025}}}', 1751335200000);
INSERT INTO answers VALUES ('01a20cf2-52d1-743e-be12-09d6aab7abac', '3b655de580887d3d251dbbea44353b189c51267d208262321213028cb66b6abd', '{"ok":true,"value":{"at":1751335200000,"book":{"accounts":{"available":20000,"confirmed":10000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":20000},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":null,"seq":5,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1751335200000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"open-2025","issued_at":1751335200000,"number":"NO-open-2025","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":5,"year":2025}}}', 1751335200000);
INSERT INTO answers VALUES ('01a20cf2-52d9-72e1-a149-a596e83bbea5', 'a9ecdb89b40b1b5ccf006ad5bcbb27b593e3b559dd94736518e8866ae46b4a50', '{"ok":true,"value":{"at":1751335200000,"book":{"accounts":{"available":20000,"confirmed":20000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":10000},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":null,"seq":6,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1751335200000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"paid-2025","issued_at":1751335200000,"number":"NO-paid-2025","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":6,"year":2025}}}', 1751335200000);
INSERT INTO answers VALUES ('01a20cf2-52dd-72ae-8f65-8a678e824cc5', 'b9a6e745c307ca009eca529629f7921b8255d74d6b3ba8e2db763dc24b944d05', '{"ok":true,"value":{"at":1795485595000,"book":{"accounts":{"available":0,"confirmed":20000,"in_review":0,"lapsed":30000,"paid":0,"unconfirmed":0},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":null,"seq":8,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":1795485595000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"void-2025","issued_at":1751335200000,"number":"NO-void-2025","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"voided","version":8,"year":2025}}}', 1795485595000);
INSERT INTO answers VALUES ('01a20cf2-52e3-757d-9b63-609378dfd520', '7e8c00c6dc2ea11b89611bac07f7ce11316423343ffe0d70fd0f191c87c66a99', '{"ok":true,"value":{"at":1795485596000,"book":{"accounts":{"available":500000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":0},"claimed_fen":500000,"region":"330106","year":2026},"claim":{"amount_fen":500000,"at":1795485596000,"by":"林知远","id":"c2","region":"330106","year":2026},"redemption":null,"seq":9,"voucher":null}}', 1795485596000);
INSERT INTO answers VALUES ('01a20cf2-52ee-76e3-b4c1-685eef64c625', '0b6ab2b70b03930c7b8ab156cef6397fb15fcc8ef83e63c0a99970d824c45369', '{"ok":true,"value":{"at":1795485596000,"book":{"accounts":{"available":5000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":0},"claimed_fen":5000,"region":"330203","year":2026},"claim":{"amount_fen":5000,"at":1795485596000,"by":"林知远","id":"c3","region":"330203","year":2026},"redemption":null,"seq":10,"voucher":null}}', 1795485596000);
INSERT INTO answers VALUES ('01a20cf2-52f2-77ec-8860-e8b94566c8f0', 'edcc608a9aaa3b5576e31b124a1fc29e28b55a929637296c141009af2e8b17dd', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":497000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":0},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":11,"voucher":null}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-52fa-713d-9b9c-72d80f5cd9ea', '9e7ae845b0f8c94fd31a1db44fe6d96be63dc215aa79ed7ab7da471026dc3760', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":487000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":12,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"open"},"id":"open","issued_at":1795485600000,"number":"NO-open","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":12,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-52fb-77c7-908f-d80060781740', 'a6caa1b14cbab8af6c610a6f660827359dbe126020a6e926be233e533af66e0b', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":477000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":20000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":13,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"confirmed"},"id":"confirmed","issued_at":1795485600000,"number":"NO-confirmed","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":13,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-52fd-77b1-b06d-f20d8d61fa2b', '78d96efc5937ca1663600cd1e154e547e4394ffb0c00f48ce78ef22f1816bdb0', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":477000,"confirmed":10000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":14,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"confirmed"},"id":"confirmed","issued_at":1795485600000,"number":"NO-confirmed","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":14,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-52fe-7712-b968-40612f97a94b', '42f8b38d0e08a7299972817aacfdbbf2843f44d0e7b12ff3f1945e7e9deb872d', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":467000,"confirmed":10000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":20000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":15,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"refused"},"id":"refused","issued_at":1795485600000,"number":"NO-refused","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":15,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5303-75fb-83f5-3b837d8dc9d8', '2a86c06d2be8644316d941bb44da7833dd320a8d96afb24f6bb81e680bd31d96', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":457000,"confirmed":10000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":30000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":16,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"voided"},"id":"voided","issued_at":1795485600000,"number":"NO-voided","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":16,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-530a-77b0-9d60-d1d03ffc4e9a', 'c4ec46f9ea669fddee2fb60a483f002a27e5160aec6b226f6680699a766dc572', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":447000,"confirmed":10000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":17,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"expired"},"id":"expired","issued_at":1795485600000,"number":"NO-expired","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":17,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-530b-7536-ba7b-afefe5de7aeb', '3338252d2bd72527e6026fbee0ee4067d84fc0218f6157d5dafe7dba75f142de', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":437000,"confirmed":10000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":50000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":18,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"terminated"},"id":"terminated","issued_at":1795485600000,"number":"NO-terminated","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":18,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-530e-72cb-b0a4-761f0ba1c1cb', '144c0d0f532cbb18e88740cca5c685a5e80bfbc31d04aae038b358c9c6584cec', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":437000,"confirmed":20000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":19,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"terminated"},"id":"terminated","issued_at":1795485600000,"number":"NO-terminated","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":19,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5313-705a-abf2-49ae4ccf2963', '08e159ffa38221d265e04cbd933e41a6cd6a5e85d38ae67070a77c64876ecec9', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":427000,"confirmed":20000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":50000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":20,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"review"},"id":"review","issued_at":1795485600000,"number":"NO-review","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":20,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5317-711a-913b-b6327122ee63', '5b27940bac992d9c19488bb931e3dad00cb1406fbc5fcc2d92e233bfc39658c2', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":427000,"confirmed":30000,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":21,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"review"},"id":"review","issued_at":1795485600000,"number":"NO-review","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":21,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5319-75e5-88f2-6aa8a4105f6f', 'f82195f52c99dae3efbb521ec1de3db18c87751202c2d4cc33ecc1a54e72f353', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":427000,"confirmed":20000,"in_review":10000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":null,"id":"r-review","paid_fen":null,"reason":null,"state":"in_review","submitted_at":1795485600000,"voucher":"review"},"seq":22,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"review"},"id":"review","issued_at":1795485600000,"number":"NO-review","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-review","region":"330106","state":"in_review","version":22,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-531b-751c-a3c7-23f4190e66c1', 'd0bc13cbca9b6827486bfd2e321d304d5431c6c32467222c515cd48fbfd08fd0', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":417000,"confirmed":20000,"in_review":10000,"lapsed":0,"paid":0,"unconfirmed":50000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":23,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"redeemed"},"id":"redeemed","issued_at":1795485600000,"number":"NO-redeemed","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":23,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-531d-73cc-a2b1-bed9f7d93418', '927f7fd1fc96b41f40554079456f2459f1081102bc866136815bf56f545f2ce2', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":417000,"confirmed":30000,"in_review":10000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":24,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"redeemed"},"id":"redeemed","issued_at":1795485600000,"number":"NO-redeemed","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":24,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5323-73cb-8c40-62097c04b826', '3c3dae57aa0b5bc4ad6d38abd8fc15fc264239b60fdba86924b44f24aa6663fc', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":417000,"confirmed":20000,"in_review":20000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":null,"id":"r-redeemed","paid_fen":null,"reason":null,"state":"in_review","submitted_at":1795485600000,"voucher":"redeemed"},"seq":25,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"redeemed"},"id":"redeemed","issued_at":1795485600000,"number":"NO-redeemed","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-redeemed","region":"330106","state":"in_review","version":25,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5325-7240-acba-1c03e8885296', '76ce4a68249b61fccd2e531ee8158e8108b0559128219ae6d2b69fbc245502b2', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":407000,"confirmed":20000,"in_review":20000,"lapsed":0,"paid":0,"unconfirmed":50000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":26,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"rejected"},"id":"rejected","issued_at":1795485600000,"number":"NO-rejected","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":26,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-532b-742e-a6bc-0ca7f91a360f', '780432fa72512f80a462cddc401c5d017be85da2b13cd9e875dc20af01ce3816', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":407000,"confirmed":30000,"in_review":20000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":27,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"rejected"},"id":"rejected","issued_at":1795485600000,"number":"NO-rejected","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":27,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5331-74c1-9ea4-2bc2d8c4eaab', '8f6386dc7fe0d15db09d5b5b5b259471abfa56f0f84e5bb0c21d3d0c0b2a50ca', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":407000,"confirmed":20000,"in_review":30000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":null,"id":"r-rejected","paid_fen":null,"reason":null,"state":"in_review","submitted_at":1795485600000,"voucher":"rejected"},"seq":28,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"rejected"},"id":"rejected","issued_at":1795485600000,"number":"NO-rejected","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-rejected","region":"330106","state":"in_review","version":28,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5333-7734-b903-6c6a2b1508d2', 'ec6ca22b7794c2c94a4f29d4dd8a62c3cf8b9b02cc4640e6a2d9633d6aa2af6a', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":397000,"confirmed":20000,"in_review":30000,"lapsed":0,"paid":0,"unconfirmed":50000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":29,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"returned"},"id":"returned","issued_at":1795485600000,"number":"NO-returned","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":29,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5337-771e-b413-f4e1a226cbc8', '2be99c489854d2266aef3c40e946077e18d96760da3df5d2dacf9cba8bf31a41', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":397000,"confirmed":30000,"in_review":30000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":30,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"returned"},"id":"returned","issued_at":1795485600000,"number":"NO-returned","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":30,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-533a-77cd-85b7-50beaefdeab1', '867ec23f608689b12f0b133e56a1740f6601398958b9c3bbf4d482e7d528d883', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":397000,"confirmed":20000,"in_review":40000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":null,"id":"r-returned","paid_fen":null,"reason":null,"state":"in_review","submitted_at":1795485600000,"voucher":"returned"},"seq":31,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"returned"},"id":"returned","issued_at":1795485600000,"number":"NO-returned","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-returned","region":"330106","state":"in_review","version":31,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-533c-7781-978c-56c4c0f63945', 'f09e7a0a26d2c2ea6fb0498bf65f67bb6e00be1cfde4d078bbd0faa3f1422418', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":387000,"confirmed":20000,"in_review":40000,"lapsed":0,"paid":0,"unconfirmed":50000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":32,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"withdrawn"},"id":"withdrawn","issued_at":1795485600000,"number":"NO-withdrawn","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"unconfirmed","version":32,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-533d-72ae-b6eb-e69372279afd', 'c3316edc049a7d1c9e69fbe8d4d291046ad31b23d1eb37f7a5666e2ad30a1519', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":387000,"confirmed":30000,"in_review":40000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":33,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"withdrawn"},"id":"withdrawn","issued_at":1795485600000,"number":"NO-withdrawn","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"confirmed","version":33,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5340-74ae-87e2-5a4b0df9f8ab', '9cb9065818eba183828b7306d3e89223ca5f6b9f130f021c2db9fbe456e6c0ce', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":387000,"confirmed":20000,"in_review":50000,"lapsed":0,"paid":0,"unconfirmed":40000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":null,"id":"r-withdrawn","paid_fen":null,"reason":null,"state":"in_review","submitted_at":1795485600000,"voucher":"withdrawn"},"seq":34,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"withdrawn"},"id":"withdrawn","issued_at":1795485600000,"number":"NO-withdrawn","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-withdrawn","region":"330106","state":"in_review","version":34,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-534d-76f1-b2d2-89586d3c2f92', '3c1b5050ad38dccd4da39571af399bd18f276c5770e19f5daf2e3747910a9468', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":0,"confirmed":10000,"in_review":10000,"lapsed":30000,"paid":0,"unconfirmed":0},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":{"by":"林知远","decided_at":null,"id":"r-paid-2025","paid_fen":null,"reason":null,"state":"in_review","submitted_at":1795485600000,"voucher":"paid-2025"},"seq":35,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1751335200000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"paid-2025","issued_at":1751335200000,"number":"NO-paid-2025","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-paid-2025","region":"330106","state":"in_review","version":35,"year":2025}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5360-7430-8d6d-5de180567fbb', '17a0f3e242ed713ac9b4dd8e81ac22b021f2aff54cbbce427aa511323b95fd37', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":397000,"confirmed":20000,"in_review":50000,"lapsed":0,"paid":0,"unconfirmed":30000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":36,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":1795485600000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"refused"},"id":"refused","issued_at":1795485600000,"number":"NO-refused","paid_fen":null,"payee":"enterprise","reason":"与合同不符","redemption":null,"region":"330106","state":"refused","version":36,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5362-757b-b31f-4bede4198f82', '8b7cf0a68eabc847458d7c7c218efb2c6fd1b27c01156d01c9d108eca05087d6', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":407000,"confirmed":20000,"in_review":50000,"lapsed":0,"paid":0,"unconfirmed":20000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":37,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":1795485600000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"voided"},"id":"voided","issued_at":1795485600000,"number":"NO-voided","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"voided","version":37,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5366-758f-b8b1-ea7457f68c79', '673c706c0b768dc2b7255f55d8fe7f63a7338e3061d10c60dee2b0e659457935', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":417000,"confirmed":20000,"in_review":50000,"lapsed":0,"paid":0,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":38,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":1795485600000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"expired"},"id":"expired","issued_at":1795485600000,"number":"NO-expired","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330106","state":"expired","version":38,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-537a-76b0-8833-764548c29f74', '55b84b11a8c231067919b28aa1e1df01cc1900a3094c604cd0791e0aeac8f7a1', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":427000,"confirmed":10000,"in_review":50000,"lapsed":0,"paid":0,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":null,"seq":39,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":1795485600000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"terminated"},"id":"terminated","issued_at":1795485600000,"number":"NO-terminated","paid_fen":null,"payee":"enterprise","reason":"与合同不符","redemption":null,"region":"330106","state":"terminated","version":39,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5380-7756-8b7c-5fbadc8f98d3', '1fd7ee50fc3499da086593795eb587d0c17719053bcf4fde5fddbad61540f87f', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":429000,"confirmed":10000,"in_review":40000,"lapsed":0,"paid":8000,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":1795485600000,"id":"r-redeemed","paid_fen":8000,"reason":"与合同不符","state":"approved","submitted_at":1795485600000,"voucher":"redeemed"},"seq":40,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":1795485600000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"redeemed"},"id":"redeemed","issued_at":1795485600000,"number":"NO-redeemed","paid_fen":8000,"payee":"enterprise","reason":"与合同不符","redemption":"r-redeemed","region":"330106","state":"redeemed","version":40,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-538b-712f-8d59-10254d74e01b', 'cd559d64b3203ef286288c1c8e5451636137fb9fba4daee12a4c94a23ee4c8ee', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":0,"confirmed":10000,"in_review":0,"lapsed":33000,"paid":7000,"unconfirmed":0},"claimed_fen":50000,"region":"330106","year":2025},"claim":null,"redemption":{"by":"林知远","decided_at":1795485600000,"id":"r-paid-2025","paid_fen":7000,"reason":"与合同不符","state":"approved","submitted_at":1795485600000,"voucher":"paid-2025"},"seq":41,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1751335200000,"ended_at":1795485600000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"paid-2025","issued_at":1751335200000,"number":"NO-paid-2025","paid_fen":7000,"payee":"enterprise","reason":"与合同不符","redemption":"r-paid-2025","region":"330106","state":"redeemed","version":41,"year":2025}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-538f-7314-b031-139439de3f57', 'b743ef87d8b0672a4a5042461ca8b2408ae1ff956ee44260843a2cfbf9a98429', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":439000,"confirmed":10000,"in_review":30000,"lapsed":0,"paid":8000,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":1795485600000,"id":"r-rejected","paid_fen":null,"reason":"与合同不符","state":"rejected","submitted_at":1795485600000,"voucher":"rejected"},"seq":42,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":1795485600000,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"rejected"},"id":"rejected","issued_at":1795485600000,"number":"NO-rejected","paid_fen":null,"payee":"enterprise","reason":"与合同不符","redemption":"r-rejected","region":"330106","state":"rejected","version":42,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-5397-75b3-a7a7-a098d5d1dc9a', 'f3c6041033be997d76f36e2b758fa248d71fe27589ccfd5719b7f3c0e6f2f123', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":439000,"confirmed":20000,"in_review":20000,"lapsed":0,"paid":8000,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":1795485600000,"id":"r-returned","paid_fen":null,"reason":"与合同不符","state":"returned","submitted_at":1795485600000,"voucher":"returned"},"seq":43,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"returned"},"id":"returned","issued_at":1795485600000,"number":"NO-returned","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-returned","region":"330106","state":"confirmed","version":43,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('01a20cf2-539b-76c7-b89a-847dfba78239', 'de914a22f4ce6e82ebbfd4f369ec5c738081b790d586229f37783ef4f85a98e6', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":439000,"confirmed":30000,"in_review":10000,"lapsed":0,"paid":8000,"unconfirmed":10000},"claimed_fen":497000,"region":"330106","year":2026},"claim":null,"redemption":{"by":"林知远","decided_at":1795485600000,"id":"r-withdrawn","paid_fen":null,"reason":null,"state":"withdrawn","submitted_at":1795485600000,"voucher":"withdrawn"},"seq":44,"voucher":{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":1795485600000,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示 \"合同\"\n二","v":"withdrawn"},"id":"withdrawn","issued_at":1795485600000,"number":"NO-withdrawn","paid_fen":null,"payee":"enterprise","reason":null,"redemption":"r-withdrawn","region":"330106","state":"confirmed","version":44,"year":2026}}}', 1795485600000);
INSERT INTO answers VALUES ('kept-key', '1ddcde36929edd2f64f24f44ec7ae9a64018e152ed154e1ef22bd792b57a094c', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":439700,"confirmed":30000,"in_review":10000,"lapsed":0,"paid":8000,"unconfirmed":10000},"claimed_fen":497700,"region":"330106","year":2026},"claim":{"amount_fen":700,"at":1795485600000,"by":"林知远","id":"c4","region":"330106","year":2026},"redemption":null,"seq":45,"voucher":null}}', 1795485600000);
INSERT INTO answers VALUES ('kept-refusal', '8c34c720273b6e8f4176ffce49f114e8fb48bbf8da5c76cfdab3d2cfef4f2bd2', '{"code":"amount_not_positive","facts":{},"ok":false}', 1795485600000);
INSERT INTO answers VALUES ('01a20d54-282e-745a-8146-0069ad953134', '0d2f59fa7e9f09a116ca66c9f2d95548c6b3d5f5db095e861120e7f8419645b5', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":3000000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":0},"claimed_fen":3000000,"region":"330802","year":2026},"claim":{"amount_fen":3000000,"at":1795485600000,"by":"林知远","id":"leased","region":"330802","year":2026},"redemption":null,"seq":47,"voucher":null}}', 1795485600000);
INSERT INTO answers VALUES ('01a20d54-2839-7027-953f-8f95b1cfe9d5', '20c8e35bca3bacf955cdb060e58d3be89d47f7e0573adc01171793e1c60b1d7a', '{"code":"exceeds_budget","facts":{"largest_fen":2000000,"limit_fen":5000000,"set_by":"330802"},"ok":false}', 1795485600000);
INSERT INTO answers VALUES ('01a20d54-283d-7358-930a-53f7ca8bedf1', 'a4623ec91149195563c9cde9a1d3600fd5441ce91c6dca7db14bd2c51196ff5b', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":2998000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":0},"claimed_fen":2998000,"region":"330802","year":2026},"claim":null,"redemption":null,"seq":50,"voucher":null}}', 1795485600000);
INSERT INTO answers VALUES ('01a20d54-283e-7036-8217-88c1672265c0', 'd61e4a59c99d9461ec703c44be2011f65597de953f406121f2bfdac3ee6c794f', '{"ok":true,"value":{"at":1795485600000,"book":{"accounts":{"available":2994000,"confirmed":0,"in_review":0,"lapsed":0,"paid":0,"unconfirmed":4000},"claimed_fen":2998000,"region":"330802","year":2026},"claim":null,"redemption":null,"seq":51,"voucher":{"amount_fen":4000,"carrier":"018f0000-0000-7000-8000-000000000011","confirmed_at":null,"ended_at":null,"enterprise":"018f0000-0000-7000-8000-00000000a001","form":{"contract_name":"演示电磁兼容检测合同"},"id":"of-budget","issued_at":1795485600000,"number":"NO-of-budget","paid_fen":null,"payee":"enterprise","reason":null,"redemption":null,"region":"330802","state":"unconfirmed","version":51,"year":2026}}}', 1795485600000);
INSERT INTO mirror VALUES (1, 51, 0, NULL);
INSERT INTO tallies VALUES ('330106', 2025, 'available', 0, 0);
INSERT INTO tallies VALUES ('330106', 2025, 'confirmed', 10000, 10000);
INSERT INTO tallies VALUES ('330106', 2025, 'contra', -50000, 0);
INSERT INTO tallies VALUES ('330106', 2025, 'in_review', 0, 0);
INSERT INTO tallies VALUES ('330106', 2025, 'lapsed', 33000, 0);
INSERT INTO tallies VALUES ('330106', 2025, 'paid', 7000, 7000);
INSERT INTO tallies VALUES ('330106', 2025, 'unconfirmed', 0, 0);
INSERT INTO tallies VALUES ('330106', 2026, 'available', 439700, 0);
INSERT INTO tallies VALUES ('330106', 2026, 'confirmed', 30000, 30000);
INSERT INTO tallies VALUES ('330106', 2026, 'contra', -497700, 0);
INSERT INTO tallies VALUES ('330106', 2026, 'in_review', 10000, 10000);
INSERT INTO tallies VALUES ('330106', 2026, 'lapsed', 0, 0);
INSERT INTO tallies VALUES ('330106', 2026, 'paid', 8000, 8000);
INSERT INTO tallies VALUES ('330106', 2026, 'unconfirmed', 10000, 10000);
INSERT INTO tallies VALUES ('330203', 2026, 'available', 5000, 0);
INSERT INTO tallies VALUES ('330203', 2026, 'confirmed', 0, 0);
INSERT INTO tallies VALUES ('330203', 2026, 'contra', -5000, 0);
INSERT INTO tallies VALUES ('330203', 2026, 'in_review', 0, 0);
INSERT INTO tallies VALUES ('330203', 2026, 'lapsed', 0, 0);
INSERT INTO tallies VALUES ('330203', 2026, 'paid', 0, 0);
INSERT INTO tallies VALUES ('330203', 2026, 'unconfirmed', 0, 0);
INSERT INTO tallies VALUES ('330802', 2026, 'available', 2994000, 0);
INSERT INTO tallies VALUES ('330802', 2026, 'confirmed', 0, 0);
INSERT INTO tallies VALUES ('330802', 2026, 'contra', -2998000, 0);
INSERT INTO tallies VALUES ('330802', 2026, 'in_review', 0, 0);
INSERT INTO tallies VALUES ('330802', 2026, 'lapsed', 0, 0);
INSERT INTO tallies VALUES ('330802', 2026, 'paid', 0, 0);
INSERT INTO tallies VALUES ('330802', 2026, 'unconfirmed', 4000, 4000);
INSERT INTO events VALUES (1, 1751335200000, 'claim', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":50000,"caps":{"holding":{"fen_max":null,"set_by":null},"single":{"fen_max":null,"set_by":null},"total":{"fen_max":null,"set_by":null}},"claim":"c1","region":"330106"}', '[{"amount_fen":50000,"from":"contra","region":"330106","to":"available","year":2025}]', '5a93193fb7603cbe864e80066e03c5cff4b36923cac27734e062281ef87613a8', '8661a745da7d08ba8a0e786ec356cb344f27b9741da30f938e684016f1997048');
INSERT INTO events VALUES (2, 1751335200000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'open-2025', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示电磁兼容检测合同"},"number":"NO-open-2025","payee":"enterprise","region":"330106","voucher":"open-2025"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2025}]', '8661a745da7d08ba8a0e786ec356cb344f27b9741da30f938e684016f1997048', '14146404a1af1e66334087245bd0035891f534f6128152bfea7256bb149b4a4a');
INSERT INTO events VALUES (3, 1751335200000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'void-2025', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示电磁兼容检测合同"},"number":"NO-void-2025","payee":"enterprise","region":"330106","voucher":"void-2025"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2025}]', '14146404a1af1e66334087245bd0035891f534f6128152bfea7256bb149b4a4a', 'badad9337e79a170d2479856f4dc0777ca275e484ba977cd2b866ba464b95e92');
INSERT INTO events VALUES (4, 1751335200000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'paid-2025', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示电磁兼容检测合同"},"number":"NO-paid-2025","payee":"enterprise","region":"330106","voucher":"paid-2025"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2025}]', 'badad9337e79a170d2479856f4dc0777ca275e484ba977cd2b866ba464b95e92', 'd7fc8d0ef2af316111936847ee460a2d01a704a8fc071bf21322e86acd8711b3');
INSERT INTO events VALUES (5, 1751335200000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'open-2025', '{"voucher":"open-2025"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2025}]', 'd7fc8d0ef2af316111936847ee460a2d01a704a8fc071bf21322e86acd8711b3', '03da1bb8daa2d4c21e05b4a0442af907b7d626d467370efbe776d076202936e8');
INSERT INTO events VALUES (6, 1751335200000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'paid-2025', '{"voucher":"paid-2025"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2025}]', '03da1bb8daa2d4c21e05b4a0442af907b7d626d467370efbe776d076202936e8', 'fca8f890cfa9759cf81e29823db0025719f8f64005f25863b7b5aefaf303dc55');
INSERT INTO events VALUES (7, 1767196800000, 'close_year', '{"account":"clock","name":"系统","role":"clock"}', NULL, '{"region":"330106","year":2025}', '[{"amount_fen":20000,"from":"available","region":"330106","to":"lapsed","year":2025}]', 'fca8f890cfa9759cf81e29823db0025719f8f64005f25863b7b5aefaf303dc55', '8bf1a747e57b0d301a71b38ef5385876272e6ff38657d00dc8060faa8cee9d5c');
INSERT INTO events VALUES (8, 1795485595000, 'void', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'void-2025', '{"voucher":"void-2025"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"lapsed","year":2025}]', '8bf1a747e57b0d301a71b38ef5385876272e6ff38657d00dc8060faa8cee9d5c', 'ff6771f5c8d441f8a5a04248e3102316ae3935bd57690ca8594c0b0a874d0aa9');
INSERT INTO events VALUES (9, 1795485596000, 'claim', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":500000,"caps":{"holding":{"fen_max":null,"set_by":null},"single":{"fen_max":null,"set_by":null},"total":{"fen_max":null,"set_by":null}},"claim":"c2","region":"330106"}', '[{"amount_fen":500000,"from":"contra","region":"330106","to":"available","year":2026}]', 'ff6771f5c8d441f8a5a04248e3102316ae3935bd57690ca8594c0b0a874d0aa9', 'df6659113aaf68a3f077b4db6f0866285f2717c91c1d05165927d9950ce6e204');
INSERT INTO events VALUES (10, 1795485596000, 'claim', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":5000,"caps":{"holding":{"fen_max":null,"set_by":null},"single":{"fen_max":null,"set_by":null},"total":{"fen_max":null,"set_by":null}},"claim":"c3","region":"330203"}', '[{"amount_fen":5000,"from":"contra","region":"330203","to":"available","year":2026}]', 'df6659113aaf68a3f077b4db6f0866285f2717c91c1d05165927d9950ce6e204', 'c652f049b756fa9544f33f8b017a52a3157a58bafaf18b45e3f6d6ae9cab4c91');
INSERT INTO events VALUES (11, 1795485600000, 'hand_back', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":3000,"region":"330106","year":2026}', '[{"amount_fen":3000,"from":"available","region":"330106","to":"contra","year":2026}]', 'c652f049b756fa9544f33f8b017a52a3157a58bafaf18b45e3f6d6ae9cab4c91', '9c3b98fa054b2b321f780453540fb2c90120a3888e56e47ad3ff02174eae5b6f');
INSERT INTO events VALUES (12, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'open', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"open"},"number":"NO-open","payee":"enterprise","region":"330106","voucher":"open"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '9c3b98fa054b2b321f780453540fb2c90120a3888e56e47ad3ff02174eae5b6f', 'cfa91667e78b2fda670db4e03c6aea041812b2ff3aa2f8e41a6b016da44621ba');
INSERT INTO events VALUES (13, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'confirmed', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"confirmed"},"number":"NO-confirmed","payee":"enterprise","region":"330106","voucher":"confirmed"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', 'cfa91667e78b2fda670db4e03c6aea041812b2ff3aa2f8e41a6b016da44621ba', 'd1f76c4ff4e4123e89b36ef95b3f941c28154e4d9050de63f1cd2967af70d33a');
INSERT INTO events VALUES (14, 1795485600000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'confirmed', '{"voucher":"confirmed"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2026}]', 'd1f76c4ff4e4123e89b36ef95b3f941c28154e4d9050de63f1cd2967af70d33a', '5c5d6100068eb0d811e597e0dcd6ab5cec1cce7b80bc4b3e3a480c1cee7fd331');
INSERT INTO events VALUES (15, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'refused', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"refused"},"number":"NO-refused","payee":"enterprise","region":"330106","voucher":"refused"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '5c5d6100068eb0d811e597e0dcd6ab5cec1cce7b80bc4b3e3a480c1cee7fd331', '62c3a34ae94c57e1ade0734077d74d3894041f22852481d50d68241eb3f3237c');
INSERT INTO events VALUES (16, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'voided', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"voided"},"number":"NO-voided","payee":"enterprise","region":"330106","voucher":"voided"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '62c3a34ae94c57e1ade0734077d74d3894041f22852481d50d68241eb3f3237c', '4e9155067053bb15ff8c6d08edeba6b74e9accda6f15917a1ebd30569d9333e0');
INSERT INTO events VALUES (17, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'expired', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"expired"},"number":"NO-expired","payee":"enterprise","region":"330106","voucher":"expired"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '4e9155067053bb15ff8c6d08edeba6b74e9accda6f15917a1ebd30569d9333e0', '2915daf48fc8e128139a8641d650d2fe64835276e86271fb8ab292dafe1d8023');
INSERT INTO events VALUES (18, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'terminated', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"terminated"},"number":"NO-terminated","payee":"enterprise","region":"330106","voucher":"terminated"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '2915daf48fc8e128139a8641d650d2fe64835276e86271fb8ab292dafe1d8023', 'b90f997ef39d8cb4a8d235f30e014601458deceed3e48d1795c91220a21ea2ec');
INSERT INTO events VALUES (19, 1795485600000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'terminated', '{"voucher":"terminated"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2026}]', 'b90f997ef39d8cb4a8d235f30e014601458deceed3e48d1795c91220a21ea2ec', '181e8e86873a1c681b32875826d85a6e88c51a5337834108d0acaa0656888613');
INSERT INTO events VALUES (20, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'review', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"review"},"number":"NO-review","payee":"enterprise","region":"330106","voucher":"review"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '181e8e86873a1c681b32875826d85a6e88c51a5337834108d0acaa0656888613', '81454928e93e6cdbe133291bb71fa98162c4c96953c8d6d1425e53db2e5db6fa');
INSERT INTO events VALUES (21, 1795485600000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'review', '{"voucher":"review"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2026}]', '81454928e93e6cdbe133291bb71fa98162c4c96953c8d6d1425e53db2e5db6fa', '167c401ab4f27ea236a5ddd5fbb18fc7f37f22db91586fb812e22468087145af');
INSERT INTO events VALUES (22, 1795485600000, 'submit', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'review', '{"redemption":"r-review","voucher":"review"}', '[{"amount_fen":10000,"from":"confirmed","region":"330106","to":"in_review","year":2026}]', '167c401ab4f27ea236a5ddd5fbb18fc7f37f22db91586fb812e22468087145af', 'a8ed69e02aa6b5a0529de0d8cf699212f0e3b26431907ed8e70b445327c9afd2');
INSERT INTO events VALUES (23, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'redeemed', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"redeemed"},"number":"NO-redeemed","payee":"enterprise","region":"330106","voucher":"redeemed"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', 'a8ed69e02aa6b5a0529de0d8cf699212f0e3b26431907ed8e70b445327c9afd2', 'ff3d3e8d27e879afc71a321704102a13ac8e3bce3b3561fb0806a50d8c616bb7');
INSERT INTO events VALUES (24, 1795485600000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'redeemed', '{"voucher":"redeemed"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2026}]', 'ff3d3e8d27e879afc71a321704102a13ac8e3bce3b3561fb0806a50d8c616bb7', '32d5d20800c21161cb5a5bc3c363d9c2cdd61e07e045c2fb8a649fc6a5d73db6');
INSERT INTO events VALUES (25, 1795485600000, 'submit', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'redeemed', '{"redemption":"r-redeemed","voucher":"redeemed"}', '[{"amount_fen":10000,"from":"confirmed","region":"330106","to":"in_review","year":2026}]', '32d5d20800c21161cb5a5bc3c363d9c2cdd61e07e045c2fb8a649fc6a5d73db6', '4ece8ec0c6945b110bb570980257be1d7e709d005ecd986c2d720bde2aa82b17');
INSERT INTO events VALUES (26, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'rejected', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"rejected"},"number":"NO-rejected","payee":"enterprise","region":"330106","voucher":"rejected"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '4ece8ec0c6945b110bb570980257be1d7e709d005ecd986c2d720bde2aa82b17', 'cfeaa7c49f6b816ead872378c2397ebf4d1ebb9f578cb4ae13f0cf2439d7c0d1');
INSERT INTO events VALUES (27, 1795485600000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'rejected', '{"voucher":"rejected"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2026}]', 'cfeaa7c49f6b816ead872378c2397ebf4d1ebb9f578cb4ae13f0cf2439d7c0d1', '46fdfde0e092b0297c066074ba3b23213da7191c936464a4e8cb943f68e04378');
INSERT INTO events VALUES (28, 1795485600000, 'submit', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'rejected', '{"redemption":"r-rejected","voucher":"rejected"}', '[{"amount_fen":10000,"from":"confirmed","region":"330106","to":"in_review","year":2026}]', '46fdfde0e092b0297c066074ba3b23213da7191c936464a4e8cb943f68e04378', '69facbbe79724b9d1e6d9b6ad7f777038182dd32ba90f711e753d805f83eb344');
INSERT INTO events VALUES (29, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'returned', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"returned"},"number":"NO-returned","payee":"enterprise","region":"330106","voucher":"returned"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '69facbbe79724b9d1e6d9b6ad7f777038182dd32ba90f711e753d805f83eb344', 'a5156a8b4cfcacfffef2308e5a579d0641a630c1a6a29cab035d8f589d94eaf2');
INSERT INTO events VALUES (30, 1795485600000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'returned', '{"voucher":"returned"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2026}]', 'a5156a8b4cfcacfffef2308e5a579d0641a630c1a6a29cab035d8f589d94eaf2', '3e945cfeea65f62680aa6c08567d9365857451fde7e235691e7f0a4ba3af13d0');
INSERT INTO events VALUES (31, 1795485600000, 'submit', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'returned', '{"redemption":"r-returned","voucher":"returned"}', '[{"amount_fen":10000,"from":"confirmed","region":"330106","to":"in_review","year":2026}]', '3e945cfeea65f62680aa6c08567d9365857451fde7e235691e7f0a4ba3af13d0', '0cec8383a6000186f8618e69f0896c4962a82650f04bbc9a79d064428593efa7');
INSERT INTO events VALUES (32, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'withdrawn', '{"amount_fen":10000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示 \"合同\"\n二","v":"withdrawn"},"number":"NO-withdrawn","payee":"enterprise","region":"330106","voucher":"withdrawn"}', '[{"amount_fen":10000,"from":"available","region":"330106","to":"unconfirmed","year":2026}]', '0cec8383a6000186f8618e69f0896c4962a82650f04bbc9a79d064428593efa7', '60f67e77a7ca361f23669ccf77b16618976adc1cb7b5d04ac7ca2135640caa86');
INSERT INTO events VALUES (33, 1795485600000, 'confirm', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'withdrawn', '{"voucher":"withdrawn"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"confirmed","year":2026}]', '60f67e77a7ca361f23669ccf77b16618976adc1cb7b5d04ac7ca2135640caa86', '48a241afd9529d70fef7c55309de06cf44ea93300e5d152a6a0716894057d7e5');
INSERT INTO events VALUES (34, 1795485600000, 'submit', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'withdrawn', '{"redemption":"r-withdrawn","voucher":"withdrawn"}', '[{"amount_fen":10000,"from":"confirmed","region":"330106","to":"in_review","year":2026}]', '48a241afd9529d70fef7c55309de06cf44ea93300e5d152a6a0716894057d7e5', '4a298dd3866b2fb302b6b87303be5595852cc5644a3b4977e211cff1774e69ed');
INSERT INTO events VALUES (35, 1795485600000, 'submit', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'paid-2025', '{"redemption":"r-paid-2025","voucher":"paid-2025"}', '[{"amount_fen":10000,"from":"confirmed","region":"330106","to":"in_review","year":2025}]', '4a298dd3866b2fb302b6b87303be5595852cc5644a3b4977e211cff1774e69ed', '9c55d732a1650cccf3b8b07e4a6ac022e42a00ef946299f6f404a57bdef6c1da');
INSERT INTO events VALUES (36, 1795485600000, 'refuse', '{"account":"zhijian","carrier":"018f0000-0000-7000-8000-000000000011","name":"吴检","role":"carrier"}', 'refused', '{"reason":"与合同不符","voucher":"refused"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"available","year":2026}]', '9c55d732a1650cccf3b8b07e4a6ac022e42a00ef946299f6f404a57bdef6c1da', 'bb6de1fe4ebdf57b9cff6fd3c1e810d7a4efa42edf4654a1e3a3b6f420b1197e');
INSERT INTO events VALUES (37, 1795485600000, 'void', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'voided', '{"voucher":"voided"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"available","year":2026}]', 'bb6de1fe4ebdf57b9cff6fd3c1e810d7a4efa42edf4654a1e3a3b6f420b1197e', '7522f00eb0a0eb711b0954796a0fcb36260e8c56f6203466eaf722d5244a98d8');
INSERT INTO events VALUES (38, 1795485600000, 'expire', '{"account":"clock","name":"系统","role":"clock"}', 'expired', '{"voucher":"expired"}', '[{"amount_fen":10000,"from":"unconfirmed","region":"330106","to":"available","year":2026}]', '7522f00eb0a0eb711b0954796a0fcb36260e8c56f6203466eaf722d5244a98d8', '87c360eba355f05c5de35069718a0646e4a68004780ae21fd216d640163a1562');
INSERT INTO events VALUES (39, 1795485600000, 'terminate', '{"account":"xihu-review","name":"王评","region":"330106","role":"bureau","staff":["review"]}', 'terminated', '{"reason":"与合同不符","voucher":"terminated"}', '[{"amount_fen":10000,"from":"confirmed","region":"330106","to":"available","year":2026}]', '87c360eba355f05c5de35069718a0646e4a68004780ae21fd216d640163a1562', '942624de923be54fd35ec5b6c4f61d83c09296a8a834c79c6e81b218432038b1');
INSERT INTO events VALUES (40, 1795485600000, 'approve', '{"account":"xihu-review","name":"王评","region":"330106","role":"bureau","staff":["review"]}', 'redeemed', '{"paid_fen":8000,"reason":"与合同不符","redemption":"r-redeemed"}', '[{"amount_fen":8000,"from":"in_review","region":"330106","to":"paid","year":2026},{"amount_fen":2000,"from":"in_review","region":"330106","to":"available","year":2026}]', '942624de923be54fd35ec5b6c4f61d83c09296a8a834c79c6e81b218432038b1', '9999fc0353e36666554679cf536781b6b9b283853dac959b5f8894078bb4d225');
INSERT INTO events VALUES (41, 1795485600000, 'approve', '{"account":"xihu-review","name":"王评","region":"330106","role":"bureau","staff":["review"]}', 'paid-2025', '{"paid_fen":7000,"reason":"与合同不符","redemption":"r-paid-2025"}', '[{"amount_fen":7000,"from":"in_review","region":"330106","to":"paid","year":2025},{"amount_fen":3000,"from":"in_review","region":"330106","to":"lapsed","year":2025}]', '9999fc0353e36666554679cf536781b6b9b283853dac959b5f8894078bb4d225', '7e0fe9a13959043033d598b4a6ab433b483808c2ee82c274525a68d97142b4f7');
INSERT INTO events VALUES (42, 1795485600000, 'reject', '{"account":"xihu-review","name":"王评","region":"330106","role":"bureau","staff":["review"]}', 'rejected', '{"reason":"与合同不符","redemption":"r-rejected"}', '[{"amount_fen":10000,"from":"in_review","region":"330106","to":"available","year":2026}]', '7e0fe9a13959043033d598b4a6ab433b483808c2ee82c274525a68d97142b4f7', 'cc04babb7b1846a99627ed8b60e2ed9ec9f6347902ce8be4f400221c6ef9e43f');
INSERT INTO events VALUES (43, 1795485600000, 'return', '{"account":"xihu-review","name":"王评","region":"330106","role":"bureau","staff":["review"]}', 'returned', '{"reason":"与合同不符","redemption":"r-returned"}', '[{"amount_fen":10000,"from":"in_review","region":"330106","to":"confirmed","year":2026}]', 'cc04babb7b1846a99627ed8b60e2ed9ec9f6347902ce8be4f400221c6ef9e43f', '29bb9a5235d8694fcd77049e4d0259e9caca15e440faa2ba7be6b45a5ae54deb');
INSERT INTO events VALUES (44, 1795485600000, 'withdraw', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'withdrawn', '{"redemption":"r-withdrawn"}', '[{"amount_fen":10000,"from":"in_review","region":"330106","to":"confirmed","year":2026}]', '29bb9a5235d8694fcd77049e4d0259e9caca15e440faa2ba7be6b45a5ae54deb', 'a732e7760471e3a497aefec0068f54fc54bf2fbab7841ec6446a306f5bc937a5');
INSERT INTO events VALUES (45, 1795485600000, 'claim', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":700,"caps":{"holding":{"fen_max":null,"set_by":null},"single":{"fen_max":null,"set_by":null},"total":{"fen_max":null,"set_by":null}},"claim":"c4","region":"330106"}', '[{"amount_fen":700,"from":"contra","region":"330106","to":"available","year":2026}]', 'a732e7760471e3a497aefec0068f54fc54bf2fbab7841ec6446a306f5bc937a5', '670260d3ffb5f0765313012ce397605b6540897d9bc04df846577d4d1b208722');
INSERT INTO events VALUES (46, 1795485600000, 'reserve', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":3000000,"caps":{"budget":{"fen_max":5000000,"set_by":"330802"},"holding":{"fen_max":null,"set_by":null},"single":{"fen_max":null,"set_by":null},"total":{"fen_max":null,"set_by":null}},"claim":"leased","region":"330802"}', '[]', '670260d3ffb5f0765313012ce397605b6540897d9bc04df846577d4d1b208722', '840f69116325abd0eeb3148811ce9f0b990a8cc798ae576052c53297003344f2');
INSERT INTO events VALUES (47, 1795485600000, 'claim', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":3000000,"claim":"leased","region":"330802","year":2026}', '[{"amount_fen":3000000,"from":"contra","region":"330802","to":"available","year":2026}]', '840f69116325abd0eeb3148811ce9f0b990a8cc798ae576052c53297003344f2', 'fbe46b22d9654425f2b9b08b2ed17a24b4bdfaf4d94872e62cf06d15e58e382a');
INSERT INTO events VALUES (48, 1795485600000, 'reserve', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":3000000,"caps":{"budget":{"fen_max":5000000,"set_by":"330802"},"holding":{"fen_max":null,"set_by":null},"single":{"fen_max":null,"set_by":null},"total":{"fen_max":null,"set_by":null}},"claim":"too-much","region":"330802"}', '[]', 'fbe46b22d9654425f2b9b08b2ed17a24b4bdfaf4d94872e62cf06d15e58e382a', 'ec6df211df8e67939d1c11fb06e7f084c86c75ebf111871d03683eefc90cb3b8');
INSERT INTO events VALUES (49, 1795485600000, 'abandon', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":3000000,"claim":"too-much","region":"330802","year":2026}', '[]', 'ec6df211df8e67939d1c11fb06e7f084c86c75ebf111871d03683eefc90cb3b8', 'f4151b0ed9333d5fb6060da4de4244c8a0c41096e69d51315c0bc94d623abdc9');
INSERT INTO events VALUES (50, 1795485600000, 'hand_back', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', NULL, '{"amount_fen":2000,"region":"330802","year":2026}', '[{"amount_fen":2000,"from":"available","region":"330802","to":"contra","year":2026}]', 'f4151b0ed9333d5fb6060da4de4244c8a0c41096e69d51315c0bc94d623abdc9', 'f23d3724640e8e382340245d05ba079079d938202797a7d95368ec0820105f57');
INSERT INTO events VALUES (51, 1795485600000, 'issue', '{"account":"yunshan","enterprise":"018f0000-0000-7000-8000-00000000a001","name":"林知远","role":"enterprise"}', 'of-budget', '{"amount_fen":4000,"carrier":"018f0000-0000-7000-8000-000000000011","form":{"contract_name":"演示电磁兼容检测合同"},"number":"NO-of-budget","payee":"enterprise","region":"330802","voucher":"of-budget"}', '[{"amount_fen":4000,"from":"available","region":"330802","to":"unconfirmed","year":2026}]', 'f23d3724640e8e382340245d05ba079079d938202797a7d95368ec0820105f57', 'bcea147d56af27d56bf663d3d87d768edf947e25e274a8639334643641b78389');
INSERT INTO reservations VALUES ('leased', '330802', 2026, 3000000, 5000000, '330802', 1795485600000, '林知远', 'granted', '01a20d54-282e-745a-8146-0069ad953134', '0d2f59fa7e9f09a116ca66c9f2d95548c6b3d5f5db095e861120e7f8419645b5', 1795519948847, 47);
INSERT INTO reservations VALUES ('too-much', '330802', 2026, 3000000, 5000000, '330802', 1795485600000, '林知远', 'abandoned', '01a20d54-2839-7027-953f-8f95b1cfe9d5', '20c8e35bca3bacf955cdb060e58d3be89d47f7e0573adc01171793e1c60b1d7a', 1795519948858, 49);
INSERT INTO tombstones VALUES ('unheard-of', 1795519948930);
INSERT INTO errands VALUES (47, 'settle', '330802', 2026, 'leased', 3000000, 1795519948927);
INSERT INTO errands VALUES (49, 'release', '330802', 2026, 'too-much', 3000000, 1795519948928);
INSERT INTO errands VALUES (50, 'give_back', '330802', 2026, NULL, 2000, 1795519948929);
INSERT INTO errand_clock VALUES (1, 0, 0);
CREATE UNIQUE INDEX redemptions_live ON redemptions (voucher) WHERE state = 'in_review';
CREATE INDEX redemptions_voucher ON redemptions (voucher);
CREATE INDEX events_voucher ON events (voucher) WHERE voucher IS NOT NULL;
CREATE INDEX events_hand_back ON events (seq) WHERE kind = 'hand_back';
CREATE INDEX reservations_open ON reservations (reserved_at) WHERE state = 'reserving';
CREATE INDEX reservations_book ON reservations (region, year, state);
CREATE INDEX errands_open ON errands (seq) WHERE done_at IS NULL;
CREATE INDEX errands_book ON errands (region, year, kind);
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
CREATE TRIGGER claims_entombed BEFORE INSERT ON claims
WHEN EXISTS (SELECT 1 FROM tombstones WHERE lease = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'the lease of this claim was freed');
END;
CREATE TRIGGER reservations_entombed BEFORE INSERT ON reservations
WHEN EXISTS (SELECT 1 FROM tombstones WHERE lease = NEW.claim) BEGIN
  SELECT RAISE(ABORT, 'the lease of this claim was freed');
END;
