-- 本人確認の下限. The least with which a body's counterparties show who they are; a body without a row asks for no more
-- than the link. What was sent is not touched by it.
create table identification_floor (
    tenant_id  uuid        not null default current_tenant() references body (id) primary key,
    least      text        not null check (least in ('L1', 'L2', 'L3')),
    -- Kinds of which more is asked.
    kinds_l2   text[]      not null
        check (kinds_l2 <@ array ['WORKS', 'SERVICES', 'GOODS', 'LEASE', 'UNIT_PRICE', 'AGREEMENT', 'MEMORANDUM',
                                  'ACCEPTANCE', 'OTHER']),
    kinds_l3   text[]      not null
        check (kinds_l3 <@ array ['WORKS', 'SERVICES', 'GOODS', 'LEASE', 'UNIT_PRICE', 'AGREEMENT', 'MEMORANDUM',
                                  'ACCEPTANCE', 'OTHER']),
    from_yen   bigint      check (from_yen > 0),
    dear       text        not null check (dear in ('L1', 'L2', 'L3')),
    changed_at timestamptz not null,
    constraint one_level_a_kind check (not kinds_l2 && kinds_l3)
);
alter table identification_floor enable row level security;
alter table identification_floor force row level security;
create policy own_tenant on identification_floor
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on identification_floor to musubi_app;
