-- 対応付け (0079). How a body's other systems write their lists, and what of ours each column is.
create table mapping (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    name       text        not null check (length(name) between 1 and 200),
    target     text        not null check (target in ('AWARD', 'SUPPLIERS')),
    encoding   text        not null check (encoding in ('FOUND_OUT', 'UTF_8', 'CP932')),
    separator  text        not null check (separator in ('COMMA', 'TAB')),
    -- Lines before the heading.
    skipped    int         not null check (skipped between 0 and 100),
    headed     boolean     not null,
    -- For each thing of ours the columns of theirs and how they are read, as JSON.
    rules      text        not null,
    version    int         not null default 0,
    changed_at timestamptz not null,
    ended_at   timestamptz,
    primary key (tenant_id, id)
);
create unique index one_mapping_of_a_name on mapping (tenant_id, name) where ended_at is null;
alter table mapping enable row level security;
alter table mapping force row level security;
create policy own_tenant on mapping using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on mapping to musubi_app;

-- 業者番号. By which the body's tender system knows a supplier; not unique, a person decides which is meant.
alter table supplier
    add column code text not null default '' check (length(code) <= 200);
create index supplier_by_code on supplier (tenant_id, code) where code <> '';

-- 調達案件番号 of the line, as the tender system calls it: by it an award that comes a second time is noticed.
alter table bulk_row
    add column case_number text check (length(case_number) between 1 and 1000);
create index bulk_row_by_case on bulk_row (tenant_id, case_number) where case_number is not null;
