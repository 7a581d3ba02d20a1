-- 原本の手入れ. The second copy of an object: that it was written, read back, and under which of the body's keys.
create table object_copy (
    tenant_id  uuid        not null default current_tenant(),
    sha256     char(64)    not null,
    key_number int         not null check (key_number > 0),
    copied_at  timestamptz not null,
    primary key (tenant_id, sha256),
    foreign key (tenant_id, sha256) references vault_object (tenant_id, sha256)
);
alter table object_copy enable row level security;
alter table object_copy force row level security;
create policy own_tenant on object_copy
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on object_copy to musubi_app;

-- What was found missing or damaged, where, and when it was whole again. Nobody deletes.
create table object_finding (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null,
    sha256      char(64)    not null,
    store       text        not null check (store in ('FIRST', 'SECOND')),
    condition   text        not null check (condition in ('MISSING', 'DAMAGED')),
    found_by    text        not null check (found_by in ('READ', 'SCRUB', 'COPY')),
    found_at    timestamptz not null,
    -- When the body's record was told.
    told_at     timestamptz,
    repaired_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, sha256) references vault_object (tenant_id, sha256)
);
-- One trouble is told once, however often somebody meets it.
create unique index object_finding_open on object_finding (tenant_id, sha256, store) where repaired_at is null;
alter table object_finding enable row level security;
alter table object_finding force row level security;
create policy own_tenant on object_finding
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on object_finding to musubi_app;
grant update (told_at, repaired_at) on object_finding to musubi_app;

-- 点検. The newest round through all objects of the body, and where it is.
create table object_round (
    tenant_id  uuid        not null default current_tenant() references body (id),
    began_at   timestamptz not null,
    ended_at   timestamptz,
    -- The last object that was looked at, in the order of digests.
    reached    text        not null,
    objects    bigint      not null check (objects >= 0),
    bytes      bigint      not null check (bytes >= 0),
    primary key (tenant_id)
);
alter table object_round enable row level security;
alter table object_round force row level security;
create policy own_tenant on object_round
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on object_round to musubi_app;
