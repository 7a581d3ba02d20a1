-- 緊急閲覧. One operator asks to see one contract of this body, a second one approves; nothing is deleted, it ends.
-- The operators are staff of another body: they stand here by id, name and address as they were at that moment.
create table emergency_access (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    contract_id    uuid        not null,
    asked_by       uuid        not null,
    asked_name     text        not null,
    asked_mail     text        not null,
    reason         text        not null check (length(reason) between 1 and 500),
    -- The ticket, letter or call that it goes back to.
    reference      text        not null check (length(reference) between 1 and 200),
    hours          int         not null check (hours between 1 and 72),
    asked_at       timestamptz not null,
    approved_by    uuid,
    approved_name  text,
    approved_mail  text,
    approved_at    timestamptz,
    -- Exclusively.
    open_until     timestamptz,
    ended_at       timestamptz,
    ended_name     text,
    ended_side     text        check (ended_side in ('BODY', 'OPERATOR')),
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    constraint approved_at_once
        check (num_nonnulls(approved_by, approved_name, approved_mail, approved_at, open_until) in (0, 5)),
    constraint approved_by_somebody_else
        check (approved_by <> asked_by and lower(approved_mail) <> lower(asked_mail)),
    constraint open_for_what_was_asked
        check (open_until <= approved_at + make_interval(hours => hours)),
    constraint ended_by_somebody check (num_nonnulls(ended_at, ended_name, ended_side) in (0, 3))
);
create index emergency_access_asked on emergency_access (tenant_id, asked_at desc);

-- Who approved stays who approved, and what has ended stays so.
create function refuse_second_decision() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null or (old.approved_at is not null and new.approved_at is distinct from old.approved_at) then
    raise exception 'emergency % is settled', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger decided_once before update on emergency_access
    for each row execute function refuse_second_decision();

alter table emergency_access enable row level security;
alter table emergency_access force row level security;
create policy own_tenant on emergency_access
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on emergency_access to musubi_app;
grant update (approved_by, approved_name, approved_mail, approved_at, open_until, ended_at, ended_name, ended_side)
    on emergency_access to musubi_app;
