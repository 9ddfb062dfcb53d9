-- A clientID under which the server writes in a member's log: nobody else may go on with it, since the server will.
alter table client add column pen boolean not null default false;
