-- 廃棄. What was concluded is deleted by nobody: a contract whose 保存年限 has ended is disposed of by two people, its bytes
-- are erased, and a record of it stays. The rules stand here, too, so that no code and no hand at the database passes them.
alter table contract drop constraint contract_state_check;
alter table contract add constraint contract_state_check
    check (state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING', 'CONCLUDED', 'DISPOSED', 'DECLINED',
                     'RETURNED', 'WITHDRAWN', 'EXPIRED', 'ON_PAPER'));
-- I1, I4. A contract that was disposed of keeps what it was concluded as: when, and the digests of its files.
alter table contract drop constraint concluded_means_sealed_and_certified;
alter table contract add constraint concluded_means_sealed_and_certified
    check ((state in ('CONCLUDED', 'DISPOSED')) = (final_sha256 is not null)
       and (state in ('CONCLUDED', 'DISPOSED')) = (concluded_at is not null)
       and (state in ('CONCLUDED', 'DISPOSED')) = (certificate_sha256 is not null));
alter table contract drop constraint concluded_means_certified_for_both;
alter table contract add constraint concluded_means_certified_for_both
    check ((state in ('CONCLUDED', 'DISPOSED')) = (certificate_masked_sha256 is not null));

-- The last day of 保存年限: whole fiscal years, counted from the end of the one in which the contract ended. Empty where
-- none is noted, or 永年: such a contract is never due.
create function kept_until(ended date, years int) returns date
    language sql immutable strict parallel safe
    return make_date(extract(year from ended)::int - case when extract(month from ended) < 4 then 1 else 0 end
                     + 1 + years, 3, 31);
-- Not in plain SQL, which would want the register to be there already.
create function contract_kept_until(body uuid, contract uuid) returns date language plpgsql stable as $$
begin
  return (
    select kept_until(greatest(c.period_until, c.contract_date, (c.concluded_at at time zone 'Asia/Tokyo')::date),
                      e.keeping_years)
      from contract c
      join register_entry e on e.tenant_id = c.tenant_id and e.contract_id = c.id
     where c.tenant_id = $1 and c.id = $2 and not e.keeping_forever);
end $$;

-- 廃棄の保留: as long as one is open, nothing of the contract is disposed of.
create table disposal_hold (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null,
    contract_id  uuid        not null,
    kind         text        not null check (kind in ('LAWSUIT', 'AUDIT', 'DISCLOSURE', 'OTHER')),
    reason       text        not null check (length(reason) between 1 and 2000),
    placed_by    uuid        not null,
    placed_name  text        not null,
    placed_at    timestamptz not null,
    ended_name   text,
    ended_reason text,
    ended_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, placed_by) references staff (tenant_id, id),
    constraint ended_by_somebody check (num_nonnulls(ended_name, ended_reason, ended_at) in (0, 3))
);
create index disposal_hold_open on disposal_hold (tenant_id, contract_id) where ended_at is null;

