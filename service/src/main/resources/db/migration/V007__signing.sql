-- 署名の場. The mailed link of a person without an account: secrets only as hashes.
create table link (
    tenant_id     uuid        not null default current_tenant(),
    id            uuid        not null,
    contract_id   uuid        not null,
    party_id      uuid        not null,
    secret_hash   char(64)    not null,
    -- Argon2id of the access code (LAW-3), empty for L1.
    code_hash     text,
    tries_left    int         not null default 5 check (tries_left between 0 and 5),
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    revoked_at    timestamptz,
    accessed_at   timestamptz,
    read_to_end_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id)
);
create index link_of_party on link (tenant_id, party_id, created_at desc);
alter table link enable row level security;
alter table link force row level security;
create policy own_tenant on link
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on link to musubi_app;
