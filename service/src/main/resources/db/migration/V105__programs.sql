-- 連携プログラム (E-01, L-04). Other systems of a body that work by the API in the name of a member of staff; never with
-- more rights than that person has today.
create table program (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    name           text        not null check (length(name) between 1 and 100),
    responsible_id uuid        not null,
    -- This section and all below it; null for as far as the person's own rights reach.
    section_id     uuid,
    handles        boolean     not null,
    ranges         text[]      not null,
    expires_at     timestamptz,
    created_at     timestamptz not null,
    ended_at       timestamptz,
    last_used_at   timestamptz,
    last_used_from text,
    -- How much it asked within the running minute.
    minute_began   timestamptz,
    minute_calls   int         not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, responsible_id) references staff (tenant_id, id),
    foreign key (tenant_id, section_id) references section (tenant_id, id)
);
alter table program enable row level security;
alter table program force row level security;
create policy own_tenant on program
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on program to musubi_app;

-- Of a key only its digest is kept: 256 random bits need no slow hash.
create table program_key (
    tenant_id  uuid        not null default current_tenant() references body (id),
    digest     char(64)    not null,
    program_id uuid        not null,
    created_at timestamptz not null,
    -- When it stops; null while nothing has taken its place.
    until      timestamptz,
    primary key (tenant_id, digest),
    foreign key (tenant_id, program_id) references program (tenant_id, id)
);
create unique index program_key_standing on program_key (tenant_id, program_id) where until is null;
alter table program_key enable row level security;
alter table program_key force row level security;
create policy own_tenant on program_key
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on program_key to musubi_app;

-- Programs act in the record under their own names.
alter table audit_entry drop constraint audit_entry_actor_kind_check;
alter table audit_entry add constraint audit_entry_actor_kind_check
    check (actor_kind in ('STAFF', 'COUNTERPARTY', 'SERVICE', 'OPERATOR', 'PROGRAM'));
