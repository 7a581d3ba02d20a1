-- 提出の依頼 (C-22, and documents that a counterparty has to hand in). What is asked of one counterparty before a contract
-- leaves; without a contract while nobody has drafted anything yet.
create table submission_call (
    tenant_id    uuid        not null default current_tenant() references body (id),
    id           uuid        not null,
    -- Empty until a draft is made of what came.
    contract_id  uuid,
    -- Of a contract's counterparty its place among the parties; 0 of one who was asked before there was a contract.
    place        int         not null check (place >= 0),
    -- Of one who was asked before there was a contract; of the others the contract has it.
    title        text        not null check (length(title) <= 400),
    organisation text        not null check (length(organisation) <= 400),
    name         text        not null check (length(name) <= 400),
    mail         text        not null check (length(mail) <= 254),
    section_id   uuid        not null,
    clerk_id     uuid        not null,
    made_at      timestamptz not null,
    -- Nobody waits for it any more.
    ended_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    foreign key (tenant_id, clerk_id) references staff (tenant_id, id),
    constraint a_party_or_nobody_yet check (place = 0 or contract_id is not null)
);
create unique index one_call_a_party on submission_call (tenant_id, contract_id, place);
create index submission_call_waiting on submission_call (tenant_id, made_at) where contract_id is null and ended_at is null;

-- 求める書類. One document that is asked for.
create table submission_wanted (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null,
    call_id    uuid        not null,
    ordinal    int         not null,
    name       text        not null check (length(name) between 1 and 400),
    note       text        not null check (length(note) <= 4000),
    purpose    text        not null check (purpose in ('DOCUMENT', 'SIGNED', 'REFERENCE')),
    mandatory  boolean     not null,
    due_on     date,
    made_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, call_id) references submission_call (tenant_id, id)
);
create index submission_wanted_of on submission_wanted (tenant_id, call_id, ordinal);

-- The way in, mailed to the counterparty; of its secret only the digest.
create table submission_link (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null,
    call_id     uuid        not null,
    name        text        not null,
    mail        text        not null,
    secret_hash char(64)    not null,
    asked_at    timestamptz not null,
    expires_at  timestamptz not null,
    ended_at    timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, call_id) references submission_call (tenant_id, id)
);
create unique index one_open_submission_link on submission_link (tenant_id, call_id) where ended_at is null;

-- 提出されたファイル, byte for byte as it came.
create table submission_file (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null,
    wanted_id    uuid        not null,
    name         text        not null check (length(name) between 1 and 400),
    media_type   text        not null,
    bytes        bigint      not null check (bytes > 0),
    pages        int         not null check (pages >= 0),
    sha256       char(64)    not null,
    -- As printed.
    handed_in_by text        not null,
    mail         text        not null,
    handed_in_at timestamptz not null,
    client_ip    text        not null,
    user_agent   text        not null,
    replaced_at  timestamptz,
    returned_at  timestamptz,
    reason       text        not null default '',
    accepted_at  timestamptz,
    accepted_by  uuid,
    accepted_as  text        check (accepted_as in ('DOCUMENT', 'SIGNED', 'REFERENCE', 'INTERNAL')),
    -- Nothing was done with it and nothing will be: its bytes may go.
    given_up_at  timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, wanted_id) references submission_wanted (tenant_id, id),
    foreign key (tenant_id, sha256) references vault_object (tenant_id, sha256),
    foreign key (tenant_id, accepted_by) references staff (tenant_id, id),
    constraint accepted_as_something check ((accepted_at is null) = (accepted_as is null)
                                        and (accepted_at is null) = (accepted_by is null)),
    constraint what_was_accepted_stays check (accepted_at is null or given_up_at is null)
);
create index submission_file_of on submission_file (tenant_id, wanted_id, handed_in_at);
create index submission_file_by_file on submission_file (tenant_id, sha256);
-- However often and from wherever a file is sent at once: one stands.
create unique index one_file_stands on submission_file (tenant_id, wanted_id)
    where replaced_at is null and returned_at is null;

