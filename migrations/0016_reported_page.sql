-- Whom a report of a page concerns: who had written there last when it was reported. It is kept, not projected: others
-- write there afterwards, and whoever deletes a page deletes its history, but neither may give a case to other people.
create table reported_page (
  page_id uuid not null references page on delete cascade,
  reporter uuid not null references person on delete cascade,
  about uuid not null references person on delete cascade,
  -- The report that says so: of several by one person the last.
  at bigint not null, -- ms since 1970
  id text collate "C" not null,
  primary key (page_id, reporter)
);
