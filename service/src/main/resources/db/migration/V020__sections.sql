-- 所属の世代. A section keeps its key for ever; what it is called and where it hangs is told for days.

create table section_term (
    tenant_id  uuid not null default current_tenant() references body (id),
    section_id uuid not null,
    -- From this day until (exclusively) that one. A section whose last term has ended is closed.
    from_date  date not null,
    until_date date,
    parent_id  uuid,
    name       text not null check (length(name) between 1 and 100),
    phone      text,
    -- The section's mailbox: a channel for notices, never an identity.
    mail       text,
    primary key (tenant_id, section_id, from_date),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    foreign key (tenant_id, parent_id) references section (tenant_id, id),
    check (until_date is null or until_date > from_date),
    check (parent_id is null or parent_id <> section_id)
);
create unique index section_term_open on section_term (tenant_id, section_id)
    where until_date is null;
alter table section_term enable row level security;
alter table section_term force row level security;
create policy own_tenant on section_term
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on section_term to musubi_app;

alter table section
    -- 所属コード, the body's own; what a list of transfers names a section by.
    add column code text check (length(code) between 1 and 40),
    -- Which section took its work over when it was closed.
    add column successor_id uuid,
    add foreign key (tenant_id, successor_id) references section (tenant_id, id),
    add check (successor_id is null or successor_id <> id);

-- The rows of all bodies are carried over; the owner sees them only while it is not bound itself.
alter table section no force row level security;
alter table section_term no force row level security;
update section set code = left(id::text, 8) where code is null;
insert into section_term (tenant_id, section_id, from_date, parent_id, name, phone)
select tenant_id, id, date '2000-04-01', parent_id, name, phone from section;
alter table section_term force row level security;
alter table section force row level security;

alter table section
    alter column code set not null,
    add constraint section_code_once unique (tenant_id, code),
    drop column parent_id,
    drop column name,
    drop column phone;

-- What a section hangs below on a day; a closed one hangs below the section that took its work over.
create function section_above(day date) returns table (section_id uuid, above_id uuid)
    language sql stable parallel safe
begin atomic
    select s.id, case when t.section_id is null then s.successor_id else t.parent_id end
      from section s
      left join section_term t
        on t.tenant_id = s.tenant_id and t.section_id = s.id
       and t.from_date <= day and (t.until_date is null or t.until_date > day);
end;

-- These sections and all below them on a day. Filters lists; Reach.covers says the same of one.
create function sections_covered(roots uuid[], day date) returns setof uuid
    language sql stable parallel safe
begin atomic
    with recursive covered (id) as (
        select unnest(roots)
        union
        select a.section_id from section_above(day) a join covered c on c.id = a.above_id
    )
    select id from covered;
end;

-- A section and all above it on a day, the nearest first.
create function section_path(section uuid, day date) returns table (id uuid, height int)
    language sql stable parallel safe
begin atomic
    with recursive up (id, height) as (
        select section, 0
        union all
        select a.above_id, up.height + 1
          from section_above(day) a join up on up.id = a.section_id
         where a.above_id is not null and up.height < 50
    )
    select id, height from up;
end;
