-- セッション of staff: what somebody sees and ends, and what each request is checked against. The web session
-- beside it (spring_session, without a body) only carries who it is; without a row here it opens nothing. The id
-- names a row and opens nothing either.
create table staff_session (
    tenant_id uuid        not null default current_tenant() references body (id),
    id        uuid        not null,
    staff_id  uuid        not null,
    -- Kind of device and browser in words; the header they were read from is not kept.
    device    text        not null check (length(device) between 1 and 60),
    client_ip text,
    factors   text[]      not null,
    since     timestamptz not null,
    used_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_session_of on staff_session (tenant_id, staff_id);
alter table staff_session enable row level security;
alter table staff_session force row level security;
create policy own_tenant on staff_session
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on staff_session to musubi_app;
