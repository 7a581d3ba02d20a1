-- 振り分けの規則. Into which folder a contract goes when it is concluded or registered, for bodies that want it so.
create table filing_rule (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    -- The first that fits decides.
    place      int         not null,
    folder_id  uuid        not null,
    -- Null, or empty: any. A section stands for all below it.
    kind       text,
    section_id uuid,
    title_has  text        not null default '' check (length(title_has) <= 200),
    party_has  text        not null default '' check (length(party_has) <= 200),
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, place) deferrable initially deferred,
    -- A folder that is taken away takes its rules along: there is nowhere left to file.
    foreign key (tenant_id, folder_id) references folder (tenant_id, id) on delete cascade,
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    constraint asks_something
        check (kind is not null or section_id is not null or title_has <> '' or party_has <> '')
);

-- タグ. Words of the body's own that contracts are marked with.
create table tag (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    name       text        not null check (length(name) between 1 and 200),
    -- Only beside the word, never instead of it.
    colour     text        not null check (colour in ('GREY', 'BLUE', 'GREEN', 'YELLOW', 'RED')),
    retired_at timestamptz,
    changed_at timestamptz not null,
    primary key (tenant_id, id)
);
create unique index tag_named_once on tag (tenant_id, fold(name)) where retired_at is null;

create table contract_tag (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    tag_id      uuid        not null,
    put_at      timestamptz not null,
    primary key (tenant_id, contract_id, tag_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, tag_id) references tag (tenant_id, id)
);
create index contract_tag_by_tag on contract_tag (tenant_id, tag_id);

do $$
declare t text;
begin
  foreach t in array array['filing_rule', 'tag', 'contract_tag'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant())'
                   ' with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update, delete on filing_rule to musubi_app;
grant select, insert on tag to musubi_app;
grant update (name, colour, retired_at, changed_at) on tag to musubi_app;
grant select, insert, delete on contract_tag to musubi_app;
