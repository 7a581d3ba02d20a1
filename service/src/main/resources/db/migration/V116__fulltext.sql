-- 本文の検索 (M-03). Off until a body wants it: the text of its contracts then lies here, beside the encrypted originals.
create table fulltext_rules (
    tenant_id  uuid        not null default current_tenant() references body (id),
    enabled    boolean     not null,
    changed_at timestamptz not null,
    primary key (tenant_id)
);

create table contract_text (
    tenant_id    uuid        not null default current_tenant(),
    contract_id  uuid        not null,
    -- ALL, or only as far as the limits allow; NONE: a scan without letters; UNREADABLE: it could not be read.
    outcome      text        not null check (outcome in ('ALL', 'PART', 'NONE', 'UNREADABLE')),
    pages        int         not null check (pages >= 0),
    text         text        not null,
    -- By the same function as 件名 and 相手方, so that the same letters find both.
    folded       text        not null generated always as (fold(text)) stored,
    extracted_at timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    check ((outcome in ('ALL', 'PART')) = (text <> ''))
);
-- What is still to be read, the newest first.
create index contract_text_to_read on contract (tenant_id, created_at desc) where state in ('CONCLUDED', 'ELSEWHERE');

do $$
declare t text;
begin
  foreach t in array array['fulltext_rules', 'contract_text'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update on %I to musubi_app', t);
  end loop;
end $$;
-- Derived from files that are kept: it goes when the body no longer wants it, and with the contract.
grant delete on contract_text to musubi_app;
