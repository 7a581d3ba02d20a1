-- 監査記録の保存期間. For how many years from its day an entry of the record is kept at the least; a body without a row
-- has ours. Nothing erases an entry afterwards either: no grant, no function and no job does.
create table record_keeping (
    tenant_id  uuid        not null default current_tenant() references body (id) primary key,
    years      int         not null check (years between 5 and 100),
    changed_at timestamptz not null
);
alter table record_keeping enable row level security;
alter table record_keeping force row level security;
create policy own_tenant on record_keeping
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on record_keeping to musubi_app;
