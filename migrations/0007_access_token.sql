-- What opens a person's documents for a program of theirs, in place of a session's cookie.
create table access_token (
  id text primary key, -- SHA-256 of the token: a copy of this table opens nothing
  person_id uuid not null references person on delete cascade,
  -- Public handle, to list and revoke a token by.
  handle uuid not null unique,
  name text not null check (length(name) between 1 and 64),
  -- The history of the database that the token was made in. In another one it opens nothing: what its program holds
  -- may be unknown there, and nobody would repair it.
  incarnation text not null,
  expires_at timestamptz,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index access_token_by_person on access_token (person_id); -- one's tokens
