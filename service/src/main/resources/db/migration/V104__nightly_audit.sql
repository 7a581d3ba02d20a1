-- 毎晩の監査. What the auditor found, run by run; rows of the operators' own body, which nobody changes afterwards.
create table nightly_audit (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    extent     text        not null check (extent in ('WHOLE', 'CHANGED')),
    started_at timestamptz not null,
    ended_at   timestamptz not null check (ended_at >= started_at),
    bodies     integer     not null check (bodies >= 0),
    contracts  integer     not null check (contracts >= 0),
    objects    integer     not null check (objects >= 0),
    -- Every violation, also those that are too many to be written down one by one.
    violations integer     not null check (violations >= 0),
    findings   jsonb       not null check (jsonb_typeof(findings) = 'array'),
    primary key (tenant_id, id)
);
create index nightly_audit_newest on nightly_audit (tenant_id, started_at desc);

alter table nightly_audit enable row level security;
alter table nightly_audit force row level security;
create policy own_tenant on nightly_audit
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on nightly_audit to musubi_app;
