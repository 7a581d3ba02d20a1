-- 所属の一括登録. A list as it was read; what it would do is worked out anew each time it is looked at.
create table section_list (
    tenant_id    uuid        not null default current_tenant() references body (id),
    id           uuid        not null,
    file_name    text        not null,
    made_by      uuid        not null,
    made_at      timestamptz not null,
    -- The first day on which the sections are as the list says.
    effective_on date        not null,
    state        text        not null check (state in ('CHECKED', 'APPLIED', 'CANCELLED')),
    applied_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, made_by) references staff (tenant_id, id),
    constraint applied_has_a_moment check ((state = 'APPLIED') = (applied_at is not null))
);
create table section_list_row (
    tenant_id uuid not null default current_tenant(),
    list_id   uuid not null,
    -- The line of the file, as a spreadsheet counts it.
    line      int  not null,
    -- As JSON; null where the line had another number of cells than the heading.
    cells     text,
    primary key (tenant_id, list_id, line),
    foreign key (tenant_id, list_id) references section_list (tenant_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['section_list', 'section_list_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on section_list to musubi_app;
grant select, insert on section_list_row to musubi_app;
