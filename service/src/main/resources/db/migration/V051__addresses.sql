-- 接続元の制限. Ranges of addresses as text that the service has checked; none at all: from anywhere. What is tried
-- is in force until trial_until, then the standing ranges are again.
create table address_rule (
    tenant_id    uuid        not null default current_tenant() references body (id),
    audience     text        not null check (audience in ('STAFF', 'API', 'LINK')),
    ranges       text[]      not null check (cardinality(ranges) <= 2000),
    trial_ranges text[]      check (cardinality(trial_ranges) <= 2000),
    trial_until  timestamptz,
    changed_at   timestamptz not null,
    primary key (tenant_id, audience),
    constraint trial_has_ranges_and_an_end
        check ((trial_ranges is null) = (trial_until is null))
);
alter table address_rule enable row level security;
alter table address_rule force row level security;
create policy own_tenant on address_rule
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on address_rule to musubi_app;
