-- 契約台帳. What a body notes of a contract beside what the parties agreed to. A contract without a row has nothing noted.

-- 任意項目: what the body's administrator adds for all its contracts. Its kind stays, since values were read by it.
create table register_item (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    place      int         not null,
    name       text        not null check (length(name) between 1 and 400),
    kind       text        not null check (kind in ('TEXT', 'NUMBER', 'DATE', 'CHOICE')),
    mandatory  boolean     not null,
    -- Whether lists of contracts show it.
    listed     boolean     not null,
    choices    text[]      not null default '{}',
    -- From then on nobody is asked; what was entered stays.
    retired_at timestamptz,
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    check ((kind = 'CHOICE') = (cardinality(choices) > 0))
);
-- Two of one name could not be told apart, and a form sent twice makes one.
create unique index register_item_by_name on register_item (tenant_id, fold(name)) where retired_at is null;

create table register_entry (
    tenant_id       uuid        not null default current_tenant(),
    contract_id     uuid        not null,
    version         int         not null,
    -- 総価, 単価, 概算.
    pricing         text        check (pricing in ('TOTAL', 'UNIT_PRICE', 'ESTIMATE')),
    -- 長期継続契約 (地方自治法 234条の3), 債務負担行為 (214条), 予算の減額・削除による解除の条項.
    long_term       boolean     not null,
    debt_burden     boolean     not null,
    budget_clause   boolean     not null,
    -- 年度, where it is not that of 契約日.
    fiscal_year     int         check (fiscal_year between 1873 and 9999),
    -- 決裁番号 of a body's own document system; where an approval names one, that one counts.
    decision_number text        not null check (length(decision_number) <= 400),
    -- 保存年限.
    keeping_years   int         check (keeping_years between 1 and 100),
    keeping_forever boolean     not null,
    changed_at      timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    check (not keeping_forever or keeping_years is null)
);

create table register_value (
    tenant_id   uuid    not null default current_tenant(),
    contract_id uuid    not null,
    item_id     uuid    not null,
    text        text    not null check (length(text) between 1 and 2000),
    folded      text    not null generated always as (fold(text)) stored,
    -- The same as a number or a day, where its kind is one.
    number      numeric,
    day         date,
    primary key (tenant_id, contract_id, item_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, item_id) references register_item (tenant_id, id)
);
create index register_value_by_item on register_value (tenant_id, item_id);

-- 台帳の訂正. What stood there before, what stands there now, who, and why; the contract's file never changes.
create table register_correction (
    tenant_id    uuid        not null default current_tenant(),
    contract_id  uuid        not null,
    version      int         not null,
    corrected_at timestamptz not null,
    staff_id     uuid        not null,
    staff_name   text        not null,
    reason       text        not null check (length(reason) between 1 and 4000),
    primary key (tenant_id, contract_id, version),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create table register_change (
    tenant_id   uuid not null default current_tenant(),
    contract_id uuid not null,
    version     int  not null,
    place       int  not null,
    -- As it was called and read on the day.
    what        text not null,
    before      text not null,
    after       text not null,
    primary key (tenant_id, contract_id, version, place),
    foreign key (tenant_id, contract_id, version) references register_correction (tenant_id, contract_id, version)
);

-- 保存した検索: one person's own.
create table saved_search (
    tenant_id uuid        not null default current_tenant(),
    id        uuid        not null,
    staff_id  uuid        not null,
    name      text        not null check (length(name) between 1 and 400),
    -- As the address of the page has it.
    query     text        not null check (length(query) <= 8000),
    saved_at  timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, staff_id, name),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['register_item', 'register_entry', 'register_value', 'register_correction',
                           'register_change', 'saved_search'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on register_item, register_entry to musubi_app;
grant select, insert, update, delete on register_value to musubi_app;
grant select, insert on register_correction, register_change to musubi_app;
grant select, insert, update, delete on saved_search to musubi_app;
create trigger append_only before update or delete or truncate on register_correction
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on register_change
    for each statement execute function refuse_change();
