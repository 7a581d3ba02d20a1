-- フォルダ. A section's cabinet of contracts; folders nest, a contract lies in at most one.
create table folder (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    section_id uuid        not null,
    parent_id  uuid,
    name       text        not null check (length(name) between 1 and 400),
    -- 親展: only whom it names may know of what lies in it.
    confined   boolean     not null default false,
    made_at    timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, id, section_id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    -- What lies in a cabinet lies in that section's.
    foreign key (tenant_id, parent_id, section_id) references folder (tenant_id, id, section_id)
);
-- Two of one name could not be told apart, and a form sent twice makes one.
create unique index folder_by_name on folder
    (tenant_id, section_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), fold(name));
create index folder_by_parent on folder (tenant_id, parent_id);

create table folder_contract (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    folder_id   uuid        not null,
    filed_at    timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, folder_id) references folder (tenant_id, id)
);
create index folder_contract_by_folder on folder_contract (tenant_id, folder_id);

-- 公開先: sections that may see what lies in a folder and below, as if it were their own.
create table folder_opening (
    tenant_id  uuid not null default current_tenant(),
    folder_id  uuid not null,
    section_id uuid not null,
    primary key (tenant_id, folder_id, section_id),
    foreign key (tenant_id, folder_id) references folder (tenant_id, id) on delete cascade,
    foreign key (tenant_id, section_id) references section (tenant_id, id)
);

-- 親展のフォルダに名を挙げた職員. Naming opens nothing by itself: who had no right before has none.
create table folder_reader (
    tenant_id uuid not null default current_tenant(),
    folder_id uuid not null,
    staff_id  uuid not null,
    primary key (tenant_id, folder_id, staff_id),
    foreign key (tenant_id, folder_id) references folder (tenant_id, id) on delete cascade,
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['folder', 'folder_contract', 'folder_opening', 'folder_reader'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
-- An empty folder may go; that it was there stays in the record.
grant select, insert, update, delete on folder, folder_contract, folder_opening, folder_reader to musubi_app;

-- A folder and all above it, the nearest first.
create function folder_path(folder uuid) returns table (id uuid, height int)
    language sql stable parallel safe
begin atomic
    with recursive up (id, height) as (
        select folder, 0
        union all
        select f.parent_id, up.height + 1
          from folder f join up on f.id = up.id
         where f.parent_id is not null and up.height < 50
    )
    select id, height from up;
end;

-- These folders and all below them.
create function folders_below(roots uuid[]) returns setof uuid
    language sql stable parallel safe
begin atomic
    with recursive down (id) as (
        select unnest(roots)
        union
        select f.id from folder f join down on f.parent_id = down.id
    )
    select id from down;
end;

-- What is opened to these sections or to any below them on a day.
create function folders_opened(roots uuid[], day date) returns setof uuid
    language sql stable parallel safe
begin atomic
    select * from folders_below(array(
        select o.folder_id from folder_opening o
         where o.section_id in (select * from sections_covered(roots, day))));
end;
create function contracts_opened(roots uuid[], day date) returns setof uuid
    language sql stable parallel safe
begin atomic
    select c.contract_id from folder_contract c
     where c.folder_id in (select * from folders_opened(roots, day));
end;

-- What is kept from somebody: it, or a folder above it, is 親展 and does not name them.
create function folders_kept_from(person uuid) returns setof uuid
    language sql stable parallel safe
begin atomic
    select * from folders_below(array(
        select f.id from folder f
         where f.confined
           and not exists (select from folder_reader r
                            where r.tenant_id = f.tenant_id and r.folder_id = f.id
                              and r.staff_id = person)));
end;
create function contracts_kept_from(person uuid) returns setof uuid
    language sql stable parallel safe
begin atomic
    select c.contract_id from folder_contract c
     where c.folder_id in (select * from folders_kept_from(person));
end;

-- Nothing lies in itself, and nothing deeper than a person finds it. The service asks first, one
-- change of a body's folders at a time; this is for whatever does not.
create function refuse_folder_in_itself() returns trigger language plpgsql as $$
declare
  above int;
  below int;
begin
  if new.parent_id is null then
    return new;
  end if;
  if new.id in (select p.id from folder_path(new.parent_id) p) then
    raise exception 'folder % would lie in itself', new.id using errcode = 'check_violation';
  end if;
  select count(*) into above from folder_path(new.parent_id);
  with recursive down (id, height) as (
      select new.id, 1
      union all
      select f.id, down.height + 1 from folder f join down on f.parent_id = down.id
       where down.height < 50)
  select max(height) into below from down;
  if above + below > 8 then
    raise exception 'folder % would lie too deep', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger nowhere_in_itself before insert or update of parent_id on folder
    for each row execute function refuse_folder_in_itself();
