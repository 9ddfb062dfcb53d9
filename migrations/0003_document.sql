-- Documents: the journal of accepted updates is the document; everything else here serves it.

-- One row per document: the lock, and the newest version.
create table document (
  name text primary key,
  channel_id uuid not null,           -- of a community document: the community's id
  kind text not null check (kind in ('channel', 'dm', 'user', 'community')),
  segment integer not null,
  version bigint not null default 0,
  -- Where the channel goes on, once this segment is closed.
  closed integer,
  opened_at bigint not null,          -- ms since 1970
  -- Something was erased at this version and is still in the journal or the snapshot.
  erase_due bigint,
  created_at timestamptz not null default now(),
  unique (channel_id, segment)
);
create index document_erase_due on document (erase_due) where erase_due is not null; -- the sweeper

create table journal (
  document text not null references document on delete cascade,
  version bigint not null,
  update bytea not null,
  author uuid,                        -- null: the server
  received bigint not null,           -- ms since 1970
  primary key (document, version)
);

create table snapshot (
  document text primary key references document on delete cascade,
  version bigint not null,
  state bytea not null
);

-- Whose clientID: bound by its first write, for ever. Null member: the server's own log.
create table client (
  document text not null references document on delete cascade,
  client_id bigint not null,
  member uuid,
  bound_at timestamptz not null default now(),
  primary key (document, client_id)
);

-- Every entry that was ever accepted. Erased ones stay, without a digest, so that an id never returns.
create table entry_key (
  channel uuid not null,
  author text not null,               -- a member's id, or sys
  id text not null,
  kind text not null,
  at bigint not null,
  digest bytea,                       -- keyed hash of the value
  state_key text,                     -- of a state entry: what it is the state of
  of_author text,
  of_id text,
  document text not null,
  client_id bigint,                   -- null where nothing of it was ever stored
  clock bigint,
  version bigint not null,
  received bigint not null,
  state text not null default 'present' check (state in ('present', 'erased')),
  primary key (channel, author, id)
);
create index entry_key_by_target on entry_key (channel, of_author, of_id) where of_id is not null; -- the edits of what is retracted
create index entry_key_by_state on entry_key (channel, author, state_key) where state_key is not null and state = 'present'; -- the older of two state entries
create index entry_key_by_document on entry_key (document, version); -- what a lagging projection must forget
