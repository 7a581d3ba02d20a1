-- 下書き. What the sender has decided for a party and what takes effect only at sending.

-- Whether this counterparty must also give an access code (LAW-3). The code itself is made at
-- sending and kept by the signing feature as a hash; it never lies here.
alter table party add column access_code boolean not null default false;

-- The list is read newest first, a page at a time, from where the page before ended.
create index contract_by_age on contract (tenant_id, created_at desc, id desc);
drop index contract_by_date;