-- 廃棄の案: proposed by one, confirmed by another or sent back.
create table disposal_proposal (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    reason         text        not null check (length(reason) between 1 and 2000),
    proposed_by    uuid        not null,
    proposed_name  text        not null,
    proposed_at    timestamptz not null,
    outcome        text        check (outcome in ('CONFIRMED', 'RETURNED')),
    decided_by     uuid,
    decided_name   text,
    decided_reason text,
    decided_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, proposed_by) references staff (tenant_id, id),
    foreign key (tenant_id, decided_by) references staff (tenant_id, id),
    constraint decided_at_once check (num_nonnulls(outcome, decided_by, decided_name, decided_at) in (0, 4)),
    constraint returned_says_why check ((outcome is not distinct from 'RETURNED') = (decided_reason is not null)),
    constraint confirmed_by_somebody_else check (outcome <> 'CONFIRMED' or decided_by <> proposed_by)
);
create table disposal_item (
    tenant_id   uuid    not null default current_tenant(),
    proposal_id uuid    not null,
    contract_id uuid    not null,
    -- Until the proposal is decided on.
    open        boolean not null default true,
    primary key (tenant_id, proposal_id, contract_id),
    foreign key (tenant_id, proposal_id) references disposal_proposal (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
-- Two people at once, or a click twice, propose a contract once.
create unique index disposal_item_open on disposal_item (tenant_id, contract_id) where open;

create function refuse_second_disposal_decision() returns trigger language plpgsql as $$
begin
  if old.outcome is not null then
    raise exception 'disposal proposal % is settled', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decided_once before update on disposal_proposal
    for each row execute function refuse_second_disposal_decision();

-- 廃棄記録: what was disposed of, by whom, when, why, how. Written with the state, and it stays.
create table disposal_record (
    tenant_id      uuid        not null default current_tenant(),
    contract_id    uuid        not null,
    proposal_id    uuid        not null,
    number         text        not null,
    title          text        not null,
    kind           text        not null,
    counterparties text        not null,
    section        text        not null,
    contract_date  date,
    period_until   date,
    concluded_at   timestamptz not null,
    keeping_years  int         not null,
    kept_until     date        not null,
    reason         text        not null,
    proposed_name  text        not null,
    proposed_at    timestamptz not null,
    confirmed_name text        not null,
    confirmed_at   timestamptz not null,
    -- How they proved to be there: factors.
    confirmed_how  text        not null,
    -- When the last of its bytes was gone; the promise above comes first, the effect after.
    erased_at      timestamptz,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, proposal_id, contract_id)
        references disposal_item (tenant_id, proposal_id, contract_id)
);
create index disposal_record_by_time on disposal_record (tenant_id, confirmed_at);
create index disposal_record_to_erase on disposal_record (tenant_id) where erased_at is null;

-- Which stored files that means, and what became of each.
create table disposal_object (
    tenant_id   uuid     not null default current_tenant(),
    contract_id uuid     not null,
    sha256      char(64) not null check (sha256 ~ '^[0-9a-f]{64}$'),
    role        text     not null check (role in ('DOCUMENT', 'PREPARED', 'REVISION', 'FINAL', 'CERTIFICATE',
                             'CERTIFICATE_COPY', 'ATTACHMENT')),
    name        text     not null,
    bytes       bigint   not null,
    -- KEPT: another contract of the body still needs the same bytes.
    outcome     text     check (outcome in ('ERASED', 'KEPT')),
    settled_at  timestamptz,
    primary key (tenant_id, contract_id, sha256),
    foreign key (tenant_id, contract_id) references disposal_record (tenant_id, contract_id),
    constraint settled_says_how check ((outcome is null) = (settled_at is null))
);

do $$
declare t text;
begin
  foreach t in array array['disposal_hold', 'disposal_proposal', 'disposal_item', 'disposal_record', 'disposal_object'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
    execute format('create trigger never_deleted before delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
grant update (ended_name, ended_reason, ended_at) on disposal_hold to musubi_app;
grant update (outcome, decided_by, decided_name, decided_reason, decided_at) on disposal_proposal to musubi_app;
grant update (open) on disposal_item to musubi_app;
grant update (erased_at) on disposal_record to musubi_app;
grant update (outcome, settled_at) on disposal_object to musubi_app;

-- A record is of what two people settled, of a contract that was due and not held: or there is none.
create function insist_on_two_people() returns trigger language plpgsql as $$
begin
  if not exists (select from disposal_proposal p
                  where p.tenant_id = new.tenant_id and p.id = new.proposal_id
                    and p.outcome = 'CONFIRMED' and p.decided_by <> p.proposed_by) then
    raise exception 'disposal of contract % is not confirmed by a second person', new.contract_id
        using errcode = 'insufficient_privilege';
  end if;
  if not coalesce(contract_kept_until(new.tenant_id, new.contract_id) < (now() at time zone 'Asia/Tokyo')::date, false) then
    raise exception 'contract % is still to be kept', new.contract_id using errcode = 'insufficient_privilege';
  end if;
  if exists (select from disposal_hold h where h.tenant_id = new.tenant_id
                and h.contract_id = new.contract_id and h.ended_at is null) then
    raise exception 'contract % is held', new.contract_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger by_two_people before insert on disposal_record
    for each row execute function insist_on_two_people();
create function refuse_record_change() returns trigger language plpgsql as $$
begin
  if old.erased_at is not null or (to_jsonb(new) - 'erased_at') <> (to_jsonb(old) - 'erased_at') then
    raise exception 'what was recorded of a disposal stays' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger stays_as_recorded before update on disposal_record
    for each row execute function refuse_record_change();

-- 締結済文書の削除制限. No hand deletes a concluded contract or takes its files from it, the owner's neither.
create function refuse_concluded_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'DRAFT' then
      raise exception 'contract % was sent: nobody deletes it', old.number using errcode = 'insufficient_privilege';
    end if;
    return old;
  end if;
  if old.state not in ('CONCLUDED', 'DISPOSED') then
    if new.state = 'DISPOSED' then
      raise exception 'contract % was not concluded', old.number using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if (new.tenant_id, new.id, new.number, new.document_sha256, new.prepared_sha256, new.final_sha256,
      new.certificate_sha256, new.certificate_masked_sha256)
     is distinct from
     (old.tenant_id, old.id, old.number, old.document_sha256, old.prepared_sha256, old.final_sha256,
      old.certificate_sha256, old.certificate_masked_sha256)
     or (new.state <> old.state and not (new.state = 'DISPOSED' and exists (
           select from disposal_record r where r.tenant_id = old.tenant_id and r.contract_id = old.id))) then
    raise exception 'contract % is concluded: it stays as it is', old.number using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger concluded_stays before update or delete on contract
    for each row execute function refuse_concluded_change();
create trigger never_emptied before truncate on contract
    for each statement execute function refuse_change();

-- 原本の消去. When the bytes of an object were taken out of both stores; what is known of it stays.
alter table vault_object add column erased_at timestamptz;
grant update (erased_at, stored_at) on vault_object to musubi_app;
create index contract_by_document on contract (tenant_id, document_sha256);
create index contract_by_prepared on contract (tenant_id, prepared_sha256);
create index contract_by_final on contract (tenant_id, final_sha256);
create index contract_by_certificate on contract (tenant_id, certificate_sha256);
create index contract_by_certificate_copy on contract (tenant_id, certificate_masked_sha256);
create index revision_by_file on revision (tenant_id, sha256);
create index attachment_by_file on contract_attachment (tenant_id, sha256);
create index attachment_by_original on contract_attachment (tenant_id, original_sha256);
create index template_by_document on template (tenant_id, document_sha256);

-- Whether anything that is not disposed of has this file.
create function object_needed(body uuid, file char(64)) returns boolean language sql stable as $$
    select exists (select from contract c where c.tenant_id = $1 and c.document_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.prepared_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.final_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_masked_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from revision r join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
                    where r.tenant_id = $1 and r.sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract_attachment a join contract c on c.tenant_id = a.tenant_id and c.id = a.contract_id
                    where a.tenant_id = $1 and $2 in (a.sha256, a.original_sha256) and c.state <> 'DISPOSED')
        or exists (select from template t where t.tenant_id = $1 and $2 in (t.document_sha256, t.original_sha256))
$$;

create function refuse_needless_erasure() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'the record of object % stays', old.sha256 using errcode = 'insufficient_privilege';
  end if;
  if new.erased_at is not null and old.erased_at is null and (
       object_needed(old.tenant_id, old.sha256)
       or not exists (select from disposal_object o where o.tenant_id = old.tenant_id and o.sha256 = old.sha256)) then
    raise exception 'object % is needed', old.sha256 using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger erased_by_disposal before update or delete on vault_object
    for each row execute function refuse_needless_erasure();

-- Nothing new may rest on bytes that are gone. The row is held until the end of the transaction, so that an erasure
-- either sees who needs it or was first.
create function insist_on_object() returns trigger language plpgsql as $$
declare
  col text;
  file char(64);
begin
  foreach col in array tg_argv loop
    file := to_jsonb(new) ->> col;
    if file is not null and (tg_op = 'INSERT' or file is distinct from to_jsonb(old) ->> col) then
      perform from vault_object o where o.tenant_id = new.tenant_id and o.sha256 = file for key share;
      if exists (select from vault_object o where o.tenant_id = new.tenant_id and o.sha256 = file
                    and o.erased_at is not null) then
        raise exception 'object % was erased', file using errcode = 'foreign_key_violation';
      end if;
    end if;
  end loop;
  return new;
end $$;
create trigger rests_on_bytes before insert or update on contract
    for each row execute function insist_on_object('document_sha256', 'prepared_sha256', 'final_sha256',
                                                   'certificate_sha256', 'certificate_masked_sha256');
create trigger rests_on_bytes before insert or update on revision
    for each row execute function insist_on_object('sha256');
create trigger rests_on_bytes before insert or update on contract_attachment
    for each row execute function insist_on_object('sha256');
create trigger rests_on_bytes before insert or update on template
    for each row execute function insist_on_object('document_sha256');

-- 個人に関する記載 of a contract that was disposed of may be blanked, and of no other.
create function is_disposed(body uuid, contract uuid) returns boolean language sql stable as $$
    select exists (select from contract c where c.tenant_id = $1 and c.id = $2 and c.state = 'DISPOSED')
$$;
create or replace function refuse_party_change() returns trigger language plpgsql as $$
begin
  if exists (select from contract c where c.tenant_id = old.tenant_id and c.id = old.contract_id
                and c.state <> 'DRAFT')
     and not (tg_op = 'UPDATE' and is_disposed(old.tenant_id, old.contract_id)
              and (to_jsonb(new) - array['name', 'title', 'mail', 'phone', 'identification'])
                = (to_jsonb(old) - array['name', 'title', 'mail', 'phone', 'identification'])) then
    raise exception 'the parties of a dispatched contract are settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create function refuse_change_but_blanking() returns trigger language plpgsql as $$
begin
  if not (is_disposed(old.tenant_id, old.contract_id) and (to_jsonb(new) - tg_argv) = (to_jsonb(old) - tg_argv)) then
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop trigger append_only on agreement;
create trigger append_only before delete or truncate on agreement
    for each statement execute function refuse_change();
create trigger blanked_when_disposed before update on agreement
    for each row execute function refuse_change_but_blanking('client_ip', 'user_agent');
grant update (client_ip, user_agent) on agreement to musubi_app;
drop trigger append_only on delegation;
create trigger append_only before delete or truncate on delegation
    for each statement execute function refuse_change();
create trigger blanked_when_disposed before update on delegation
    for each row execute function refuse_change_but_blanking('title', 'name', 'mail');
grant update (title, name, mail) on delegation to musubi_app;
grant update (words, asked_by) on question to musubi_app;
grant delete on one_time_code, text_message to musubi_app;
