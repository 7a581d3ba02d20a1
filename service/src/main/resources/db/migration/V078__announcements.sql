-- お知らせ: what the operator tells everybody, of maintenance and faults. Of the operator's own body; shown to all.
create table announcement (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null,
    kind         text        not null check (kind in ('FAULT', 'MAINTENANCE', 'NEWS')),
    title        text        not null check (length(title) between 1 and 100),
    text         text        not null check (length(text) between 1 and 1000),
    shown_from   timestamptz not null,
    -- Exclusive; empty while nobody knows.
    shown_until  timestamptz check (shown_until >= shown_from),
    written_by   uuid        not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, written_by) references staff (tenant_id, id)
);
alter table announcement enable row level security;
alter table announcement force row level security;
create policy own_tenant on announcement
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on announcement to musubi_app;
