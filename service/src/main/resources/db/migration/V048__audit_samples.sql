-- 監査の抽出. Which contracts an auditor may look into, and from when until when; nothing is deleted, it ends.
create table audit_sample (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    auditor_id uuid        not null,
    purpose    text        not null check (length(purpose) between 1 and 200),
    method     text        not null check (method in ('LOT', 'PICKED')),
    -- What was asked for, as an address asks it, and how many contracts fitted at that moment.
    conditions text        not null,
    candidates int         not null check (candidates > 0),
    -- By which anybody can draw the same lot again.
    seed       text,
    drawn_at   timestamptz not null,
    opened_at  timestamptz,
    opened_by  uuid,
    open_from  timestamptz,
    -- Exclusively.
    open_until timestamptz,
    ended_at   timestamptz,
    ended_by   uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, auditor_id) references staff (tenant_id, id),
    foreign key (tenant_id, opened_by) references staff (tenant_id, id),
    foreign key (tenant_id, ended_by) references staff (tenant_id, id),
    constraint a_lot_has_a_seed check ((method = 'LOT') = (seed is not null)),
    constraint opened_by_somebody_for_a_time
        check (num_nonnulls(opened_at, opened_by, open_from, open_until) in (0, 4)
           and open_until > open_from and open_until > opened_at),
    constraint opened_by_somebody_else check (opened_by <> auditor_id),
    constraint ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
create index audit_sample_of_auditor on audit_sample (tenant_id, auditor_id);

create table audit_sample_contract (
    tenant_id   uuid not null default current_tenant(),
    sample_id   uuid not null,
    contract_id uuid not null,
    primary key (tenant_id, sample_id, contract_id),
    foreign key (tenant_id, sample_id) references audit_sample (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
create index audit_sample_of_contract on audit_sample_contract (tenant_id, contract_id);

-- What an administrator opened is what was drawn: nothing joins it afterwards.
create function refuse_late_contract() returns trigger language plpgsql as $$
begin
  if (select opened_at is not null or ended_at is not null from audit_sample
       where tenant_id = new.tenant_id and id = new.sample_id) then
    raise exception 'sample % is settled', new.sample_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger only_before_it_is_opened before insert on audit_sample_contract
    for each row execute function refuse_late_contract();

do $$
declare t text;
begin
  foreach t in array array['audit_sample', 'audit_sample_contract'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert on audit_sample, audit_sample_contract to musubi_app;
grant update (opened_at, opened_by, open_from, open_until, ended_at, ended_by) on audit_sample to musubi_app;

-- The contracts that samples open to an auditor at a moment.
create function drawn_for(auditor uuid, moment timestamptz) returns setof uuid
    language sql stable parallel safe
begin atomic
    select c.contract_id
      from audit_sample s
      join audit_sample_contract c on c.tenant_id = s.tenant_id and c.sample_id = s.id
     where s.auditor_id = auditor and s.open_from <= moment and s.open_until > moment
       and s.ended_at is null;
end;

-- The same from the other side: to whom a contract is open.
create function auditors_of(contract uuid, moment timestamptz) returns setof uuid
    language sql stable parallel safe
begin atomic
    select s.auditor_id
      from audit_sample_contract c
      join audit_sample s on s.tenant_id = c.tenant_id and s.id = c.sample_id
     where c.contract_id = contract and s.open_from <= moment and s.open_until > moment
       and s.ended_at is null;
end;
