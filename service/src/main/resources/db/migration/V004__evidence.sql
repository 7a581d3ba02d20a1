-- 監査記録. One hash chain a body: hash = SHA-256(canonical entry ‖ previous hash).
create table audit_entry (
    tenant_id   uuid        not null default current_tenant() references body (id),
    seq         bigint      not null check (seq > 0),
    at          timestamptz not null,
    actor_kind  text        not null check (actor_kind in ('STAFF', 'COUNTERPARTY', 'SERVICE', 'OPERATOR')),
    actor_id    text        not null,
    actor_name  text        not null,
    action      text        not null,
    contract_id uuid,
    client_ip   text,
    -- The canonical JSON that was hashed, kept as text so that its bytes never change.
    entry       text        not null,
    prev_hash   char(64)    not null,
    hash        char(64)    not null,
    primary key (tenant_id, seq)
);
create index audit_entry_contract on audit_entry (tenant_id, contract_id, seq);

-- The chain's end; its row lock puts the entries of one body in order.
create table audit_head (
    tenant_id uuid     not null primary key default current_tenant() references body (id),
    seq       bigint   not null,
    hash      char(64) not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy own_tenant on audit_entry
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
alter table audit_head enable row level security;
alter table audit_head force row level security;
create policy own_tenant on audit_head
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on audit_entry to musubi_app;
grant select, insert, update on audit_head to musubi_app;
