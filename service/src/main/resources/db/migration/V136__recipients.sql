-- 受取人. Somebody who signs nothing and is given the concluded document: whom a notice is for, or who keeps a copy.
create table recipient (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null,
    contract_id  uuid        not null,
    organisation text        not null check (length(organisation) <= 400),
    name         text        not null check (length(name) between 1 and 400),
    mail         text        not null check (length(mail) between 3 and 254),
    added_at     timestamptz not null,
    removed_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
create index recipient_of_contract on recipient (tenant_id, contract_id, added_at);
-- One letter to one address, however often the button is pressed.
create unique index recipient_once on recipient (tenant_id, contract_id, lower(mail)) where removed_at is null;

-- The way in, mailed to the recipient and to nobody else; of its secret only the digest.
create table recipient_link (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null,
    recipient_id uuid        not null,
    secret_hash  char(64)    not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, recipient_id) references recipient (tenant_id, id)
);
create index recipient_link_of on recipient_link (tenant_id, recipient_id, created_at);

-- 受領: the first time the recipient pressed the button. Written once and never changed.
create table receipt (
    tenant_id    uuid        not null default current_tenant(),
    recipient_id uuid        not null,
    received_at  timestamptz not null,
    document_sha256 char(64) not null,
    client_ip    text        not null,
    user_agent   text        not null,
    primary key (tenant_id, recipient_id),
    foreign key (tenant_id, recipient_id) references recipient (tenant_id, id)
);

alter table recipient enable row level security;
alter table recipient force row level security;
create policy own_tenant on recipient
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update (removed_at) on recipient to musubi_app;

alter table recipient_link enable row level security;
alter table recipient_link force row level security;
create policy own_tenant on recipient_link
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update (revoked_at) on recipient_link to musubi_app;

alter table receipt enable row level security;
alter table receipt force row level security;
create policy own_tenant on receipt
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on receipt to musubi_app;
