-- People, how they sign in, and where they are signed in.

create table person (
  id uuid primary key,
  -- What one signs in with. Null for an unclaimed identity that an import brought along.
  login text unique check (login = lower(login) and length(login) between 2 and 64),
  name text not null check (length(name) between 1 and 64),
  platform_admin boolean not null default false,
  disabled_at timestamptz,
  -- Where an unclaimed identity comes from, so that importing twice makes it once.
  origin text unique,
  created_at timestamptz not null default now()
);

create table password (
  person_id uuid primary key references person on delete cascade,
  hash text not null,
  changed_at timestamptz not null default now()
);

-- The id is the SHA-256 of the token in the cookie: a copy of this table opens nobody's session.
create table session (
  id text primary key,
  person_id uuid not null references person on delete cascade,
  -- Public handle, to list and end a session by.
  handle uuid not null unique,
  device text not null default '',
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_by_person on session (person_id); -- one's sessions

-- One-time links: to become the first admin, or to choose a new password.
create table one_time_link (
  id text primary key, -- SHA-256 of the token in the link
  purpose text not null check (purpose in ('first-admin', 'reset')),
  person_id uuid references person on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