do $$
declare t text;
begin
  foreach t in array array['submission_call', 'submission_wanted', 'submission_link', 'submission_file'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update on %I to musubi_app', t);
  end loop;
end $$;
-- Of what nobody has handed in, the question may be taken back.
grant delete on submission_wanted to musubi_app;

-- What the contract left with stays on record as it was; people are taken out of what was disposed of.
create function refuse_submission_change() returns trigger language plpgsql as $$
declare
  touched jsonb := coalesce(to_jsonb(new), to_jsonb(old));
  body    uuid := (touched ->> 'tenant_id')::uuid;
  asked   uuid := coalesce((touched ->> 'call_id')::uuid,
                           (select w.call_id from submission_wanted w
                             where w.tenant_id = body and w.id = (touched ->> 'wanted_id')::uuid));
begin
  if tg_op = 'DELETE' and row_security_active(tg_relid) and being_erased() then
    return old;
  end if;
  if exists (select from submission_call s
               join contract c on c.tenant_id = s.tenant_id and c.id = s.contract_id
              where s.tenant_id = body and s.id = asked
                and c.state <> 'DRAFT' and not (c.state = 'DISPOSED' and tg_op = 'UPDATE')) then
    raise exception 'what was handed in for a dispatched contract is settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger settled_after_dispatch before insert or update or delete on submission_wanted
    for each row execute function refuse_submission_change();
create trigger settled_after_dispatch before insert or update on submission_file
    for each row execute function refuse_submission_change();
create trigger rests_on_bytes before insert on submission_file
    for each row execute function insist_on_object('sha256');

-- As in V115; what a counterparty handed in is needed, too, until nothing will be done with it.
create or replace function object_needed(body uuid, file char(64)) returns boolean language sql stable as $$
    select exists (select from contract c where c.tenant_id = $1 and c.document_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.prepared_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.final_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_masked_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from revision r join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
                    where r.tenant_id = $1 and r.sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract_attachment a join contract c on c.tenant_id = a.tenant_id and c.id = a.contract_id
                    where a.tenant_id = $1 and $2 in (a.sha256, a.original_sha256) and c.state <> 'DISPOSED')
        or exists (select from protection p join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                    where p.tenant_id = $1 and p.sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from template t where t.tenant_id = $1 and $2 in (t.document_sha256, t.original_sha256))
        or exists (select from elsewhere_upload u where u.tenant_id = $1 and u.sha256 = $2 and u.given_up_at is null)
        or exists (select from submission_file f
                     join submission_wanted w on w.tenant_id = f.tenant_id and w.id = f.wanted_id
                     join submission_call s on s.tenant_id = w.tenant_id and s.id = w.call_id
                     left join contract c on c.tenant_id = s.tenant_id and c.id = s.contract_id
                    where f.tenant_id = $1 and f.sha256 = $2 and f.given_up_at is null
                      and (c.id is null or c.state <> 'DISPOSED'))
$$;
create or replace function refuse_needless_erasure() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and row_security_active(tg_relid) and being_erased() then
    return old;
  end if;
  if tg_op = 'DELETE' then
    raise exception 'the record of object % stays', old.sha256 using errcode = 'insufficient_privilege';
  end if;
  if new.erased_at is not null and old.erased_at is null and (
       object_needed(old.tenant_id, old.sha256)
       or not (exists (select from disposal_object o where o.tenant_id = old.tenant_id and o.sha256 = old.sha256)
            or exists (select from elsewhere_upload u where u.tenant_id = old.tenant_id and u.sha256 = old.sha256
                          and u.given_up_at is not null)
            or exists (select from submission_file f where f.tenant_id = old.tenant_id and f.sha256 = old.sha256
                          and f.given_up_at is not null))) then
    raise exception 'object % is needed', old.sha256 using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
