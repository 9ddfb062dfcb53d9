-- What those who run an installation decide for all of it, and how it does.

-- Only what differs from what is usual.
create table setting (
  name text primary key,
  value jsonb not null
);

-- A community that is to be deleted is archived until then. Not, where it was before: so that keeping it opens it again.
alter table community add column delete_at timestamptz;
alter table community add column closed_for_deletion boolean not null default false;
create index community_delete_at on community (delete_at) where delete_at is not null; -- the worker that deletes them

-- The processes that run, as they last said of themselves. Worth nothing after a crash of the database.
create unlogged table process (
  id uuid primary key,
  role text not null check (role in ('web', 'worker')),
  host text not null,
  pid integer not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  memory bigint not null,             -- bytes
  sockets integer not null,
  people integer not null
);
