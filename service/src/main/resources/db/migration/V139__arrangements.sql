-- 当事者の並び (0072). How the parties of a body's contracts usually stand, without anybody's name: what a clerk begins
-- with instead of counting turns anew. What was chosen for a contract stays as it was chosen.
create table arrangement (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null,
    name         text        not null check (length(name) between 1 and 800),
    -- For which contracts it is offered first; null for all alike.
    kind         text,
    office_first boolean     not null,
    -- Who is given the concluded document without signing: 監理者, 連帯保証人.
    recipients   text[]      not null default '{}' check (cardinality(recipients) <= 10),
    made_at      timestamptz not null,
    ended_at     timestamptz,
    primary key (tenant_id, id)
);
create unique index arrangement_name on arrangement (tenant_id, name) where ended_at is null;

create table arrangement_slot (
    tenant_id      uuid    not null default current_tenant(),
    arrangement_id uuid    not null,
    ordinal        int     not null check (ordinal between 1 and 28),
    -- What this counterparty is to the contract: 代表構成員. May be empty.
    label          text    not null check (length(label) <= 800),
    place          int     not null check (place between 1 and 28),
    capacity       text    not null check (capacity in ('AUTHORITY', 'AGENT', 'CLERK')),
    -- Whether it is a member of a joint venture.
    member         boolean not null,
    identification text    not null,
    primary key (tenant_id, arrangement_id, ordinal),
    foreign key (tenant_id, arrangement_id) references arrangement (tenant_id, id)
);

create table arrangement_choice (
    tenant_id      uuid        not null default current_tenant(),
    contract_id    uuid        not null,
    arrangement_id uuid        not null,
    chosen_at      timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, arrangement_id) references arrangement (tenant_id, id)
);
create index arrangement_chosen on arrangement_choice (tenant_id, arrangement_id);

do $$
declare t text;
begin
  foreach t in array array['arrangement', 'arrangement_slot', 'arrangement_choice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
grant update (ended_at) on arrangement to musubi_app;
grant update, delete on arrangement_choice to musubi_app;
