-- 探索索引: which contracts have which letters in 件名, 番号 or 相手方 (ADR 0065). Derived from contract; whatever it names is
-- asked for again by the same conditions as without it, so that it can name too much and never show too much. Equality of
-- text and bigint is leakproof: these indexes choose rows below row-level security, which those of trigrams cannot.

-- How far a body's index is. No row: it has none yet, and its contracts are compared one by one.
create table search_index (
    tenant_id  uuid        not null default current_tenant() references body (id),
    begun_at   timestamptz not null,
    -- The last contract that was packed while it is built.
    through_at timestamptz,
    through_id uuid,
    whole_at   timestamptz,
    primary key (tenant_id),
    check ((through_at is null) = (through_id is null))
);

-- Up to 4,096 contracts that are close in age. A block is written once; others take its place.
create table search_block (
    tenant_id uuid        not null default current_tenant(),
    block     bigint      not null,
    oldest    timestamptz not null,
    newest    timestamptz not null check (newest >= oldest),
    contracts int         not null check (contracts between 1 and 4096),
    -- How many of them were packed elsewhere since.
    moved     int         not null default 0 check (moved >= 0),
    -- By age: 8 bytes of microseconds since 1970 and 16 of the id, a contract.
    places    bytea       not null check (octet_length(places) = contracts * 24),
    primary key (tenant_id, block)
);
-- Random ids cannot be compressed.
alter table search_block alter column places set storage external;

-- Which places of a block have a term: one letter, two neighbours, a section, or the month of 契約日.
create table search_posting (
    tenant_id uuid   not null default current_tenant(),
    term      text   collate "C" not null,
    block     bigint not null,
    -- A bit a place (512 bytes), or, where that is shorter, 2 bytes a place.
    members   bytea  not null check (octet_length(members) between 2 and 512),
    primary key (tenant_id, term, block),
    foreign key (tenant_id, block) references search_block (tenant_id, block) on delete cascade
);
create index search_posting_by_block on search_posting (tenant_id, block);

-- What changed since it was packed, in the order of the changes: compared one by one until the job has packed it. A row of
-- its own for each change, so that no two writers ever wait for one another here, nor for the job.
create table search_pending (
    tenant_id   uuid   not null default current_tenant(),
    seq         bigint generated always as identity,
    contract_id uuid   not null,
    primary key (tenant_id, seq),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['search_index', 'search_block', 'search_posting', 'search_pending'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to musubi_app', t);
  end loop;
end $$;

create function search_pending_of() returns trigger language plpgsql as $$
begin
  insert into search_pending (tenant_id, contract_id) values (new.tenant_id, new.id);
  return null;
end $$;
create trigger found_as_entered after insert on contract
    for each row execute function search_pending_of();
-- Also what is disposed of: the names that were taken out of it go from the index, too.
create trigger found_as_changed after update on contract
    for each row when (old.folded is distinct from new.folded
                       or old.section_id is distinct from new.section_id
                       or old.contract_date is distinct from new.contract_date
                       or (new.state = 'DISPOSED' and old.state is distinct from new.state))
    execute function search_pending_of();

-- Whom a contract names, from the person's side.
create index party_by_staff on party (tenant_id, staff_id) where staff_id is not null;
