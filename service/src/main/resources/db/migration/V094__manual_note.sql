-- この団体の取り扱い: what a body adds to a chapter of the manual.
create table manual_note (
    tenant_id  uuid        not null default current_tenant() references body (id),
    chapter    text        not null check (chapter ~ '^[A-Z_]{1,40}$'),
    words      text        not null check (length(words) between 1 and 4000),
    changed_at timestamptz not null,
    primary key (tenant_id, chapter)
);
alter table manual_note enable row level security;
alter table manual_note force row level security;
create policy own_tenant on manual_note
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, delete on manual_note to musubi_app;
