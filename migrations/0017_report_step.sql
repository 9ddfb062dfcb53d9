-- Every word of a report that stood: `report` keeps the last one alone, and documents erase what it replaces. Whoever
-- reports the same again after it was decided would take the first report, and how long it waited, out of the figures.
-- Nothing of what was said: only that it was said, and when. A trigger fills it, and rebuilding `report` does not empty it.
create table report_step (
  reporter uuid not null,
  case_key text not null,
  id text collate "C" not null,
  open boolean not null,  -- false: it was taken back
  received bigint not null, -- ms since 1970
  primary key (case_key, reporter, id)
);

create function note_report_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from report_step where case_key = old.case_key and reporter = old.reporter;
  else
    insert into report_step values (new.reporter, new.case_key, new.id, new.open, new.received) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger report_step after insert or update or delete on report
  for each row execute function note_report_step();

insert into report_step select reporter, case_key, id, open, received from report;
