-- 体裁の確認. PDFs that were made from documents of an office, and who has looked at what became of them (C-05).
create table layout_check (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    -- Of the PDF.
    sha256      char(64)    not null,
    -- The document's name.
    made_from   text        not null check (length(made_from) between 1 and 250),
    made_at     timestamptz not null,
    seen_at     timestamptz,
    seen_by     uuid,
    primary key (tenant_id, contract_id, sha256),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, seen_by) references staff (tenant_id, id),
    check ((seen_at is null) = (seen_by is null))
);
alter table layout_check enable row level security;
alter table layout_check force row level security;
create policy own_tenant on layout_check
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on layout_check to musubi_app;
