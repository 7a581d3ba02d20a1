-- 一括送信. A list of contracts of one form: checked, made into drafts, sent. A line becomes one draft, and a draft leaves
-- once, however often the work is broken off.
create table bulk_run (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    template_id    uuid        not null,
    section_id     uuid        not null,
    clerk_id       uuid        not null,
    office_id      uuid        not null,
    file_name      text        not null,
    deadline       timestamptz not null,
    reading_years  int         not null,
    made_at        timestamptz not null,
    state          text        not null check (state in
                       ('CHECKED', 'MAKING', 'MADE', 'SENDING', 'CANCELLED')),
    paused         boolean     not null default false,
    -- Counted up each time the work is begun, so that it is never begun twice nor left lying.
    round          int         not null default 0,
    -- Why the work stopped by itself: the key of its words.
    stopped        text,
    -- How the clerk said that all may leave, as an agreement keeps it.
    authentication text,
    level          text,
    consent_text   text,
    client_ip      text,
    user_agent     text,
    -- When the contracts are to leave; null for at once.
    release_at     timestamptz,
    -- What the access codes follow from, encrypted with the body's key; gone once the codes were handed over.
    code_seed      bytea,
    codes_taken_at timestamptz,
    maker_ip       text        not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, template_id) references template (tenant_id, id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    foreign key (tenant_id, clerk_id) references staff (tenant_id, id),
    foreign key (tenant_id, office_id) references office (tenant_id, id),
    constraint leaves_by_somebodys_word check (state <> 'SENDING' or consent_text is not null)
);
create table bulk_row (
    tenant_id       uuid not null default current_tenant(),
    run_id          uuid not null,
    -- The line of the file, as a spreadsheet counts it.
    line            int  not null,
    -- As JSON; null where the line cannot be kept: another number of cells, or far too long ones.
    cells           text,
    state           text not null default 'WAITING' check (state in
                        ('WAITING', 'DRAFTED', 'LEAVING', 'SENT')),
    contract_id     uuid,
    -- The draft as the clerk saw it when they said that it may leave.
    seen_version    int,
    seen_sha256     char(64),
    -- Why the last attempt came to nothing: the key of its words.
    trouble         text,
    sent_at         timestamptz,
    primary key (tenant_id, run_id, line),
    unique (tenant_id, contract_id),
    foreign key (tenant_id, run_id) references bulk_run (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    constraint a_draft_has_its_contract check ((state = 'WAITING') = (contract_id is null)),
    constraint sent_has_a_moment check ((state = 'SENT') = (sent_at is not null)),
    constraint what_leaves_was_seen check (state not in ('LEAVING', 'SENT') or seen_sha256 is not null)
);
create index bulk_row_by_state on bulk_row (tenant_id, run_id, state, line);
create table bulk_finding (
    tenant_id uuid not null default current_tenant(),
    run_id    uuid not null,
    number    int  not null,
    line      int  not null,
    field     text not null,
    reason    text not null,
    gaps      text not null,
    value     text not null,
    primary key (tenant_id, run_id, number),
    foreign key (tenant_id, run_id) references bulk_run (tenant_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['bulk_run', 'bulk_row', 'bulk_finding'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update on %I to musubi_app', t);
  end loop;
end $$;

-- What was sent is sent, and which draft a line became stays.
create function bulk_row_goes_forward() returns trigger language plpgsql as $$
begin
  if old.state = 'SENT' or (old.contract_id is not null and new.contract_id is distinct from old.contract_id) then
    raise exception 'line % of run % has gone further', old.line, old.run_id;
  end if;
  return new;
end $$;
create trigger bulk_row_goes_forward before update on bulk_row
    for each row execute function bulk_row_goes_forward();
