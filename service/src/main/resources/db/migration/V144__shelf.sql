-- 契約の控え (P-12). Which concluded contracts lie on whose shelf, and what a holder has registered. ADR 0077.

-- Whose shelf the running code works for: the digest of a mail address. As current_tenant(), local to a transaction.
create function current_holder() returns text
    language sql stable parallel safe
    return nullif(current_setting('app.holder', true), '');

-- One row for each counterparty that signed. Derived: it names nothing that the contract does not.
create table shelf_entry (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    contract_id    uuid        not null,
    party_id       uuid        not null,
    -- SHA-256 of the mail address in small letters, as of the party that signed.
    address_digest char(64)    not null check (address_digest ~ '^[0-9a-f]{64}$'),
    number         text        not null,
    title          text        not null,
    amount         bigint,
    contract_date  date,
    concluded_at   timestamptz not null,
    -- As long as the party's own link.
    readable_until timestamptz not null,
    -- Whether the party had to show more than its mailbox.
    asks_more      boolean     not null,
    -- The body's choice, for all of its rows at once.
    shown          boolean     not null default true,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id)
);
create unique index shelf_entry_once on shelf_entry (tenant_id, party_id);
create index shelf_entry_of_contract on shelf_entry (tenant_id, contract_id);
create index shelf_entry_of_holder on shelf_entry (address_digest, concluded_at desc, id);

-- A body's choice. Without a row its contracts are on shelves.
create table shelf_rules (
    tenant_id  uuid        not null default current_tenant() references body (id),
    shown      boolean     not null,
    changed_at timestamptz not null,
    primary key (tenant_id)
);

-- What follows lies with the operators: a holder belongs to no body.

-- When somebody asked for a letter, to count how often.
create table shelf_inquiry (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    client_net text        not null,
    asked_at   timestamptz not null,
    primary key (tenant_id, id)
);
create index shelf_inquiry_by_net on shelf_inquiry (tenant_id, client_net, asked_at);
create index shelf_inquiry_by_time on shelf_inquiry (tenant_id, asked_at);

-- A mailed way in, also for an address without contracts, whose row nobody ever learns of: both are counted alike.
create table shelf_link (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    address_digest char(64)    not null check (address_digest ~ '^[0-9a-f]{64}$'),
    secret_hash    char(64)    not null check (secret_hash ~ '^[0-9a-f]{64}$'),
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    used_at        timestamptz,
    primary key (tenant_id, id)
);
create index shelf_link_of_holder on shelf_link (tenant_id, address_digest, created_at);

-- 控えの登録: the authenticator app of whoever holds the shelf of an address. Its secret is encrypted with the operators' key.
create table shelf_holder (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    address_digest char(64)    not null check (address_digest ~ '^[0-9a-f]{64}$'),
    registered_at  timestamptz not null,
    expires_at     timestamptz not null,
    -- 1: contracts that asked for the mailbox alone; 2: those that asked for more, too.
    reach          int         not null check (reach in (1, 2)),
    secret         bytea       not null,
    -- The newest time step whose code was taken: no code opens twice.
    last_step      bigint      not null,
    primary key (tenant_id, id)
);
create unique index shelf_holder_once on shelf_holder (tenant_id, address_digest);

-- A browser that came by a link. Of its cookie only the digest.
create table shelf_session (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    address_digest char(64)    not null check (address_digest ~ '^[0-9a-f]{64}$'),
    token_hash     char(64)    not null check (token_hash ~ '^[0-9a-f]{64}$'),
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    tries          int         not null default 0 check (tries >= 0),
    -- How far the file reaches that was shown here to register.
    proven         int         check (proven in (1, 2)),
    -- The app that waits for its first code.
    secret         bytea,
    -- Whose app was shown; gone with the registration.
    holder_id      uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, holder_id) references shelf_holder (tenant_id, id) on delete cascade
);
create unique index shelf_session_by_token on shelf_session (tenant_id, token_hash);
create index shelf_session_of_holder on shelf_session (tenant_id, address_digest);

do $$
declare t text;
begin
  foreach t in array array['shelf_entry', 'shelf_rules', 'shelf_inquiry', 'shelf_link', 'shelf_holder', 'shelf_session'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
-- Beside the body's own: the holder sees what is theirs, of every body that wants it, and can change nothing.
create policy own_shelf on shelf_entry for select using (shown and address_digest = current_holder());

grant select, insert, update (shown), delete on shelf_entry to musubi_app;
grant select, insert, update on shelf_rules to musubi_app;
grant select, insert, delete on shelf_inquiry to musubi_app;
grant select, insert, update (used_at), delete on shelf_link to musubi_app;
grant select, insert, update (expires_at, reach, last_step), delete on shelf_holder to musubi_app;
grant select, insert, update (tries, proven, secret, holder_id), delete on shelf_session to musubi_app;

-- What was concluded before; the owner sees the rows of all bodies only while it is not bound itself. Addresses are entered
-- in ASCII (RFC 5321), so that small letters are the whole folding.
alter table contract no force row level security;
alter table party no force row level security;
alter table shelf_entry no force row level security;
insert into shelf_entry (tenant_id, id, contract_id, party_id, address_digest, number, title, amount, contract_date,
                         concluded_at, readable_until, asks_more)
select c.tenant_id, gen_random_uuid(), c.id, p.id,
       encode(sha256(convert_to(lower(p.mail), 'UTF8')), 'hex'),
       c.number, c.title, c.amount, c.contract_date, c.concluded_at,
       (date_trunc('day', c.concluded_at at time zone 'Asia/Tokyo' + make_interval(years => c.reading_years)) + interval '1 day')
           at time zone 'Asia/Tokyo',
       p.identification not in ('MAIL', 'MAIL_CODE')
  from contract c
  join party p on p.tenant_id = c.tenant_id and p.contract_id = c.id
 where c.state = 'CONCLUDED' and c.concluded_at is not null and p.kind = 'COUNTERPARTY' and p.mail is not null;
alter table shelf_entry force row level security;
alter table party force row level security;
alter table contract force row level security;
