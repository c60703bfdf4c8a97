-- Whose papers wait for their receipt, found without looking at all the others.
CREATE INDEX arrival_unanswered ON arrival (organization) WHERE answered = 0;
