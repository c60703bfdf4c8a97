-- The next letter, the letters of an hour and those that wait, found without looking at all the
-- others: a letter is some kilobytes, and twenty thousand may be in the queue.
CREATE INDEX outbox_in_turn ON outbox (state, id, next_at, recipient);
CREATE INDEX outbox_of_recipient ON outbox (recipient, state, next_at);
CREATE INDEX outbox_of_hour ON outbox (organization, sent_at);
CREATE INDEX outbox_standing ON outbox (state, created_at, organization);
