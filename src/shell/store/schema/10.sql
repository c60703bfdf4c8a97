-- A letter that waits for its hour: when it may leave, and whether it waits for the slot of a
-- day with others. And a due day that was sent for a calendar: whether it was taken away.
ALTER TABLE outbox ADD COLUMN leaves_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN in_slot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN taken_away INTEGER NOT NULL DEFAULT 0;
