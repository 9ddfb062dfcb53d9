-- What a change of authority still owes the documents, so that a crash after its commit loses nothing.

-- Documents whose mirror of the tables is stale. The stamp tells a later change from the one that is being mirrored.
create table mirror_due (
  document text primary key,          -- community:<id> or user:<person>, without a segment
  stamp bigint not null default 1,
  since timestamptz not null default now()
);

-- What the server has to say in a log: somebody came or left, a channel was archived.
create table notice_due (
  id text primary key,                -- the id of the entry, so that saying it twice says it once
  kind text not null check (kind in ('channel', 'dm')),
  channel_id uuid not null references channel on delete cascade,
  entry jsonb not null,
  since timestamptz not null default now()
);

-- There is one owner, who can hand the community over and not leave it.
create unique index membership_owner on membership (community_id) where role = 'owner';

-- An operator may also make a link that signs a person in.
alter table one_time_link drop constraint one_time_link_purpose_check;
alter table one_time_link add constraint one_time_link_purpose_check check (purpose in ('first-admin', 'reset', 'sign-in'));
create index one_time_link_by_person on one_time_link (person_id); -- a newer link voids the older
