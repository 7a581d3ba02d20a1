-- 契約情報の初期値. What stands in a new contract's form at first, as the body's own rules of retention have it; a body
-- without a row has ours.
create table first_terms (
    tenant_id     uuid        not null default current_tenant() references body (id) primary key,
    answer_days   int         not null check (answer_days between 1 and 365),
    reading_years int         not null check (reading_years between 1 and 100),
    changed_at    timestamptz not null
);
alter table first_terms enable row level security;
alter table first_terms force row level security;
create policy own_tenant on first_terms
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on first_terms to musubi_app;
