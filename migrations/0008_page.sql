-- Pages: pinned posts, guidelines and wiki pages of a community or of one of its channels. What stands in them are documents.

create table page (
  id uuid primary key,
  community_id uuid not null references community on delete cascade,
  -- Null where it belongs to the community as a whole.
  channel_id uuid references channel on delete cascade,
  -- Empty once it was deleted: then only the id is known, so that it never comes back.
  title text not null check (length(title) <= 120),
  -- What it can be found by, beside what it says.
  title_terms tsvector not null default '',
  kind text not null check (kind in ('post', 'guidelines', 'wiki')),
  pinned boolean not null default false,
  -- Its place among the pages of the same channel, or of the community.
  position integer not null default 0,
  created_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index page_by_community on page (community_id, position) where deleted_at is null; -- the directory of a community
create index page_by_channel on page (channel_id) where channel_id is not null; -- what is archived with a channel

alter table document drop constraint document_kind_check;
alter table document add constraint document_kind_check check (kind in ('channel', 'dm', 'user', 'community', 'page'));

-- What a page said at some time, for its history. It is kept, not projected: the journal forgets.
create table page_version (
  page_id uuid not null references page on delete cascade,
  version bigint not null,            -- of the document
  content jsonb not null,
  authors uuid[] not null,            -- who wrote since the version before
  began bigint not null,              -- ms since 1970: when the first of these edits arrived
  at bigint not null,                 -- and the last
  -- It stays as it is; else edits that follow soon are added to it.
  kept boolean not null default false,
  primary key (page_id, version)
);

-- Projection: what a page can be found by.
create table page_text (
  page_id uuid primary key references page on delete cascade,
  body text not null,
  terms tsvector not null
);
create index page_text_by_terms on page_text using gin (terms); -- search

-- Who may read which page: the rule "document.read" of the permission table, for queries.
create view readable_page as
select m.person_id as person, p.id as page
from membership m join page p on p.community_id = m.community_id left join channel c on c.id = p.channel_id
where p.deleted_at is null
  and (c.id is null or not c.private
    or exists (select from participant i where i.channel_id = c.id and i.person_id = m.person_id));
