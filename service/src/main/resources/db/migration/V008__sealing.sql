-- 締結処理. Which worker may finish an agreement's seal: the epoch fences the others off.
create table seal_claim (
    tenant_id    uuid        not null default current_tenant(),
    agreement_id uuid        not null,
    epoch        int         not null,
    claimed_at   timestamptz not null,
    primary key (tenant_id, agreement_id),
    foreign key (tenant_id, agreement_id) references agreement (tenant_id, id)
);
-- I10: every use of the key was announced first.
create table seal_attempt (
    tenant_id    uuid        not null default current_tenant(),
    agreement_id uuid        not null,
    epoch        int         not null,
    source_sha256 char(64)   not null,
    certificate_serial text  not null,
    started_at   timestamptz not null,
    primary key (tenant_id, agreement_id, epoch),
    foreign key (tenant_id, agreement_id) references agreement (tenant_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['seal_claim', 'seal_attempt'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on seal_claim to musubi_app;
grant select, insert on seal_attempt to musubi_app;
create trigger append_only before update or delete or truncate on seal_attempt
    for each statement execute function refuse_change();
