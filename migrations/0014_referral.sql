-- What is said about somebody whom nobody of the community may judge is looked at by those who run the platform. Once
-- for ever: whoever owns the community next does not find it on their desk.
create table referral (
  case_key text primary key,
  community_id uuid not null references community on delete cascade
);
