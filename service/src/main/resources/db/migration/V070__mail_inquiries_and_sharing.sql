-- このメールは本物か. When somebody asked whether this body sent a contract, to count how often; neither what was asked nor
-- what was answered.
create table mail_inquiry (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    client_net text        not null,
    asked_at   timestamptz not null,
    primary key (tenant_id, id)
);
create index mail_inquiry_by_net on mail_inquiry (tenant_id, client_net, asked_at);
create index mail_inquiry_by_time on mail_inquiry (tenant_id, asked_at);
alter table mail_inquiry enable row level security;
alter table mail_inquiry force row level security;
create policy own_tenant on mail_inquiry
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, delete on mail_inquiry to musubi_app;

-- 共有先. Sections of the body that hear how a contract ended.
create table contract_sharing (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    section_id  uuid        not null,
    added_at    timestamptz not null,
    primary key (tenant_id, contract_id, section_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, section_id) references section (tenant_id, id)
);
alter table contract_sharing enable row level security;
alter table contract_sharing force row level security;
create policy own_tenant on contract_sharing
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
-- Whom a contract is shared with is a choice that may be taken back; that it was made stays in the record.
grant select, insert, delete on contract_sharing to musubi_app;
