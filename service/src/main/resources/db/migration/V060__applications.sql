-- 利用申出と承諾. What suppliers say of themselves, over a mailed link that proves the address; what they were shown
-- stays as it was shown, with its digest.
create table counterparty_rule (
    tenant_id         uuid        not null default current_tenant() references body (id) primary key,
    applications_open boolean     not null,
    -- Domains in their ASCII form; none allowed means that all are.
    allowed_domains   text[]      not null check (cardinality(allowed_domains) <= 500),
    denied_domains    text[]      not null check (cardinality(denied_domains) <= 500),
    changed_at        timestamptz not null
);

create table application (
    tenant_id        uuid        not null default current_tenant() references body (id),
    id               uuid        not null,
    -- What makes a form sent twice the same form.
    form_key         text        not null,
    organisation     text        not null,
    corporate_number char(13),
    address          text        not null,
    phone            text        not null,
    signatory_name   text        not null,
    signatory_title  text        not null,
    signatory_mail   text        not null,
    authority        text        not null check (authority in ('REPRESENTATIVE', 'AGENT')),
    -- Of an agent: who gave the power, when, for what (委任状).
    authority_text   text        not null,
    clerk_name       text        not null,
    clerk_mail       text        not null,
    -- The contract it is for; empty for all that come.
    contract_title   text        not null,
    valid_until      date        not null,
    wants_consent    boolean     not null,
    text_shown       text        not null,
    text_sha256      char(64)    not null,
    submitted_at     timestamptz not null,
    client_ip        text        not null,
    client_net       text        not null,
    user_agent       text        not null,
    state            text        not null default 'SUBMITTED' check (state in
                         ('SUBMITTED', 'CONFIRMED', 'ACCEPTED', 'REJECTED')),
    confirmed_at     timestamptz,
    decided_at       timestamptz,
    decided_by       text,
    reason           text,
    supplier_id      uuid,
    primary key (tenant_id, id),
    unique (tenant_id, form_key),
    foreign key (tenant_id, supplier_id) references supplier (tenant_id, id),
    constraint agents_say_by_what_power check (authority <> 'AGENT' or authority_text <> ''),
    constraint only_proved_addresses_are_decided_on
        check ((state = 'SUBMITTED') = (confirmed_at is null)),
    constraint decided_says_by_whom
        check ((state in ('ACCEPTED', 'REJECTED')) = (decided_at is not null and decided_by is not null)),
    constraint rejected_says_why check ((state = 'REJECTED') = (reason is not null)),
    constraint accepted_has_a_supplier check ((state = 'ACCEPTED') = (supplier_id is not null))
);
create index application_by_state on application (tenant_id, state, submitted_at desc);
create index application_by_net on application (tenant_id, client_net, submitted_at);
create index application_of_supplier on application (tenant_id, supplier_id);

-- アドレスの確認. One mailed link an address.
create table application_proof (
    tenant_id      uuid        not null default current_tenant(),
    id             uuid        not null,
    application_id uuid        not null,
    mail           text        not null,
    secret_hash    char(64)    not null,
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    confirmed_at   timestamptz,
    client_ip      text,
    user_agent     text,
    primary key (tenant_id, id),
    unique (tenant_id, application_id, mail),
    foreign key (tenant_id, application_id) references application (tenant_id, id),
    constraint confirmed_says_from_where check ((confirmed_at is null) = (client_ip is null))
);
create index application_proof_by_mail on application_proof (tenant_id, lower(mail), created_at);

-- 承諾（建設業法 19 条 3 項）. Asked for, given, withdrawn: three facts, each written once.
create table consent_request (
    tenant_id        uuid        not null default current_tenant() references body (id),
    id               uuid        not null,
    supplier_id      uuid        not null,
    organisation     text        not null,
    organisation_key text        not null,
    name             text        not null,
    title            text        not null,
    mail             text        not null,
    -- The contract it is for; empty for all that come.
    contract_title   text        not null,
    text_shown       text        not null,
    text_sha256      char(64)    not null,
    secret_hash      char(64)    not null,
    asked_by         text        not null,
    asked_at         timestamptz not null,
    expires_at       timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, supplier_id) references supplier (tenant_id, id)
);
create index consent_request_by_key on consent_request (tenant_id, organisation_key);
create table consent (
    tenant_id   uuid        not null default current_tenant(),
    request_id  uuid        not null,
    given_at    timestamptz not null,
    -- The text that was on the screen, by its digest; the same as that of the request.
    text_sha256 char(64)    not null,
    method      text        not null,
    client_ip   text        not null,
    user_agent  text        not null,
    primary key (tenant_id, request_id),
    foreign key (tenant_id, request_id) references consent_request (tenant_id, id)
);
create table consent_withdrawal (
    tenant_id    uuid        not null default current_tenant(),
    request_id   uuid        not null,
    withdrawn_at timestamptz not null,
    client_ip    text        not null,
    user_agent   text        not null,
    primary key (tenant_id, request_id),
    foreign key (tenant_id, request_id) references consent (tenant_id, request_id)
);
do $$
declare t text;
begin
  foreach t in array array['counterparty_rule', 'application', 'application_proof', 'consent_request', 'consent',
                           'consent_withdrawal'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
grant update on counterparty_rule to musubi_app;
-- What was said and shown can never change; what becomes of it can.
grant update (state, confirmed_at, decided_at, decided_by, reason, supplier_id) on application to musubi_app;
grant update (confirmed_at, client_ip, user_agent) on application_proof to musubi_app;
