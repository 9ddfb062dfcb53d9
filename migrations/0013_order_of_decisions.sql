-- When a decision was made, and not when it arrived, says which of two is the later one: what was decided offline does
-- not overrule what others have decided since.
alter table settlement add column at bigint; -- ms since 1970, never after the receipt
update settlement set at = received;
alter table settlement alter column at set not null;
