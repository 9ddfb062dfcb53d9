-- Authority: who belongs where, and as what. Decides at the gate; documents only mirror it.

create table community (
  id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  description text not null default '' check (length(description) <= 2000),
  rules text not null default '' check (length(rules) <= 8000),
  hue smallint not null default 158 check (hue between 0 and 359),
  access text not null check (access in ('open', 'invitation')),
  archived_at timestamptz,
  created_at timestamptz not null default now()
);

create table membership (
  community_id uuid not null references community on delete cascade,
  person_id uuid not null references person on delete cascade,
  role text not null check (role in ('owner', 'admin', 'moderator', 'member', 'guest')),
  joined_at timestamptz not null default now(),
  primary key (community_id, person_id)
);
create index membership_by_person on membership (person_id); -- one's communities

-- Everything with a log of entries that is not a home: channels of communities, and conversations.
create table channel (
  id uuid primary key,
  kind text not null check (kind in ('chat', 'broadcast', 'direct', 'group', 'saved')),
  -- Null for conversations.
  community_id uuid references community on delete cascade,
  name text not null default '' check (length(name) <= 80),
  topic text not null default '' check (length(topic) <= 500),
  private boolean not null default false,
  position integer not null default 0,
  -- Of a direct conversation: both ids in order; of saved messages: the one. There is only one of each.
  pair text unique,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  check ((community_id is null) = (kind in ('direct', 'group', 'saved')))
);
create index channel_by_community on channel (community_id, position); -- the directory of a community
create unique index channel_name on channel (community_id, lower(name)) where community_id is not null and archived_at is null;

-- Who was let into a private channel, and who takes part in a conversation.
create table participant (
  channel_id uuid not null references channel on delete cascade,
  person_id uuid not null references person on delete cascade,
  joined_at timestamptz not null default now(),
  primary key (channel_id, person_id)
);
create index participant_by_person on participant (person_id); -- one's conversations

create table invitation (
  id uuid primary key,
  -- SHA-256 of the token in the link.
  token_hash text not null unique,
  community_id uuid not null references community on delete cascade,
  created_by uuid not null references person on delete cascade,
  role text not null default 'member' check (role in ('member', 'guest')),
  uses_left integer check (uses_left >= 0),
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index invitation_by_community on invitation (community_id); -- a community's invitations
