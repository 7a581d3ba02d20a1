-- サインインの決まり of a body. A body without a row lives by the defaults in SignInPolicy.
create table sign_in_policy (
    tenant_id      uuid not null default current_tenant() references body (id),
    demand         text not null check (demand in ('NONE', 'ANY', 'PASSKEY_FOR_SIGNERS')),
    -- The floors are those of NIST SP 800-63B-4; no body can lower them.
    least_password int  not null check (least_password between 12 and 64),
    idle_minutes   int  not null check (idle_minutes between 5 and 120),
    longest_hours  int  not null check (longest_hours between 1 and 24),
    -- After so many days without use an account rests; 0 for never.
    unused_days    int  not null check (unused_days = 0 or unused_days between 30 and 730),
    primary key (tenant_id)
);
alter table sign_in_policy enable row level security;
alter table sign_in_policy force row level security;
create policy own_tenant on sign_in_policy
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on sign_in_policy to musubi_app;

-- Whose second factors were removed registers new ones before anything else, whatever the body demands.
alter table staff add column must_enrol boolean not null default false;
