-- 契約相手方の台帳. Whom a body contracts with, and who acts for them. Rows end, they are never deleted: contracts of
-- years ago name them.
create table supplier (
    tenant_id        uuid        not null default current_tenant() references body (id),
    id               uuid        not null,
    name             text        not null check (length(name) between 1 and 200),
    -- The name without 株式会社, widths and old forms of characters: what alike names share.
    name_key         text        not null,
    -- 法人番号, its check digit checked by the service; sole traders have none.
    corporate_number char(13)    check (corporate_number ~ '^[1-9][0-9]{12}$'),
    address          text        not null,
    phone            text        not null,
    notes            text        not null,
    version          int         not null default 0,
    created_at       timestamptz not null,
    ended_at         timestamptz,
    end_reason       text,
    primary key (tenant_id, id),
    constraint ended_says_why check ((ended_at is null) = (end_reason is null))
);
create index supplier_by_key on supplier (tenant_id, name_key);
create index supplier_by_number on supplier (tenant_id, corporate_number);

create table supplier_contact (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null,
    supplier_id uuid        not null,
    name        text        not null check (length(name) between 1 and 100),
    title       text        not null,
    mail        text        not null check (length(mail) between 3 and 254),
    capacity    text        not null check (capacity in ('REPRESENTATIVE', 'AGENT', 'CLERK')),
    -- The last day on which they act for the supplier; empty while no end is known.
    until       date,
    version     int         not null default 0,
    created_at  timestamptz not null,
    ended_at    timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, supplier_id) references supplier (tenant_id, id)
);
create index supplier_contact_of on supplier_contact (tenant_id, supplier_id);
create index supplier_contact_by_mail on supplier_contact (tenant_id, lower(mail));

-- 一括登録. A list as it was read; what it would do is worked out anew each time it is looked at.
create table supplier_list (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    file_name  text        not null,
    made_by    uuid        not null,
    made_at    timestamptz not null,
    state      text        not null check (state in ('CHECKED', 'APPLIED', 'CANCELLED')),
    applied_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, made_by) references staff (tenant_id, id),
    constraint applied_has_a_moment check ((state = 'APPLIED') = (applied_at is not null))
);
create table supplier_list_row (
    tenant_id uuid not null default current_tenant(),
    list_id   uuid not null,
    -- The line of the file, as a spreadsheet counts it.
    line      int  not null,
    -- As JSON; null where the line had another number of cells than the heading.
    cells     text,
    -- What the line did, in words, once the list took effect.
    effect    text,
    primary key (tenant_id, list_id, line),
    foreign key (tenant_id, list_id) references supplier_list (tenant_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['supplier', 'supplier_contact', 'supplier_list', 'supplier_list_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update on %I to musubi_app', t);
  end loop;
end $$;
