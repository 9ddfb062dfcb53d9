-- Projections: what documents say, as tables to search and count in. They can be emptied and rebuilt at any time.

-- How far a projection has read a document.
create table checkpoint (
  projection text not null,           -- its name and version
  document text not null,
  version bigint not null,
  primary key (projection, document)
);

-- Every entry of a channel or conversation that is there and alive, as it was written.
create table entry (
  channel uuid not null,
  author text collate "C" not null,   -- a member's id, or sys
  id text collate "C" not null,
  segment integer not null,
  value jsonb not null,
  document text not null,
  client_id bigint not null,
  clock bigint not null,
  primary key (channel, author, id)
);
create index entry_by_place on entry (document, client_id, clock); -- what a deletion names

-- What an entry is about: what is said about a message may be projected before the message itself.
create table entry_about (
  channel uuid not null,
  of_author text collate "C" not null,
  of_id text collate "C" not null,
  author text collate "C" not null,
  id text collate "C" not null,
  primary key (channel, of_author, of_id, author, id),
  foreign key (channel, author, id) references entry on delete cascade
);
create index entry_about_by_entry on entry_about (channel, author, id); -- the cascade

-- Messages as people see them: the fold of the entries above.
create table message (
  channel uuid not null,
  author uuid not null,
  id text collate "C" not null,
  segment integer not null,
  kind text not null check (kind in ('message', 'removed')),
  at bigint not null,
  position bigint not null,
  body text not null,
  re_author uuid,
  re_id text collate "C",
  mentions uuid[] not null,
  edited bigint,
  hidden_by uuid,
  hidden_reason text,
  received bigint,
  -- What it can be found by: the words of its body, its author and its channel. Null where it must not be found.
  terms tsvector,
  primary key (channel, author, id)
);
create index message_in_channel on message (channel, position desc, at desc, author desc, id desc) where terms is not null; -- search in one channel; what is unread
create index message_in_order on message (position desc, at desc, author desc, id desc) where terms is not null; -- search among the newest
-- Every search reads the list of what is not yet sorted into this index: a short one costs it less.
create index message_by_terms on message using gin (terms) with (gin_pending_list_limit = 256); -- search for what is rare

create table reaction (
  channel uuid not null,
  of_author uuid not null,
  of_id text collate "C" not null,
  key text not null,
  member uuid not null,
  primary key (channel, of_author, of_id, key, member)
);

-- Who is mentioned where, to count what is unread of it.
create table mention (
  member uuid not null,
  channel uuid not null,
  author uuid not null,
  id text collate "C" not null,
  position bigint not null,
  primary key (channel, author, id, member)
);
create index mention_of on mention (member, channel, position); -- unread mentions

-- How far somebody has read a channel; the last word by (at, id) stands.
create table marker (
  person uuid not null,
  channel uuid not null,
  read bigint not null,
  at bigint not null,
  id text collate "C" not null,
  primary key (person, channel)
);

-- Who may read which channel or conversation, and since when: the rule "document.read" of the permission table, for queries.
create view readable_channel as
select m.person_id as person, c.id as channel, m.joined_at as since
from membership m join channel c on c.community_id = m.community_id
where not c.private
union all
select p.person_id, c.id, p.joined_at
from participant p join channel c on c.id = p.channel_id
where c.community_id is null
  or (c.private and exists (select from membership m where m.community_id = c.community_id and m.person_id = p.person_id));
