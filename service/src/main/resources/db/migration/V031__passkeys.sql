-- パスキー (W3C Web Authentication). Only the public half lies here: a copy of the table signs nothing in.
create table staff_passkey (
    tenant_id       uuid        not null default current_tenant() references body (id),
    credential_id   bytea       not null check (length(credential_id) between 16 and 1023),
    staff_id        uuid        not null,
    label           text        not null check (length(label) between 1 and 50),
    public_key      bytea       not null,
    attestation     bytea       not null,
    signature_count bigint      not null,
    transports      text[]      not null,
    backup_eligible boolean     not null,
    backup_state    boolean     not null,
    created_at      timestamptz not null,
    used_at         timestamptz,
    primary key (tenant_id, credential_id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_passkey_owner on staff_passkey (tenant_id, staff_id);
alter table staff_passkey enable row level security;
alter table staff_passkey force row level security;
create policy own_tenant on staff_passkey
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on staff_passkey to musubi_app;
