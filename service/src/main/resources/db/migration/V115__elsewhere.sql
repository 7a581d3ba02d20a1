-- 他社サービスで締結した契約 (E-06). A contract that a supplier's service concluded is registered with its file as it was
-- received, beside ours: in the same register, found, kept and disposed of alike. It has no 締結証明書, for we saw nothing.
alter table contract drop constraint contract_state_check;
alter table contract add constraint contract_state_check
    check (state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING', 'CONCLUDED', 'ELSEWHERE', 'DISPOSED',
                     'DECLINED', 'RETURNED', 'WITHDRAWN', 'EXPIRED', 'ON_PAPER'));
-- I1, I4. What was concluded here has its certificate, what was concluded elsewhere has none, and that stays so when it
-- is disposed of: it is how the two are told apart then.
alter table contract drop constraint concluded_means_sealed_and_certified;
alter table contract add constraint concluded_means_sealed_and_certified
    check ((state in ('CONCLUDED', 'ELSEWHERE', 'DISPOSED')) = (final_sha256 is not null)
       and (state in ('CONCLUDED', 'ELSEWHERE', 'DISPOSED')) = (concluded_at is not null)
       and (state <> 'CONCLUDED' or certificate_sha256 is not null)
       and (state in ('CONCLUDED', 'DISPOSED') or certificate_sha256 is null));
alter table contract drop constraint concluded_means_certified_for_both;
alter table contract add constraint concluded_means_certified_for_both
    check ((certificate_sha256 is null) = (certificate_masked_sha256 is null));
-- Byte for byte: the file that was received is the one that is kept.
alter table contract add constraint elsewhere_as_received
    check (state <> 'ELSEWHERE' or (document_sha256 = final_sha256 and prepared_sha256 is null));
alter table contract drop constraint dispatched_has_deadline;
alter table contract add constraint dispatched_has_deadline
    check (state in ('DRAFT', 'ON_PAPER', 'WITHDRAWN', 'ELSEWHERE') or (state = 'DISPOSED' and certificate_sha256 is null)
        or (deadline is not null and prepared_sha256 is not null and office_id is not null
            and (state = 'SCHEDULED' or dispatched_at is not null)));

-- A file that was received and judged, and waits for somebody to say of which contract it is.
create table elsewhere_upload (
    tenant_id   uuid        not null default current_tenant() references body (id),
    id          uuid        not null,
    staff_id    uuid        not null,
    service     text        not null check (length(service) between 1 and 400),
    file_name   text        not null,
    sha256      char(64)    not null,
    pages       int         not null check (pages > 0),
    standing    text        not null check (standing in ('SIGNED', 'UNPROVEN', 'ADDED', 'COPY')),
    -- What the validator said, as JSON; emptied when the file is given up.
    report      text        not null,
    judged_at   timestamptz not null,
    -- Not registered after all: its bytes may go.
    given_up_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id),
    foreign key (tenant_id, sha256) references vault_object (tenant_id, sha256)
);
create index elsewhere_upload_by_file on elsewhere_upload (tenant_id, sha256);
create index elsewhere_upload_waiting on elsewhere_upload (tenant_id, judged_at) where given_up_at is null;

-- What is known of how a contract was concluded elsewhere, as it was judged when it was registered.
create table elsewhere_record (
    tenant_id        uuid        not null default current_tenant(),
    contract_id      uuid        not null,
    service          text        not null check (length(service) between 1 and 400),
    standing         text        not null check (standing in ('SIGNED', 'UNPROVEN', 'ADDED', 'COPY')),
    report           text        not null,
    judged_at        timestamptz not null,
    -- The last proven time in the file, and until when that proof can be verified; empty where nothing is proven.
    proven_at        timestamptz,
    verifiable_until timestamptz,
    registered_name  text        not null,
    registered_at    timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
create index elsewhere_record_by_end on elsewhere_record (tenant_id, verifiable_until);

do $$
declare t text;
begin
  foreach t in array array['elsewhere_upload', 'elsewhere_record'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
-- Registered, it is a contract's, and waits no more.
grant update (report, given_up_at), delete on elsewhere_upload to musubi_app;
grant update (report) on elsewhere_record to musubi_app;
create trigger append_only before delete or truncate on elsewhere_record
    for each statement execute function refuse_change();
create trigger blanked_when_disposed before update on elsewhere_record
    for each row execute function refuse_change_but_blanking('report');
create trigger rests_on_bytes before insert on elsewhere_upload
    for each row execute function insist_on_object('sha256');

-- As in V098, with what was concluded elsewhere.
create or replace function refuse_concluded_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and row_security_active(tg_relid) and being_erased() then
    return old;
  end if;
  if tg_op = 'DELETE' then
    if old.state <> 'DRAFT' then
      raise exception 'contract % was sent: nobody deletes it', old.number using errcode = 'insufficient_privilege';
    end if;
    return old;
  end if;
  if old.state not in ('CONCLUDED', 'ELSEWHERE', 'DISPOSED') then
    if new.state in ('ELSEWHERE', 'DISPOSED') then
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

-- As in V101; a file that waits to be registered is needed, too.
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
                          and u.given_up_at is not null))) then
    raise exception 'object % is needed', old.sha256 using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
