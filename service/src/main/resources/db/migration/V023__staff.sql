-- 職員の登録. Invitations by mail, and what is known of an account's use.
alter table staff
    add column last_signed_in_at timestamptz,
    -- When the person themselves last chose a password; empty while only invited.
    add column password_set_at timestamptz,
    add column ended_at timestamptz;

alter table staff no force row level security;
update staff set password_set_at = now();
alter table staff force row level security;

create table invitation (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null,
    staff_id    uuid        not null,
    -- SHA-256 of the secret in the mailed address; the secret itself lies nowhere.
    secret_hash char(64)    not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    revoked_at  timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id),
    check (used_at is null or revoked_at is null)
);
create index invitation_of_staff on invitation (tenant_id, staff_id, created_at desc);
alter table invitation enable row level security;
alter table invitation force row level security;
create policy own_tenant on invitation
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on invitation to musubi_app;
create index staff_of_section on staff (tenant_id, section_id);
