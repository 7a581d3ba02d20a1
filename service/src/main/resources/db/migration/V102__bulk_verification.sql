-- 一括検証 (電子帳簿保存法施行規則2条6項2号ロ): every concluded contract of a span of days, as whoever asked could see them.
create table verification_round (
    tenant_id   uuid        not null default current_tenant() references body (id),
    id          uuid        not null,
    asked_by    uuid        not null,
    asked_name  text        not null,
    asked_at    timestamptz not null,
    from_date   date        not null,
    until_date  date        not null check (until_date >= from_date),
    finished_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, asked_by) references staff (tenant_id, id)
);
create index verification_round_by_person on verification_round (tenant_id, asked_by, asked_at);

create table verification_item (
    tenant_id   uuid        not null default current_tenant(),
    round_id    uuid        not null,
    contract_id uuid        not null,
    verdict     text        check (verdict in ('VALID', 'INVALID', 'UNDECIDED')),
    -- Codes of why it is not simply valid.
    reasons     text[]      not null default '{}',
    stamped_at  timestamptz,
    ends_at     timestamptz,
    looked_at   timestamptz,
    primary key (tenant_id, round_id, contract_id),
    foreign key (tenant_id, round_id) references verification_round (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    constraint looked_at_says_what check ((verdict is null) = (looked_at is null))
);
create index verification_item_left on verification_item (tenant_id, round_id) where verdict is null;

do $$
declare t text;
begin
  foreach t in array array['verification_round', 'verification_item'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
grant update (finished_at) on verification_round to musubi_app;
grant update (verdict, reasons, stamped_at, ends_at, looked_at) on verification_item to musubi_app;
