CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`key` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attachments_key_unique` ON `attachments` (`key`);--> statement-breakpoint
CREATE INDEX `attachments_sha256` ON `attachments` (`sha256`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`account` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`party` text,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`region` text,
	`before` text,
	`after` text,
	`ip` text,
	`request_id` text
);
--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_region` ON `audit_entries` (`region`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_account` ON `audit_entries` (`account`,`seq`);--> statement-breakpoint
CREATE TABLE `booking_answers` (
	`booking` text PRIMARY KEY NOT NULL,
	`accepted` integer NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `booking_cancellations` (
	`booking` text PRIMARY KEY NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `booking_uses` (
	`booking` text PRIMARY KEY NOT NULL,
	`voucher` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `booking_uses_voucher` ON `booking_uses` (`voucher`);--> statement-breakpoint
CREATE TABLE `bookings` (
	`id` text PRIMARY KEY NOT NULL,
	`enterprise` text NOT NULL,
	`carrier` text NOT NULL,
	`service` text,
	`instrument` text,
	`day` text NOT NULL,
	`contact` text NOT NULL,
	`phone` text NOT NULL,
	`need` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `bookings_enterprise` ON `bookings` (`enterprise`,`at`);--> statement-breakpoint
CREATE INDEX `bookings_carrier` ON `bookings` (`carrier`,`at`);--> statement-breakpoint
CREATE TABLE `carrier_suspensions` (
	`carrier` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `carriers` (
	`id` text PRIMARY KEY NOT NULL,
	`uscc` text NOT NULL,
	`name` text NOT NULL,
	`county` text NOT NULL,
	`address` text NOT NULL,
	`lng` real NOT NULL,
	`lat` real NOT NULL,
	`contact` text NOT NULL,
	`phone` text NOT NULL,
	`legal_representative` text NOT NULL,
	`intro` text NOT NULL,
	`admitted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `carriers_uscc_unique` ON `carriers` (`uscc`);--> statement-breakpoint
CREATE INDEX `carriers_county` ON `carriers` (`county`);--> statement-breakpoint
CREATE TABLE `instruments` (
	`id` text PRIMARY KEY NOT NULL,
	`carrier` text NOT NULL,
	`name` text NOT NULL,
	`model` text NOT NULL,
	`maker` text NOT NULL,
	`price_fen` integer,
	`unit` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `instruments_carrier` ON `instruments` (`carrier`);--> statement-breakpoint
CREATE TABLE `services` (
	`id` text PRIMARY KEY NOT NULL,
	`carrier` text NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`price_fen` integer,
	`unit` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `services_carrier` ON `services` (`carrier`);--> statement-breakpoint
CREATE TABLE `evaluations` (
	`enterprise` text NOT NULL,
	`voucher` text NOT NULL,
	`carrier` text NOT NULL,
	`service` text NOT NULL,
	`stars` integer NOT NULL,
	`tags` text NOT NULL,
	`comment` text NOT NULL,
	`is_default` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`enterprise`, `voucher`)
);
--> statement-breakpoint
CREATE INDEX `evaluations_by_carrier` ON `evaluations` (`carrier`,`at`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`uscc` text,
	`unit` text,
	`legal_representative` text,
	`name` text NOT NULL,
	`phone` text,
	`created_at` integer NOT NULL,
	`signed_in_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `bindings` (
	`uscc` text PRIMARY KEY NOT NULL,
	`enterprise` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `bindings_enterprise` ON `bindings` (`enterprise`);--> statement-breakpoint
CREATE TABLE `enterprises` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`id_token` text,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_account` ON `sessions` (`account`);--> statement-breakpoint
CREATE TABLE `staff` (
	`account` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`region` text NOT NULL,
	`roles` text NOT NULL,
	`active` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE INDEX `staff_region` ON `staff` (`region`);--> statement-breakpoint
CREATE TABLE `books` (
	`enterprise` text NOT NULL,
	`region` text NOT NULL,
	`year` integer NOT NULL,
	`available` integer NOT NULL,
	`unconfirmed` integer NOT NULL,
	`confirmed` integer NOT NULL,
	`in_review` integer NOT NULL,
	`paid` integer NOT NULL,
	`lapsed` integer NOT NULL,
	`claimed_fen` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`enterprise`, `region`, `year`)
);
--> statement-breakpoint
CREATE INDEX `books_region` ON `books` (`region`,`year`);--> statement-breakpoint
CREATE TABLE `claims` (
	`id` text NOT NULL,
	`enterprise` text NOT NULL,
	`region` text NOT NULL,
	`year` integer NOT NULL,
	`amount_fen` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`enterprise`, `id`)
);
--> statement-breakpoint
CREATE INDEX `claims_region` ON `claims` (`region`,`year`,`at`);--> statement-breakpoint
CREATE TABLE `events` (
	`enterprise` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`voucher` text,
	`payload` text NOT NULL,
	`postings` text NOT NULL,
	`prev` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`enterprise`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `events_voucher` ON `events` (`enterprise`,`voucher`);--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`at`);--> statement-breakpoint
CREATE TABLE `heads` (
	`enterprise` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_archives` (
	`enterprise` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`key` text NOT NULL,
	`bytes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_findings` (
	`day` text NOT NULL,
	`enterprise` text NOT NULL,
	`at` integer NOT NULL,
	`compared` integer NOT NULL,
	`repaired` integer NOT NULL,
	`problems` text NOT NULL,
	`drift` text NOT NULL,
	PRIMARY KEY(`day`, `enterprise`)
);
--> statement-breakpoint
CREATE TABLE `ledger_reports` (
	`day` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`cursor` text NOT NULL,
	`enterprises` integer NOT NULL,
	`unsound` integer NOT NULL,
	`drifted` integer NOT NULL,
	`repaired` integer NOT NULL,
	`unseen` integer NOT NULL,
	`archived` integer NOT NULL,
	`root` text
);
--> statement-breakpoint
CREATE TABLE `redemptions` (
	`id` text NOT NULL,
	`enterprise` text NOT NULL,
	`voucher` text NOT NULL,
	`state` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`decided_at` integer,
	`paid_fen` integer,
	`reason` text,
	`by` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`enterprise`, `id`)
);
--> statement-breakpoint
CREATE INDEX `redemptions_voucher` ON `redemptions` (`enterprise`,`voucher`);--> statement-breakpoint
CREATE INDEX `redemptions_state` ON `redemptions` (`state`,`submitted_at`);--> statement-breakpoint
CREATE TABLE `vouchers` (
	`id` text NOT NULL,
	`number` text NOT NULL,
	`enterprise` text NOT NULL,
	`region` text NOT NULL,
	`year` integer NOT NULL,
	`amount_fen` integer NOT NULL,
	`carrier` text NOT NULL,
	`payee` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`confirmed_at` integer,
	`ended_at` integer,
	`reason` text,
	`redemption` text,
	`paid_fen` integer,
	`form` text NOT NULL,
	PRIMARY KEY(`enterprise`, `id`)
);
--> statement-breakpoint
CREATE INDEX `vouchers_id` ON `vouchers` (`id`);--> statement-breakpoint
CREATE INDEX `vouchers_number` ON `vouchers` (`number`);--> statement-breakpoint
CREATE INDEX `vouchers_carrier` ON `vouchers` (`carrier`,`state`,`issued_at`);--> statement-breakpoint
CREATE INDEX `vouchers_region` ON `vouchers` (`region`,`state`,`issued_at`);--> statement-breakpoint
CREATE INDEX `vouchers_confirmed` ON `vouchers` (`confirmed_at`);--> statement-breakpoint
CREATE TABLE `bureaus` (
	`region` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `policies` (
	`id` text PRIMARY KEY NOT NULL,
	`region` text NOT NULL,
	`year` integer NOT NULL,
	`version` integer NOT NULL,
	`params` text NOT NULL,
	`commitment_version` text,
	`effective_from` integer NOT NULL,
	`author` text NOT NULL,
	`author_name` text NOT NULL,
	`approver` text NOT NULL,
	`approver_name` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `policies_by_region_year_version` ON `policies` (`region`,`year`,`version`);--> statement-breakpoint
CREATE INDEX `policies_by_commitment` ON `policies` (`commitment_version`);--> statement-breakpoint
CREATE TABLE `payment_results` (
	`enterprise` text NOT NULL,
	`redemption` text NOT NULL,
	`attempt` integer NOT NULL,
	`result` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL,
	PRIMARY KEY(`enterprise`, `redemption`, `attempt`),
	FOREIGN KEY (`enterprise`,`redemption`) REFERENCES `payments`(`enterprise`,`redemption`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `payments` (
	`enterprise` text NOT NULL,
	`redemption` text NOT NULL,
	`voucher` text NOT NULL,
	`number` text NOT NULL,
	`region` text NOT NULL,
	`year` integer NOT NULL,
	`payee` text NOT NULL,
	`payee_id` text NOT NULL,
	`payee_name` text NOT NULL,
	`paid_fen` integer NOT NULL,
	`reviewed_by` text NOT NULL,
	`reviewed_by_name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`enterprise`, `redemption`)
);
--> statement-breakpoint
CREATE INDEX `payments_region` ON `payments` (`region`,`at`);--> statement-breakpoint
CREATE INDEX `payments_voucher` ON `payments` (`enterprise`,`voucher`);--> statement-breakpoint
CREATE TABLE `redemption_submissions` (
	`party` text NOT NULL,
	`id` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`rows` text NOT NULL,
	PRIMARY KEY(`party`, `id`)
);
--> statement-breakpoint
CREATE TABLE `registration_reviews` (
	`version` text PRIMARY KEY NOT NULL,
	`verdict` text NOT NULL,
	`reason` text,
	`registered_uscc` text,
	`bureau` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL,
	FOREIGN KEY (`version`) REFERENCES `registration_submissions`(`version`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registration_reviews_registered_uscc_unique` ON `registration_reviews` (`registered_uscc`);--> statement-breakpoint
CREATE TABLE `registration_submissions` (
	`version` text PRIMARY KEY NOT NULL,
	`bureau` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL,
	FOREIGN KEY (`version`) REFERENCES `registrations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `registration_submissions_by_bureau` ON `registration_submissions` (`bureau`,`at`);--> statement-breakpoint
CREATE TABLE `registrations` (
	`id` text PRIMARY KEY NOT NULL,
	`enterprise` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`uscc` text NOT NULL,
	`legal_representative` text NOT NULL,
	`agent` text NOT NULL,
	`agent_phone` text NOT NULL,
	`city` text NOT NULL,
	`county` text NOT NULL,
	`address` text NOT NULL,
	`industry` text NOT NULL,
	`established` text NOT NULL,
	`staff_count` text NOT NULL,
	`email` text NOT NULL,
	`bank` text NOT NULL,
	`bank_account` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_by` text NOT NULL,
	`saved_by_name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registrations_by_enterprise` ON `registrations` (`enterprise`,`number`);--> statement-breakpoint
CREATE INDEX `registrations_by_uscc` ON `registrations` (`uscc`);--> statement-breakpoint
CREATE INDEX `registrations_by_county` ON `registrations` (`county`);--> statement-breakpoint
CREATE TABLE `invoices` (
	`code` text NOT NULL,
	`number` text NOT NULL,
	`enterprise` text NOT NULL,
	`voucher` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`code`, `number`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoices_by_voucher` ON `invoices` (`enterprise`,`voucher`);--> statement-breakpoint
CREATE TABLE `papers` (
	`enterprise` text NOT NULL,
	`voucher` text NOT NULL,
	`file` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`enterprise`, `voucher`, `file`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `papers_once` ON `papers` (`enterprise`,`voucher`,`kind`,`sha256`);--> statement-breakpoint
CREATE INDEX `papers_by_content` ON `papers` (`sha256`);--> statement-breakpoint
CREATE TABLE `qr_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`enterprise` text NOT NULL,
	`voucher` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `qr_tokens_by_voucher` ON `qr_tokens` (`enterprise`,`voucher`);--> statement-breakpoint
CREATE TABLE `use_drafts` (
	`enterprise` text NOT NULL,
	`id` text NOT NULL,
	`account` text NOT NULL,
	`fields` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`enterprise`, `id`)
);
--> statement-breakpoint
CREATE INDEX `use_drafts_by_time` ON `use_drafts` (`enterprise`,`updated_at`);