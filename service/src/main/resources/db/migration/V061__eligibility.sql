-- 電子契約の対象. A body's rules on which contracts it makes on paper; a body without a row has none of its own.
create table eligibility_rules (
    tenant_id            uuid        not null default current_tenant() references body (id) primary key,
    longest_years        int         check (longest_years between 1 and 100),
    -- 保存期間 that is added to the contract's period before it is compared, as some rules have it.
    keeping_years        int         not null check (keeping_years between 0 and 100),
    most_yen             bigint      check (most_yen > 0),
    renewal_on_paper     boolean     not null,
    council_on_paper     boolean     not null,
    kinds_on_paper       text[]      not null
        check (kinds_on_paper <@ array ['WORKS', 'SERVICES', 'GOODS', 'LEASE', 'UNIT_PRICE', 'AGREEMENT',
                                        'MEMORANDUM', 'ACCEPTANCE', 'OTHER']),
    changed_at           timestamptz not null,
    constraint something_is_left check (keeping_years = 0 or (longest_years is not null and keeping_years < longest_years))
);
alter table eligibility_rules enable row level security;
alter table eligibility_rules force row level security;
create policy own_tenant on eligibility_rules
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on eligibility_rules to musubi_app;

-- What of the contract's wording decides it, as its clerk says.
alter table contract add column renews boolean not null default false;
alter table contract add column council_vote boolean not null default false;
alter table contract add column paper_by_law text
    check (paper_by_law in ('BUSINESS_LEASE', 'FARMLAND_LEASE', 'NOTARIAL_DEED'));
