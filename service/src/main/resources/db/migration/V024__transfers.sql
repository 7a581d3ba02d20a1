-- 人事異動. A list as it was read, what was found wrong with it, and how everybody was before.
create table transfer (
    tenant_id    uuid        not null default current_tenant() references body (id),
    id           uuid        not null,
    file_name    text        not null,
    made_by      uuid        not null,
    made_at      timestamptz not null,
    -- 予約: from 0:00 of this day in Japan.
    effective_on date        not null,
    state        text        not null check (state in
                     ('CHECKED', 'RESERVED', 'APPLIED', 'CANCELLED', 'FAILED', 'ROLLED_BACK')),
    applied_at   timestamptz,
    rolled_back_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, made_by) references staff (tenant_id, id),
    constraint applied_has_a_moment
        check (state not in ('APPLIED', 'ROLLED_BACK') or applied_at is not null)
);
create table transfer_row (
    tenant_id   uuid not null default current_tenant(),
    transfer_id uuid not null,
    -- The line of the file, as a spreadsheet counts it.
    line        int  not null,
    cells       text not null,
    staff_id    uuid,
    -- How the person was before, as JSON; written when the row takes effect.
    before      text,
    -- What they had in hand and nobody took over.
    left_open   int,
    primary key (tenant_id, transfer_id, line),
    foreign key (tenant_id, transfer_id) references transfer (tenant_id, id)
);
create table transfer_finding (
    tenant_id   uuid not null default current_tenant(),
    transfer_id uuid not null,
    number      int  not null,
    line        int  not null,
    field       text not null,
    reason      text not null,
    value       text not null,
    primary key (tenant_id, transfer_id, number),
    foreign key (tenant_id, transfer_id) references transfer (tenant_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['transfer', 'transfer_row', 'transfer_finding'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on transfer, transfer_row to musubi_app;
-- What was found before is replaced by what is found at the last check.
grant select, insert, delete on transfer_finding to musubi_app;
