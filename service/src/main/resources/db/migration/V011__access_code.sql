-- アクセスコード. The second factor belongs to the party, not to a link: a fresh link gives no fresh tries.
create table access_code (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    party_id    uuid        not null,
    -- Argon2id; the code itself is kept nowhere.
    code_hash   text        not null check (code_hash like '$argon2id$%'),
    tries_left  int         not null default 5 check (tries_left between 0 and 5),
    locked_at   timestamptz,
    primary key (tenant_id, party_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id),
    constraint locked_means_no_tries check (locked_at is null or tries_left = 0)
);
alter table access_code enable row level security;
alter table access_code force row level security;
create policy own_tenant on access_code
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on access_code to musubi_app;

alter table link drop column code_hash, drop column tries_left;
