-- Every act of authority, as it was done. Rows are added and never changed: verified by `npm run audit -- verify`.

create table audit_act (
  id bigint generated always as identity primary key,
  at bigint not null,                 -- ms since 1970
  actor uuid,                         -- null: the server, or whoever operates it
  act text collate "C" not null,
  target_kind text not null,
  target_id text collate "C" not null,
  target_name text,                   -- what a thing was called then; people are named by whoever shows them
  community uuid,
  details jsonb not null default '{}'
);
create index audit_by_actor on audit_act (actor, id); -- what somebody did
create index audit_by_act on audit_act (act, id); -- every act of a kind
create index audit_by_target on audit_act (target_id, id); -- what was done to somebody or something
create index audit_by_community on audit_act (community, id); -- what was done in a community
create index audit_by_time on audit_act (at); -- a range of time

-- The chain: each link's hash is over the one before and over its act, keyed with a secret that is not in the database.
create table audit_link (
  position bigint primary key,        -- 1, 2, 3 … without a gap
  act bigint not null unique,
  hash bytea not null
);

-- Acts that are not in the chain yet. Whoever commits an act does not wait for its turn there.
create table audit_waiting (
  act bigint primary key
);

create function audit_stands() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only added to';
end $$;

create trigger audit_act_stands before update or delete on audit_act for each row execute function audit_stands();
create trigger audit_act_whole before truncate on audit_act for each statement execute function audit_stands();
create trigger audit_link_stands before update or delete on audit_link for each row execute function audit_stands();
create trigger audit_link_whole before truncate on audit_link for each statement execute function audit_stands();
