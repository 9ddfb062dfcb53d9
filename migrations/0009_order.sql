-- Keeping order: what moderators do about people and channels, and what they are asked to look at.

-- The desk of a community's moderators is a document beside the community's own, under its id with one digit turned.
alter table document drop constraint document_kind_check;
alter table document add constraint document_kind_check check (kind in ('channel', 'dm', 'user', 'community', 'page', 'desk'));
insert into document (name, channel_id, kind, segment, opened_at)
select 'desk:' || id || '/1',
  overlay(id::text placing translate(substr(id::text, 15, 1), '0123456789abcdef', '89abcdef01234567') from 15 for 1)::uuid,
  'desk', 1, floor(extract(epoch from created_at) * 1000)
from community;
-- That of the whole platform.
insert into document (name, channel_id, kind, segment, opened_at)
values ('desk:00000000-0000-0000-0000-000000000000/1', '00000000-0000-8000-0000-000000000000', 'desk', 1, floor(extract(epoch from now()) * 1000));

-- Read by the gate, with the row locked: a mute must not be overtaken by what its person sends meanwhile.
alter table membership add column muted_until timestamptz;
alter table channel add column locked_at timestamptz;
alter table channel add column slow_seconds integer not null default 0 check (slow_seconds between 0 and 21600);

-- When somebody last said something in a slow channel.
create table spoken (
  channel_id uuid not null references channel on delete cascade,
  person_id uuid not null references person on delete cascade,
  received bigint not null, -- ms since 1970
  primary key (channel_id, person_id)
);

-- What was done about people, by whom and why. It ends by itself at its time, or when it is lifted.
create table measure (
  id uuid primary key,
  -- Null: by those who run the platform.
  community_id uuid references community on delete cascade,
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('warn', 'mute', 'kick', 'ban')),
  reason text not null check (length(reason) between 1 and 500),
  by_id uuid not null references person on delete cascade,
  at timestamptz not null,
  until timestamptz,
  lifted_at timestamptz,
  lifted_by uuid references person on delete set null,
  -- What they were and where they were let in, to be given back when a kick or a ban is undone.
  role text check (role in ('admin', 'moderator', 'member', 'guest')),
  channels uuid[] not null default '{}',
  check (kind = 'mute' and until is not null or kind <> 'mute')
);
create index measure_by_person on measure (person_id, community_id, at desc); -- a person's record; who is banned

-- What moderators have decided about cases. Those from their desk are projected, the others are made by the HTTP API.
create table settlement (
  desk uuid not null, -- the community's id, or the platform's
  case_key text not null,
  author uuid not null,
  id text collate "C" not null,
  outcome text not null check (outcome in ('dismissed', 'hidden', 'acted', 'reopened')),
  -- Reports received later are not answered by it.
  until bigint not null,
  received bigint not null,
  projected boolean not null,
  primary key (desk, case_key, author, id)
);

-- Projected from the homes of those who report or appeal: their last word about one thing.
create table report (
  reporter uuid not null,
  case_key text not null,
  desk uuid not null,
  about uuid not null, -- whose message or profile it is
  ground text,         -- null: an appeal
  note text not null,
  open boolean not null,
  at bigint not null,
  id text collate "C" not null,
  received bigint not null,
  primary key (reporter, case_key)
);
create index report_by_case on report (desk, case_key); -- the cases of a desk
create index report_about on report (desk, about); -- a person's record

-- What the server still has to say on desks and in homes; said once, since its id says what it says.
create table word_due (
  id text primary key,
  kind text not null check (kind in ('desk', 'user')),
  log uuid not null,
  entry jsonb not null,
  since timestamptz not null default now()
);
