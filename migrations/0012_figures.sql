-- Figures: what reports count, kept beside the other projections and emptied and rebuilt with them.

-- When the reaction that stands was given.
alter table reaction add column at bigint not null default 0; -- ms since 1970
-- What somebody did in a quarter of an hour. Not by channel first: what else is looked up in a channel would be looked for here.
create index reaction_by_member on reaction (member, channel, at);
create index message_by_author on message (author, channel, at);
create index message_by_answered on message (channel, re_author, re_id) where re_id is not null; -- what a message was answered with

-- What somebody did in a channel in a quarter of an hour, by when they did it. Days of every zone are made of these.
create table activity (
  channel uuid not null,
  person uuid not null,
  slot bigint not null,               -- quarters of an hour since 1970
  messages integer not null,          -- those that answer another included
  replies integer not null,
  reactions integer not null,
  primary key (channel, person, slot)
);
create index activity_by_slot on activity (slot, channel); -- reports of a range

-- The same by whole days of UTC: most of what a long report covers is made of these.
create table activity_day (
  channel uuid not null,
  person uuid not null,
  day bigint not null,                -- days since 1970
  messages integer not null,
  replies integer not null,
  reactions integer not null,
  primary key (channel, person, day)
);
create index activity_day_by_day on activity_day (day, channel); -- reports of a range

-- What a message called forth, where it did.
create table resonance (
  channel uuid not null,
  author uuid not null,
  id text collate "C" not null,
  at bigint not null,                 -- of the message, ms since 1970
  replies integer not null,
  reactions integer not null,
  first_reply bigint,                 -- ms until somebody else answered
  primary key (channel, author, id)
);
create index resonance_by_time on resonance (at, channel); -- reports of a range

-- What moderators did, each act as it was written.
create table moderation_act (
  channel uuid not null,
  author text collate "C" not null,   -- a member's id, as in the entry
  id text collate "C" not null,
  kind text not null check (kind in ('hide', 'restore')),
  at bigint not null,
  of_author uuid not null,
  of_id text collate "C" not null,
  primary key (channel, author, id),
  foreign key (channel, author, id) references entry on delete cascade
);
create index moderation_act_by_time on moderation_act (at, channel); -- reports of a range

-- Who came and went, without their names: the one table here that cannot be rebuilt. A trigger fills it, so that no way
-- in or out of a community can be forgotten.
create table membership_step (
  community_id uuid not null references community on delete cascade,
  at timestamptz not null,
  step smallint not null check (step in (1, -1))
);
create index membership_step_in_order on membership_step (community_id, at); -- growth of a community
create index membership_step_by_time on membership_step (at); -- growth of the platform

create function note_membership_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into membership_step values (new.community_id, new.joined_at, 1);
  else
    -- A community that is deleted takes its memberships with it, and nobody counts them any more.
    insert into membership_step select id, now(), -1 from community where id = old.community_id;
  end if;
  return null;
end $$;
create trigger membership_step after insert or delete on membership
  for each row execute function note_membership_step();

-- Of those who left before today nothing is known.
insert into membership_step select community_id, joined_at, 1 from membership;
