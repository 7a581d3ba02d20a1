-- 団体の鍵. One row for each key a body has had; the newest encrypts, every one decrypts. Wrapped by the master
-- key, which lies outside of the database.
create table body_key (
    tenant_id  uuid        not null default current_tenant() references body (id),
    number     int         not null check (number > 0),
    wrapped    bytea       not null,
    master_id  text        not null,
    created_at timestamptz not null,
    primary key (tenant_id, number)
);

-- 認証アプリ (RFC 6238). The secret is encrypted with the body's key. last_step is the newest time step whose code
-- was taken: no code opens twice.
create table staff_totp (
    tenant_id    uuid        not null default current_tenant() references body (id),
    staff_id     uuid        not null,
    secret       bytea       not null,
    confirmed_at timestamptz,
    last_step    bigint      not null default 0,
    primary key (tenant_id, staff_id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);

-- 回復コード. Eighty random bits each, so that the digest alone gives nothing away.
create table staff_recovery_code (
    tenant_id  uuid        not null default current_tenant() references body (id),
    staff_id   uuid        not null,
    hash       char(64)    not null,
    created_at timestamptz not null,
    used_at    timestamptz,
    primary key (tenant_id, staff_id, hash),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['body_key', 'staff_totp', 'staff_recovery_code'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert on body_key to musubi_app;
grant select, insert, update, delete on staff_totp, staff_recovery_code to musubi_app;
