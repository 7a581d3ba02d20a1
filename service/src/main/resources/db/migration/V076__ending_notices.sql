-- 満了のお知らせ. How long before the end of a contract's period its clerk hears of it; 0 for never.
alter table reminder_rules
    add column ending_before int not null default 60 check (ending_before between 0 and 366);

-- Once for each day on which a period ends.
create table ending_notice (
    tenant_id    uuid        not null default current_tenant(),
    contract_id  uuid        not null,
    period_until date        not null,
    told_at      timestamptz not null,
    primary key (tenant_id, contract_id, period_until),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
alter table ending_notice enable row level security;
alter table ending_notice force row level security;
create policy own_tenant on ending_notice
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on ending_notice to musubi_app;
create trigger append_only before update or delete or truncate on ending_notice
    for each statement execute function refuse_change();
create index contract_by_end on contract (tenant_id, period_until)
    where state in ('CONCLUDED', 'ON_PAPER');
