-- 所属グループ. What the body's provider says of somebody's groups gives rights for as long as it says so (A-11).

-- The name under which it tells them; empty: it is not asked for.
alter table sso_provider add column groups_claim text not null default '' check (length(groups_claim) <= 200);

create table sso_group (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    -- As the provider spells it.
    value      text        not null check (length(value) between 1 and 200),
    -- None that controls what others do, and none of the whole body.
    role       text        not null check (role in ('SECTION_ADMIN', 'CLERK', 'VIEWER')),
    -- This section and all below it; null for the whole body.
    section_id uuid,
    added_at   timestamptz not null,
    primary key (tenant_id, id),
    unique nulls not distinct (tenant_id, value, role, section_id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    check (role <> 'SECTION_ADMIN' or section_id is not null)
);
alter table sso_group enable row level security;
alter table sso_group force row level security;
create policy own_tenant on sso_group
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, delete on sso_group to musubi_app;

-- Came by a group and goes with it; what people gave stays until people end it.
alter table role_grant add column by_group boolean not null default false;
