-- 利用終了. A body hands its data over and has what remains erased: two of its people ask, two operators carry it out, and
-- the record of it stays. The record is no row of the body's own, or it would be erased with the others: it is seen by the
-- body that it is about, and by the operators.
create table handover (
    tenant_id       uuid        not null default current_tenant() references body (id),
    id              uuid        not null,
    made_by         uuid        not null,
    made_name       text        not null,
    made_at         timestamptz not null,
    -- SHA-256 of SHA256SUMS, which names every file of the set.
    manifest_sha256 char(64)    not null check (manifest_sha256 ~ '^[0-9a-f]{64}$'),
    record_rows     bigint      not null check (record_rows >= 0),
    files           bigint      not null check (files >= 0),
    bytes           bigint      not null check (bytes >= 0),
    parts           int         not null check (parts >= 0),
    primary key (tenant_id, id)
);
create index handover_newest on handover (tenant_id, made_at desc);
-- Which stored file is in which part, as it was when the set was made.
create table handover_file (
    tenant_id   uuid     not null default current_tenant(),
    handover_id uuid     not null,
    sha256      char(64) not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes       bigint   not null check (bytes > 0),
    part        int      not null check (part > 0),
    primary key (tenant_id, handover_id, sha256),
    -- The set is noted when it is whole.
    foreign key (tenant_id, handover_id) references handover (tenant_id, id) deferrable initially deferred
);
do $$
declare t text;
begin
  foreach t in array array['handover', 'handover_file'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;

create table closure (
    id             uuid        primary key,
    -- No reference: the body's row goes, too.
    body_id        uuid        not null,
    body_code      text        not null,
    body_name      text        not null,
    reason         text        not null check (length(reason) between 1 and 500),
    -- The last day of use that the body named.
    use_until      date        not null,
    contact_name   text        not null check (length(contact_name) between 1 and 100),
    contact_mail   text        not null,
    wants_witness  boolean     not null,
    proposed_by    uuid        not null,
    proposed_name  text        not null,
    proposed_mail  text        not null,
    proposed_at    timestamptz not null,
    confirmed_by   uuid,
    confirmed_name text,
    confirmed_mail text,
    confirmed_at   timestamptz,
    -- The first day on which it may be carried out; until it begins it may be cancelled.
    due            date,
    ordered_by     uuid,
    ordered_name   text,
    ordered_mail   text,
    ordered_at     timestamptz,
    witness        text        check (length(witness) between 1 and 200),
    approved_by    uuid,
    approved_name  text,
    approved_mail  text,
    approved_at    timestamptz,
    cancelled_name text,
    cancelled_at   timestamptz,
    cancelled_why  text        check (length(cancelled_why) between 1 and 500),
    began_at       timestamptz,
    -- What was there when it began: JSON.
    before         text,
    ended_at       timestamptz,
    -- 消去報告書: JSON, as it was made once.
    report         text,
    constraint confirmed_at_once
        check (num_nonnulls(confirmed_by, confirmed_name, confirmed_mail, confirmed_at, due) in (0, 5)),
    constraint ordered_at_once check (num_nonnulls(ordered_by, ordered_name, ordered_mail, ordered_at) in (0, 4)),
    constraint approved_at_once check (num_nonnulls(approved_by, approved_name, approved_mail, approved_at) in (0, 4)),
    constraint cancelled_at_once check (num_nonnulls(cancelled_name, cancelled_at, cancelled_why) in (0, 3)),
    constraint begun_at_once check (num_nonnulls(began_at, before) in (0, 2)),
    constraint ended_at_once check (num_nonnulls(ended_at, report) in (0, 2)),
    constraint one_after_the_other check (
        (ordered_at is null or confirmed_at is not null) and (approved_at is null or ordered_at is not null)
        and (began_at is null or approved_at is not null) and (ended_at is null or began_at is not null)
        and (began_at is null or cancelled_at is null)),
    constraint confirmed_by_somebody_else
        check (confirmed_by <> proposed_by and lower(btrim(confirmed_mail)) <> lower(btrim(proposed_mail))),
    constraint approved_by_somebody_else
        check (approved_by <> ordered_by and lower(btrim(approved_mail)) <> lower(btrim(ordered_mail))),
    constraint due_after_use check (due > use_until)
);
create unique index closure_open on closure (body_id) where cancelled_at is null;
alter table closure enable row level security;
alter table closure force row level security;
create policy own_body_and_operators on closure
    using (body_id = current_tenant()
           or exists (select from body b where b.id = current_tenant() and b.kind = 'OPERATOR'))
    with check (body_id = current_tenant()
           or exists (select from body b where b.id = current_tenant() and b.kind = 'OPERATOR'));
grant select, insert on closure to musubi_app;
grant update (confirmed_by, confirmed_name, confirmed_mail, confirmed_at, due,
              ordered_by, ordered_name, ordered_mail, ordered_at, witness,
              approved_by, approved_name, approved_mail, approved_at,
              cancelled_name, cancelled_at, cancelled_why, ended_at, report) on closure to musubi_app;

-- What was written stays; each step follows the one before; a record of it is never deleted.
create function closure_goes_forward() returns trigger language plpgsql as $$
declare
  step text;
begin
  if tg_op = 'INSERT' then
    if num_nonnulls(new.confirmed_at, new.ordered_at, new.approved_at, new.cancelled_at, new.began_at, new.ended_at) > 0 then
      raise exception 'a closure begins with its proposal' using errcode = 'check_violation';
    end if;
    if exists (select from body b where b.id = new.body_id and b.kind = 'OPERATOR') then
      raise exception 'the operators'' own body is not closed' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  foreach step in array array['id', 'body_id', 'body_code', 'body_name', 'reason', 'use_until', 'contact_name',
                              'contact_mail', 'wants_witness', 'proposed_by', 'proposed_name', 'proposed_mail',
                              'proposed_at', 'confirmed_by', 'confirmed_name', 'confirmed_mail', 'confirmed_at', 'due',
                              'ordered_by', 'ordered_name', 'ordered_mail', 'ordered_at', 'witness', 'approved_by',
                              'approved_name', 'approved_mail', 'approved_at', 'cancelled_name', 'cancelled_at',
                              'cancelled_why', 'began_at', 'before', 'ended_at', 'report'] loop
    if to_jsonb(old) -> step <> 'null' and to_jsonb(new) -> step is distinct from to_jsonb(old) -> step then
      raise exception '% of closure % is settled', step, old.id using errcode = 'check_violation';
    end if;
  end loop;
  if old.cancelled_at is not null or old.ended_at is not null then
    raise exception 'closure % is settled', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger goes_forward before insert or update on closure
    for each row execute function closure_goes_forward();
-- Not refuse_change, which lets through what is erased below.
create function closure_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the record of a closure stays' using errcode = 'insufficient_privilege';
end $$;
create trigger never_deleted before delete or truncate on closure
    for each statement execute function closure_stays();

-- From when on no work is done for the body any more.
alter table body add column erasing_since timestamptz;

-- Why the current body may not be erased yet, if there is a reason. Beside the rows of the closure itself: contracts under
-- way, and holds.
create function closing_hindered_by() returns text language sql stable as $$
    select case
      when exists (select from contract c where c.tenant_id = current_tenant()
                      and c.state in ('SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING')) then 'UNDER_WAY'
      when exists (select from disposal_hold h where h.tenant_id = current_tenant() and h.ended_at is null) then 'HELD'
      when not exists (select from handover h where h.tenant_id = current_tenant()) then 'NOT_HANDED_OVER'
    end
$$;

-- The door of 0007, which nobody else has: open for the body that is bound, from the moment its closure began until it
-- ended, and only where row security holds, so that no hand deletes the rows of another body through it.
create function being_erased() returns boolean language sql stable as $$
    select exists (select from closure c where c.body_id = current_tenant() and c.began_at is not null and c.ended_at is null)
$$;

-- Begins: two people of the body and two operators have settled it, its day has come, and nothing hinders it.
create function begin_erasure(at timestamptz, inventory text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hindered text := closing_hindered_by();
begin
  if hindered is not null then
    raise exception 'body % is not erased: %', current_tenant(), hindered using errcode = 'insufficient_privilege';
  end if;
  update closure set began_at = at, before = inventory
   where body_id = current_tenant() and approved_at is not null and began_at is null and cancelled_at is null
     and due <= (now() at time zone 'Asia/Tokyo')::date;
  if not found then
    raise exception 'no closure of body % is due', current_tenant() using errcode = 'insufficient_privilege';
  end if;
  update body set erasing_since = at where id = current_tenant();
end $$;

-- Every table with rows of bodies, from the catalogue: one that is added later is among them.
create function tables_of_bodies() returns setof text language sql stable as $$
    select c.relname::text
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
     order by 1
$$;

-- How many rows the current body has in each; the service's role may not read all of them itself.
create function rows_of_body() returns table (relation text, rows_there bigint)
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
  for relation in select t from tables_of_bodies() t loop
    execute format('select count(*) from %I where tenant_id = current_tenant()', relation) into rows_there;
    return next;
  end loop;
end $$;

-- Deletes the current body's rows of these tables, which refer to each other or are one.
create function erase_rows(relations text[]) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
  deleted bigint;
begin
  if not being_erased() then
    raise exception 'body % is not being erased', current_tenant() using errcode = 'insufficient_privilege';
  end if;
  if cardinality(relations) = 0 or exists (select from unnest(relations) r where r <> all (array(select tables_of_bodies()))) then
    raise exception 'no tables of bodies: %', relations using errcode = 'insufficient_privilege';
  end if;
  execute (
    select 'with ' || string_agg(format('t%s as (delete from %I where tenant_id = current_tenant() returning 1)', n, r), ', ')
           || ' select ' || string_agg(format('(select count(*) from t%s)', n), ' + ')
      from unnest(relations) with ordinality as u (r, n)) into deleted;
  return deleted;
end $$;

-- The body itself, last: what still refers to it keeps it from going.
create function erase_body() returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not being_erased() then
    raise exception 'body % is not being erased', current_tenant() using errcode = 'insufficient_privilege';
  end if;
  delete from body where id = current_tenant();
end $$;

revoke all on function begin_erasure(timestamptz, text), rows_of_body(), erase_rows(text[]), erase_body() from public;
grant execute on function begin_erasure(timestamptz, text), rows_of_body(), erase_rows(text[]), erase_body() to musubi_app;

-- Whatever refuses a deletion lets this one through, and no other.
do $$
declare
  refusing regprocedure;
begin
  for refusing in
    select distinct t.tgfoid::regprocedure
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and (t.tgtype & 8) <> 0 and c.relname::text = any (array(select tables_of_bodies()))
  loop
    execute regexp_replace(
        pg_get_functiondef(refusing), E'\nbegin\n',
        E'\nbegin\n  if tg_op = ''DELETE'' and row_security_active(tg_relid) and being_erased() then\n    return old;\n  end if;\n');
  end loop;
end $$;
