-- 団体・所属・契約名義.

-- The bodies themselves: a directory every node may read, since a sign-in and a mailed link name
-- the body before anything else is known. It holds nothing a body would keep from another.
create table body (
    id         uuid        primary key,
    code       char(6)     not null unique check (code ~ '^[0-9]{6}$'),
    name       text        not null check (length(name) between 1 and 100),
    phone      text,
    created_at timestamptz not null
);
grant select, insert on body to musubi_app;

create table section (
    tenant_id uuid not null default current_tenant() references body (id),
    id        uuid not null,
    parent_id uuid,
    name      text not null check (length(name) between 1 and 100),
    phone     text,
    primary key (tenant_id, id),
    foreign key (tenant_id, parent_id) references section (tenant_id, id)
);

create table staff (
    tenant_id       uuid        not null default current_tenant() references body (id),
    id              uuid        not null,
    login_id        text        not null check (length(login_id) between 1 and 100),
    password_hash   text        not null,
    name            text        not null check (length(name) between 1 and 100),
    mail            text        not null,
    section_id      uuid        not null,
    roles           text[]      not null,
    failed_sign_ins int         not null default 0,
    locked_until    timestamptz,
    active          boolean     not null default true,
    primary key (tenant_id, id),
    unique (tenant_id, login_id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    constraint roles_are_known check (roles <@ array['CLERK', 'SIGNER', 'VIEWER'])
);

-- 契約名義: in whose name a contract is made, e.g. 上毛市長.
create table office (
    tenant_id uuid not null default current_tenant() references body (id),
    id        uuid not null,
    title     text not null check (length(title) between 1 and 100),
    primary key (tenant_id, id),
    unique (tenant_id, title)
);

-- Who holds it, from a day until (exclusively) another.
create table office_term (
    tenant_id   uuid not null default current_tenant(),
    office_id   uuid not null,
    from_date   date not null,
    until_date  date,
    holder_id   uuid not null,
    holder_name text not null,
    primary key (tenant_id, office_id, from_date),
    foreign key (tenant_id, office_id) references office (tenant_id, id),
    foreign key (tenant_id, holder_id) references staff (tenant_id, id),
    check (until_date is null or until_date > from_date)
);

do $$
declare t text;
begin
  foreach t in array array['section', 'staff', 'office', 'office_term'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on section, staff, office, office_term to musubi_app;
