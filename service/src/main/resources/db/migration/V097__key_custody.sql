-- 鍵の管理. A key that one operator proposed and another confirmed; a row of the operators' own body. Nothing is taken
-- back: what was confirmed stays on record, and another key takes its place by the same way.
create table key_custody (
    tenant_id      uuid        not null default current_tenant() references body (id),
    kind           text        not null check (kind in ('SEAL', 'MASTER')),
    -- SHA-256 of the certificate, or the master key's own name.
    fingerprint    text        not null check (length(fingerprint) between 8 and 128),
    description    text        not null,
    reason         text        not null check (length(reason) between 1 and 500),
    proposed_by    uuid        not null,
    proposed_name  text        not null,
    proposed_mail  text        not null,
    proposed_at    timestamptz not null,
    confirmed_by   uuid,
    confirmed_name text,
    confirmed_mail text,
    confirmed_at   timestamptz,
    primary key (tenant_id, kind, fingerprint),
    foreign key (tenant_id, proposed_by) references staff (tenant_id, id),
    foreign key (tenant_id, confirmed_by) references staff (tenant_id, id),
    constraint confirmed_at_once
        check (num_nonnulls(confirmed_by, confirmed_name, confirmed_mail, confirmed_at) in (0, 4)),
    constraint confirmed_by_somebody_else
        check (confirmed_by <> proposed_by
               and lower(btrim(confirmed_mail)) <> lower(btrim(proposed_mail)))
);

-- Two steps, and the second is the last.
create function key_custody_goes_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.confirmed_at is not null then
      raise exception 'key % is proposed first', new.fingerprint using errcode = 'check_violation';
    end if;
  elsif old.confirmed_at is not null then
    raise exception 'key % is settled', old.fingerprint using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger two_steps before insert or update on key_custody
    for each row execute function key_custody_goes_forward();

alter table key_custody enable row level security;
alter table key_custody force row level security;
create policy own_tenant on key_custody
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on key_custody to musubi_app;
grant update (confirmed_by, confirmed_name, confirmed_mail, confirmed_at) on key_custody to musubi_app;
