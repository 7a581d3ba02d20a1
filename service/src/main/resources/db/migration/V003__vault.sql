-- 原本保管. What lies in the object store. Content-addressed, hence never changed; nobody deletes.
create table vault_object (
    tenant_id  uuid        not null default current_tenant() references body (id),
    sha256     char(64)    not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes      bigint      not null check (bytes > 0),
    media_type text        not null,
    stored_at  timestamptz not null,
    primary key (tenant_id, sha256)
);
alter table vault_object enable row level security;
alter table vault_object force row level security;
create policy own_tenant on vault_object
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on vault_object to musubi_app;
