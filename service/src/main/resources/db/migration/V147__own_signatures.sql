-- 当事者型の併用 (S-16, 0080): a counterparty that puts a signature of its own upon the file before it agrees.
alter table party add column own_signature boolean not null default false
    constraint own_signature_of_a_counterparty check (not own_signature or kind = 'COUNTERPARTY');

-- 当事者署名. What a party handed in, checked, and kept with the proofs of its certificate; the seal of its agreement goes over it.
create table own_signature (
    tenant_id     uuid        not null default current_tenant(),
    id            uuid        not null,
    contract_id   uuid        not null,
    party_id      uuid        not null,
    -- How many seals stood in the file that it was put upon.
    seals         int         not null check (seals >= 1),
    base_sha256   char(64)    not null,
    -- As it was handed in; the file that is kept begins with it.
    handed_sha256 char(64)    not null,
    sha256        char(64)    not null,
    holder        text        not null check (length(holder) <= 4000),
    issuer        text        not null check (length(issuer) <= 4000),
    serial        text        not null check (length(serial) between 1 and 100),
    valid_until   timestamptz not null,
    taken_at      timestamptz not null,
    -- The party took it back, to sign anew: the file went on without it.
    taken_back_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id),
    foreign key (tenant_id, sha256) references vault_object (tenant_id, sha256)
);
create unique index one_own_signature on own_signature (tenant_id, party_id) where taken_back_at is null;
create unique index one_own_signature_upon on own_signature (tenant_id, contract_id, seals) where taken_back_at is null;
create index own_signature_file on own_signature (tenant_id, sha256);

alter table own_signature enable row level security;
alter table own_signature force row level security;
create policy own_tenant on own_signature using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on own_signature to musubi_app;
grant update (taken_back_at) on own_signature to musubi_app;
create trigger rests_on_bytes before insert on own_signature
    for each row execute function insist_on_object('sha256');

-- Only of a party that was asked for one, while it has not agreed; what was taken stays on record as it was.
create function refuse_own_signature_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if row_security_active(tg_relid) and being_erased() then
      return old;
    end if;
    raise exception 'the record of an own signature stays' using errcode = 'insufficient_privilege';
  end if;
  if tg_op = 'UPDATE' and (old.taken_back_at is not null or new.taken_back_at is null) then
    raise exception 'an own signature is taken back once' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from party p where p.tenant_id = new.tenant_id and p.id = new.party_id
                    and p.contract_id = new.contract_id and p.own_signature)
     or exists (select from agreement a where a.tenant_id = new.tenant_id and a.party_id = new.party_id)
     or not exists (select from contract c where c.tenant_id = new.tenant_id and c.id = new.contract_id
                       and c.state = 'AWAITING_AGREEMENTS') then
    raise exception 'no own signature of this party is awaited' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger settled_by_agreement before insert or update or delete on own_signature
    for each row execute function refuse_own_signature_change();

-- Nobody agrees without the signature that was asked of them, whatever the code says.
create function insist_on_own_signature() returns trigger language plpgsql as $$
begin
  if exists (select from party p where p.tenant_id = new.tenant_id and p.id = new.party_id and p.own_signature)
     and not exists (select from own_signature o where o.tenant_id = new.tenant_id and o.party_id = new.party_id
                        and o.taken_back_at is null and o.sha256 = new.document_sha256) then
    raise exception 'the party has to sign itself first' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger signed_by_the_party before insert on agreement
    for each row execute function insist_on_own_signature();

-- As in V137; a file with a party's own signature is needed, too.
create or replace function object_needed(body uuid, file char(64)) returns boolean language sql stable as $$
    select exists (select from contract c where c.tenant_id = $1 and c.document_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.prepared_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.final_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_masked_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from revision r join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
                    where r.tenant_id = $1 and r.sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from own_signature o join contract c on c.tenant_id = o.tenant_id and c.id = o.contract_id
                    where o.tenant_id = $1 and o.sha256 = $2 and c.state <> 'DISPOSED')
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
        or exists (select from mandate_version m where m.tenant_id = $1 and m.sha256 = $2)
$$;
