-- How large a segment has become, so that whoever holds its row knows whether the log should go on in another one.

alter table document
  add entries integer not null default 0,
  -- Of its journal; of its snapshot, once that takes the journal's place.
  add bytes bigint not null default 0,
  add clients integer not null default 0;

update document d set
  entries = (select count(*) from entry_key k where k.document = d.name),
  clients = (select count(*) from client c where c.document = d.name),
  bytes = coalesce((select octet_length(s.state) from snapshot s where s.document = d.name), 0)
    + coalesce((select sum(octet_length(j.update)) from journal j where j.document = d.name), 0);
