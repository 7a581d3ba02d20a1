-- 契約種別. What was made before it was asked for is その他.
alter table contract add column kind text not null default 'OTHER'
    check (kind in ('WORKS', 'SERVICES', 'GOODS', 'LEASE', 'UNIT_PRICE', 'AGREEMENT', 'MEMORANDUM', 'ACCEPTANCE', 'OTHER'));
