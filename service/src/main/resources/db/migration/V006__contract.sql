-- 契約. One row a contract; what happened to it lives in audit_entry, never here.
create table contract_number (
    tenant_id   uuid not null default current_tenant() references body (id),
    fiscal_year int  not null,
    last        int  not null,
    primary key (tenant_id, fiscal_year)
);

create table contract (
    tenant_id       uuid        not null default current_tenant() references body (id),
    id              uuid        not null,
    -- 文書番号, e.g. R8-000012: 年度 and a number within it.
    number          text        not null,
    state           text        not null check (state in ('DRAFT', 'AWAITING_AGREEMENTS', 'CONCLUDING',
                                    'CONCLUDED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')),
    version         int         not null default 0,
    title           text        not null check (length(title) between 1 and 200),
    -- 契約金額 in yen with tax; empty for 単価契約.
    amount          bigint      check (amount >= 0),
    -- 契約日 as written on the contract; 締結日時 is concluded_at.
    contract_date   date,
    period_from     date,
    period_until    date,
    section_id      uuid        not null,
    clerk_id        uuid        not null,
    office_id       uuid,
    -- The file as uploaded (its name only) and as rebuilt and prepared: the bytes that get signed.
    file_name       text        not null,
    document_sha256 char(64)    not null,
    prepared_sha256 char(64),
    pages           int         not null check (pages > 0),
    deadline        timestamptz,
    -- How long the counterparty may come back to read and download, in days from 締結.
    reading_days    int         not null default 3650 check (reading_days between 1 and 36500),
    created_at      timestamptz not null,
    dispatched_at   timestamptz,
    concluded_at    timestamptz,
    final_sha256    char(64),
    certificate_sha256 char(64),
    ended_at        timestamptz,
    end_reason      text,
    -- Why sealing waits, shown as it is: KEY, TSA, REVOCATION, STORE, VALIDATION, PDF.
    seal_cause      text,
    seal_cause_since timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    foreign key (tenant_id, clerk_id) references staff (tenant_id, id),
    foreign key (tenant_id, office_id) references office (tenant_id, id),
    foreign key (tenant_id, document_sha256) references vault_object (tenant_id, sha256),
    foreign key (tenant_id, prepared_sha256) references vault_object (tenant_id, sha256),
    foreign key (tenant_id, final_sha256) references vault_object (tenant_id, sha256),
    foreign key (tenant_id, certificate_sha256) references vault_object (tenant_id, sha256),
    -- I1, I4: 締結済 and the final file with its certificate come together or not at all.
    constraint concluded_means_sealed_and_certified
        check ((state = 'CONCLUDED') = (final_sha256 is not null)
           and (state = 'CONCLUDED') = (concluded_at is not null)
           and (state = 'CONCLUDED') = (certificate_sha256 is not null)),
    -- I6
    constraint ended_means_not_concluded
        check ((state in ('DECLINED', 'WITHDRAWN', 'EXPIRED')) = (ended_at is not null)),
    constraint dispatched_has_deadline
        check (state = 'DRAFT' or (deadline is not null and dispatched_at is not null
           and prepared_sha256 is not null and office_id is not null))
);
create index contract_by_state on contract (tenant_id, state, deadline);
create index contract_by_date on contract (tenant_id, created_at desc);

-- Who signs, in order: 0 the sender, then the counterparty, then the office.
create table party (
    tenant_id    uuid not null default current_tenant(),
    id           uuid not null,
    contract_id  uuid not null,
    ordinal      int  not null check (ordinal >= 0),
    kind         text not null check (kind in ('SENDER', 'COUNTERPARTY', 'OFFICE')),
    organisation text not null,
    title        text not null default '',
    name         text not null,
    mail         text,
    staff_id     uuid,
    primary key (tenant_id, id),
    unique (tenant_id, contract_id, ordinal),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);

-- 同意. The promise: written once, in the transaction that answers the click (LAW-1, LAW-4).
-- Nothing is sealed without one.
create table agreement (
    tenant_id       uuid        not null default current_tenant(),
    id              uuid        not null,
    contract_id     uuid        not null,
    party_id        uuid        not null,
    -- Position in the file's chain of signatures; equals the party's ordinal.
    ordinal         int         not null,
    document_sha256 char(64)    not null,
    agreed_at       timestamptz not null,
    -- e.g. MAIL_LINK+ACCESS_CODE, PASSWORD
    authentication  text        not null,
    level           text        not null check (level in ('L1', 'L2', 'L3')),
    consent_text    text        not null,
    client_ip       text        not null,
    user_agent      text        not null,
    primary key (tenant_id, id),
    unique (tenant_id, contract_id, party_id),
    unique (tenant_id, contract_id, ordinal),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id)
);

-- What each agreement became: the file after its seal. The last one is B-LTA.
create table revision (
    tenant_id        uuid        not null default current_tenant(),
    contract_id      uuid        not null,
    ordinal          int         not null,
    agreement_id     uuid        not null,
    sha256           char(64)    not null,
    sealed_at        timestamptz not null,
    seal_serial      text        not null,
    timestamp_serial text        not null,
    primary key (tenant_id, contract_id, ordinal),
    unique (tenant_id, agreement_id),
    foreign key (tenant_id, agreement_id) references agreement (tenant_id, id),
    foreign key (tenant_id, sha256) references vault_object (tenant_id, sha256)
);

do $$
declare t text;
begin
  foreach t in array array['contract_number', 'contract', 'party', 'agreement', 'revision'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on contract_number, contract to musubi_app;
-- Parties of a draft may be replaced; the trigger keeps those of a dispatched contract.
grant select, insert, update, delete on party to musubi_app;
grant select, insert on agreement, revision to musubi_app;
create trigger append_only before update or delete or truncate on agreement
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on revision
    for each statement execute function refuse_change();

create function refuse_party_change() returns trigger language plpgsql as $$
begin
  if exists (select from contract c where c.tenant_id = old.tenant_id and c.id = old.contract_id
                and c.state <> 'DRAFT') then
    raise exception 'the parties of a dispatched contract are settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger settled_after_dispatch before update or delete on party
    for each row execute function refuse_party_change();
