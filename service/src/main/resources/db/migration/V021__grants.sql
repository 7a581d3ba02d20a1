-- 権限の付与と職. Who may do what, where, and since when; nothing is deleted, it ends.

-- The operator's own body has operators for staff and no contracts. A joint council's secretariat
-- works there too.
alter table body
    add column kind text not null default 'MUNICIPAL' check (kind in ('MUNICIPAL', 'OPERATOR'));
create unique index one_operator on body (kind) where kind = 'OPERATOR';

create table role_grant (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    staff_id   uuid        not null,
    role       text        not null check (role in ('OPERATOR', 'SECRETARIAT', 'BODY_ADMIN',
                               'SECTION_ADMIN', 'CLERK', 'APPROVER', 'SIGNER', 'VIEWER', 'AUDITOR')),
    -- This section and all below it; null for the whole body.
    section_id uuid,
    from_at    timestamptz not null,
    until_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    constraint where_it_is_held check (
        case when role in ('OPERATOR', 'SECRETARIAT', 'BODY_ADMIN') then section_id is null
             when role = 'SECTION_ADMIN' then section_id is not null
             else true end),
    check (until_at is null or until_at >= from_at)
);
create index role_grant_of_staff on role_grant (tenant_id, staff_id);

-- An operator among a body's staff would see its contracts, and a clerk among the operator's staff
-- has no business there.
create function refuse_role_of_other_kind() returns trigger language plpgsql as $$
begin
  if new.role <> 'AUDITOR' and (new.role in ('OPERATOR', 'SECRETARIAT'))
      <> ((select kind from body where id = new.tenant_id) = 'OPERATOR') then
    raise exception 'role % is of another kind of body', new.role using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger of_the_right_kind_of_body before insert on role_grant
    for each row execute function refuse_role_of_other_kind();

-- 職, e.g. 道路課長: what it carries goes to whoever holds it on the day.
create table post (
    tenant_id  uuid   not null default current_tenant() references body (id),
    id         uuid   not null,
    section_id uuid   not null,
    title      text   not null check (length(title) between 1 and 100),
    carries    text[] not null default '{}' check (carries <@ array['APPROVER', 'SECTION_ADMIN']),
    closed_on  date,
    primary key (tenant_id, id),
    unique (tenant_id, section_id, title),
    foreign key (tenant_id, section_id) references section (tenant_id, id)
);
create table post_holding (
    tenant_id  uuid not null default current_tenant(),
    post_id    uuid not null,
    staff_id   uuid not null,
    from_date  date not null,
    until_date date,
    primary key (tenant_id, post_id, staff_id, from_date),
    foreign key (tenant_id, post_id) references post (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id),
    -- Until the day it began: it was taken back before it took effect.
    check (until_date is null or until_date >= from_date)
);
create index post_holding_of_staff on post_holding (tenant_id, staff_id);

do $$
declare t text;
begin
  foreach t in array array['role_grant', 'post', 'post_holding'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on role_grant, post, post_holding to musubi_app;

-- Until now a clerk and a viewer had the whole body by default; from now on their own section.
alter table staff no force row level security;
alter table role_grant no force row level security;
insert into role_grant (tenant_id, id, staff_id, role, section_id, from_at)
select tenant_id, gen_random_uuid(), id, role,
       case when role = 'SIGNER' then null else section_id end, now()
  from staff, unnest(roles) as role;
alter table role_grant force row level security;
alter table staff force row level security;

alter table staff drop column roles;

-- Everything a person holds at a moment, by themselves or by a post.
create function grants_of(person uuid, moment timestamptz, day date)
    returns table (role text, section_id uuid)
    language sql stable parallel safe
begin atomic
    select g.role, g.section_id from role_grant g
     where g.staff_id = person and g.from_at <= moment
       and (g.until_at is null or g.until_at > moment)
    union
    select carried, p.section_id
      from post_holding h
      join post p on p.tenant_id = h.tenant_id and p.id = h.post_id
      cross join unnest(p.carries) as carried
     where h.staff_id = person and h.from_date <= day
       and (h.until_date is null or h.until_date > day)
       and (p.closed_on is null or p.closed_on > day);
end;
