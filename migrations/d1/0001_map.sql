CREATE TABLE `atlas_items` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`organisation` text NOT NULL,
	`name` text NOT NULL,
	`model` text NOT NULL,
	`maker` text NOT NULL,
	`category` text NOT NULL,
	`price_fen` integer,
	`unit` text NOT NULL,
	`hidden` integer NOT NULL,
	`named` text NOT NULL,
	`sounds` text NOT NULL,
	`folded` text NOT NULL,
	`kindred` text NOT NULL,
	`words` text NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `atlas_items_subject_unique` ON `atlas_items` (`subject`);--> statement-breakpoint
CREATE INDEX `atlas_items_organisation` ON `atlas_items` (`organisation`);--> statement-breakpoint
CREATE INDEX `atlas_items_revision` ON `atlas_items` (`revision`);--> statement-breakpoint
CREATE TABLE `atlas_organisations` (
	`id` integer PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`name` text NOT NULL,
	`county` text NOT NULL,
	`address` text NOT NULL,
	`phone` text NOT NULL,
	`lng` real NOT NULL,
	`lat` real NOT NULL,
	`intro` text NOT NULL,
	`categories` text NOT NULL,
	`rating_percent` integer NOT NULL,
	`rating_count` integer NOT NULL,
	`hidden` integer NOT NULL,
	`named` text NOT NULL,
	`sounds` text NOT NULL,
	`folded` text NOT NULL,
	`words` text NOT NULL,
	`given` text NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `atlas_organisations_subject_unique` ON `atlas_organisations` (`subject`);--> statement-breakpoint
CREATE INDEX `atlas_organisations_county` ON `atlas_organisations` (`county`);--> statement-breakpoint
CREATE INDEX `atlas_organisations_revision` ON `atlas_organisations` (`revision`);--> statement-breakpoint
CREATE TABLE `atlas_parts` (
	`part` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `atlas_places` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`organisation` integer NOT NULL,
	`county` text NOT NULL,
	`lng` real NOT NULL,
	`lat` real NOT NULL,
	`price_fen` integer
);
--> statement-breakpoint
CREATE INDEX `atlas_places_county` ON `atlas_places` (`kind`,`county`);--> statement-breakpoint
CREATE INDEX `atlas_places_organisation` ON `atlas_places` (`organisation`,`kind`);--> statement-breakpoint
CREATE TABLE `booking_feeds` (
	`carrier` text PRIMARY KEY NOT NULL,
	`serial` text NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `booking_feeds_hash` ON `booking_feeds` (`hash`);--> statement-breakpoint
CREATE TABLE `booking_hours` (
	`instrument` text NOT NULL,
	`hour` text NOT NULL,
	`booking` text NOT NULL,
	PRIMARY KEY(`instrument`, `hour`)
);
--> statement-breakpoint
CREATE INDEX `booking_hours_booking` ON `booking_hours` (`booking`);--> statement-breakpoint
CREATE TABLE `booking_proposals` (
	`booking` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`hours` text NOT NULL,
	`note` text NOT NULL,
	`turn` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `booking_turns` (
	`booking` text NOT NULL,
	`turn` integer NOT NULL,
	`kind` text NOT NULL,
	`party` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`told_at` integer,
	PRIMARY KEY(`booking`, `turn`)
);
--> statement-breakpoint
CREATE INDEX `booking_turns_untold` ON `booking_turns` (`at`) WHERE told_at is null;--> statement-breakpoint
CREATE TABLE `carrier_accounts` (
	`carrier` text PRIMARY KEY NOT NULL,
	`bank` text NOT NULL,
	`account` text NOT NULL,
	`updated_at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pictures` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`carrier` text NOT NULL,
	`file` text NOT NULL,
	`alt` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pictures_subject` ON `pictures` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `proposal_verdicts` (
	`proposal` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`number` integer NOT NULL,
	`carrier` text NOT NULL,
	`content` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `proposals_carrier` ON `proposals` (`carrier`);--> statement-breakpoint
CREATE UNIQUE INDEX `proposals_subject` ON `proposals` (`subject`,`number`);--> statement-breakpoint
CREATE TABLE `import_moves` (
	`import` text NOT NULL,
	`number` integer NOT NULL,
	`move` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL,
	`facts` text NOT NULL,
	PRIMARY KEY(`import`, `number`)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`carrier` text,
	`region` text NOT NULL,
	`file_name` text NOT NULL,
	`file_size` integer NOT NULL,
	`file_type` text NOT NULL,
	`sha256` text NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `imports_carrier` ON `imports` (`carrier`,`at`);--> statement-breakpoint
CREATE INDEX `imports_region` ON `imports` (`region`,`at`);--> statement-breakpoint
DROP INDEX `instruments_carrier`;--> statement-breakpoint
ALTER TABLE `instruments` ADD `place` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `instruments` ADD `availability` text DEFAULT 'available' NOT NULL;--> statement-breakpoint
ALTER TABLE `instruments` ADD `qualifications` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `instruments` ADD `summary` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `instruments` ADD `updated_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `instruments` ADD `withdrawn_at` integer;--> statement-breakpoint
CREATE INDEX `instruments_carrier` ON `instruments` (`carrier`,`name`);--> statement-breakpoint
DROP INDEX `services_carrier`;--> statement-breakpoint
ALTER TABLE `services` ADD `turnaround_days` integer;--> statement-breakpoint
ALTER TABLE `services` ADD `qualifications` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `services` ADD `summary` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `services` ADD `updated_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `services` ADD `withdrawn_at` integer;--> statement-breakpoint
CREATE INDEX `services_carrier` ON `services` (`carrier`,`name`);--> statement-breakpoint
ALTER TABLE `bookings` ADD `hours` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `bookings` ADD `enterprise_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `carriers` ADD `categories` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `carriers` ADD `opening` text DEFAULT '{"days":[1,2,3,4,5],"from":"09:00","to":"17:00"}' NOT NULL;--> statement-breakpoint
ALTER TABLE `carriers` ADD `website` text;--> statement-breakpoint
ALTER TABLE `carriers` ADD `updated_at` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE VIRTUAL TABLE `atlas_organisation_words` USING fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
--> statement-breakpoint
CREATE VIRTUAL TABLE `atlas_service_words` USING fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
--> statement-breakpoint
CREATE VIRTUAL TABLE `atlas_instrument_words` USING fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
--> statement-breakpoint
-- Written to only: gives a part a new revision, above every other.
CREATE VIEW `atlas_marks` AS SELECT part FROM atlas_parts;
--> statement-breakpoint
CREATE TRIGGER `atlas_marks_made` INSTEAD OF INSERT ON `atlas_marks` BEGIN
  INSERT INTO atlas_parts (part, revision)
  SELECT NEW.part, coalesce(max(revision), 0) + 1 FROM atlas_parts WHERE true
  ON CONFLICT (part) DO UPDATE SET revision = excluded.revision;
END;
--> statement-breakpoint
-- A place stands for an item that is found: its words and its part go with it.
CREATE TRIGGER `atlas_places_made` AFTER INSERT ON `atlas_places` BEGIN
  INSERT INTO atlas_service_words (rowid, words)
  SELECT i.id, i.words || ' ' || o.given FROM atlas_items i, atlas_organisations o
  WHERE NEW.kind = 'service' AND i.id = NEW.id AND o.id = NEW.organisation;
  INSERT INTO atlas_instrument_words (rowid, words)
  SELECT i.id, i.words || ' ' || o.given FROM atlas_items i, atlas_organisations o
  WHERE NEW.kind = 'instrument' AND i.id = NEW.id AND o.id = NEW.organisation;
  INSERT INTO atlas_marks (part)
  VALUES (iif(NEW.kind = 'service', 'service', 'instrument:' || substr(NEW.county, 1, 4)));
END;
--> statement-breakpoint
CREATE TRIGGER `atlas_places_gone` AFTER DELETE ON `atlas_places` BEGIN
  DELETE FROM atlas_service_words WHERE OLD.kind = 'service' AND rowid = OLD.id;
  DELETE FROM atlas_instrument_words WHERE OLD.kind = 'instrument' AND rowid = OLD.id;
  INSERT INTO atlas_marks (part)
  VALUES (iif(OLD.kind = 'service', 'service', 'instrument:' || substr(OLD.county, 1, 4)));
END;
--> statement-breakpoint
-- An organisation's figures count what it offers.
CREATE TRIGGER `atlas_items_made` AFTER INSERT ON `atlas_items` BEGIN
  INSERT INTO atlas_places (id, kind, organisation, county, lng, lat, price_fen)
  SELECT NEW.id, NEW.kind, o.id, o.county, o.lng, o.lat, NEW.price_fen FROM atlas_organisations o
  WHERE o.subject = NEW.organisation AND NOT NEW.hidden;
  INSERT INTO atlas_marks (part) VALUES ('organisation');
  UPDATE atlas_items SET revision = (SELECT max(revision) FROM atlas_parts) WHERE id = NEW.id;
  UPDATE atlas_organisations SET revision = (SELECT max(revision) FROM atlas_parts)
  WHERE subject = NEW.organisation;
END;
--> statement-breakpoint
CREATE TRIGGER `atlas_items_changed`
AFTER UPDATE OF `organisation`, `name`, `model`, `maker`, `category`, `price_fen`, `unit`, `hidden`
ON `atlas_items` BEGIN
  DELETE FROM atlas_places WHERE id = NEW.id;
  INSERT INTO atlas_places (id, kind, organisation, county, lng, lat, price_fen)
  SELECT NEW.id, NEW.kind, o.id, o.county, o.lng, o.lat, NEW.price_fen FROM atlas_organisations o
  WHERE o.subject = NEW.organisation AND NOT NEW.hidden;
  INSERT INTO atlas_marks (part) SELECT 'organisation'
  WHERE (OLD.organisation, OLD.hidden) IS NOT (NEW.organisation, NEW.hidden);
  UPDATE atlas_items SET revision = (SELECT max(revision) FROM atlas_parts) WHERE id = NEW.id;
  UPDATE atlas_organisations SET revision = (SELECT max(revision) FROM atlas_parts)
  WHERE subject IN (OLD.organisation, NEW.organisation)
    AND (OLD.organisation, OLD.hidden) IS NOT (NEW.organisation, NEW.hidden);
END;
--> statement-breakpoint
CREATE TRIGGER `atlas_organisations_made` AFTER INSERT ON `atlas_organisations` BEGIN
  INSERT INTO atlas_organisation_words (rowid, words) VALUES (NEW.id, NEW.words);
  INSERT INTO atlas_places (id, kind, organisation, county, lng, lat, price_fen)
  SELECT i.id, i.kind, NEW.id, NEW.county, NEW.lng, NEW.lat, i.price_fen FROM atlas_items i
  WHERE i.organisation = NEW.subject AND NOT i.hidden;
  INSERT INTO atlas_marks (part) VALUES ('organisation');
  UPDATE atlas_organisations SET revision = (SELECT max(revision) FROM atlas_parts)
  WHERE id = NEW.id;
  UPDATE atlas_items SET revision = (SELECT max(revision) FROM atlas_parts)
  WHERE organisation = NEW.subject;
END;
--> statement-breakpoint
-- Its items come along when it moves: a shard of its city that is built meanwhile may hold them
-- twice or not at all, and one of another city does not hold them.
CREATE TRIGGER `atlas_organisations_changed`
AFTER UPDATE OF `name`, `county`, `address`, `phone`, `lng`, `lat`, `intro`, `categories`,
  `rating_percent`, `rating_count`, `hidden` ON `atlas_organisations`
BEGIN
  DELETE FROM atlas_organisation_words WHERE rowid = NEW.id AND OLD.words <> NEW.words;
  INSERT INTO atlas_organisation_words (rowid, words)
  SELECT NEW.id, NEW.words WHERE OLD.words <> NEW.words;
  DELETE FROM atlas_places WHERE organisation = NEW.id
    AND (OLD.county, OLD.lng, OLD.lat, OLD.given) IS NOT (NEW.county, NEW.lng, NEW.lat, NEW.given);
  INSERT INTO atlas_places (id, kind, organisation, county, lng, lat, price_fen)
  SELECT i.id, i.kind, NEW.id, NEW.county, NEW.lng, NEW.lat, i.price_fen FROM atlas_items i
  WHERE i.organisation = NEW.subject AND NOT i.hidden
    AND (OLD.county, OLD.lng, OLD.lat, OLD.given) IS NOT (NEW.county, NEW.lng, NEW.lat, NEW.given);
  INSERT INTO atlas_marks (part) VALUES ('organisation');
  UPDATE atlas_organisations SET revision = (SELECT max(revision) FROM atlas_parts)
  WHERE id = NEW.id;
  UPDATE atlas_items SET revision = (SELECT max(revision) FROM atlas_parts)
  WHERE organisation = NEW.subject AND OLD.county <> NEW.county;
END;
