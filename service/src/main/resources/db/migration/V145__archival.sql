-- PDF/Aの確認 (S-14). What a draft's document claims to be by ISO 19005, and what veraPDF says of it.
create table archival_check (
    tenant_id     uuid        not null default current_tenant(),
    contract_id   uuid        not null,
    -- Of the PDF.
    sha256        char(64)    not null,
    -- Part and level such as 2b; empty where nothing is claimed.
    claim         text        not null check (claim ~ '^([1-4][a-z]?)?$'),
    outcome       text        not null check (outcome in ('NO_CLAIM', 'CONFORMS', 'FAILS', 'UNKNOWN')),
    -- Topic and rule, such as 'FONT 6.2.11.4.1-1'.
    complaints    text[]      not null check (cardinality(complaints) <= 10),
    -- Of the PDF that this one was converted from.
    before_sha256 char(64),
    checked_at    timestamptz not null,
    primary key (tenant_id, contract_id, sha256),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
alter table archival_check enable row level security;
alter table archival_check force row level security;
create policy own_tenant on archival_check
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on archival_check to musubi_app;

-- Whether a body asks that what it keeps for long is PDF/A.
create table archival_rule (
    tenant_id    uuid        not null default current_tenant() references body (id) primary key,
    demand       text        not null check (demand in ('NONE', 'WARN', 'DEMAND')),
    -- It holds for contracts that are kept for more years than these.
    beyond_years int         not null check (beyond_years between 0 and 100),
    changed_at   timestamptz not null
);
alter table archival_rule enable row level security;
alter table archival_rule force row level security;
create policy own_tenant on archival_rule
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on archival_rule to musubi_app;
