-- 団体のID. How a body's staff sign in by the body's own identity provider: at most one provider of each kind is
-- prepared, at most one of them in use.
create table sso_provider (
    tenant_id     uuid        not null default current_tenant() references body (id),
    kind          text        not null check (kind in ('OIDC')),
    in_use        boolean     not null default false,
    -- Whom the provider calls itself; with the subject it is the key of a person (ASVS 6.8.1).
    issuer        text        not null check (length(issuer) between 1 and 1000),
    client_id     text        check (length(client_id) between 1 and 500),
    -- Encrypted with the body's key.
    client_secret bytea,
    authorization_url text,
    token_url     text,
    keys_url      text,
    login_claim   text        not null,
    name_claim    text        not null,
    mail_claim    text        not null,
    -- Values of acr and amr that stand for two factors; none: ours is asked for.
    strong_values text[]      not null,
    links_by_mail boolean     not null default false,
    -- Where somebody who comes for the first time belongs; null: nobody is registered by coming.
    section_id    uuid,
    changed_at    timestamptz not null,
    -- When the provider, as it is set now, last answered a trial.
    tested_at     timestamptz,
    primary key (tenant_id, kind),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    check (not in_use or tested_at is not null),
    check (kind <> 'OIDC' or (client_id is not null and client_secret is not null
           and authorization_url is not null and token_url is not null and keys_url is not null))
);
create unique index sso_one_in_use on sso_provider (tenant_id) where in_use;

-- Which member a subject of a provider is. Never an address: addresses change hands.
create table sso_identity (
    tenant_id uuid        not null default current_tenant() references body (id),
    issuer    text        not null,
    subject   text        not null check (length(subject) between 1 and 500),
    staff_id  uuid        not null,
    -- BY_MEMBER, from inside a session; BY_MAIL; BY_ARRIVAL, registered by coming.
    linked    text        not null check (linked in ('BY_MEMBER', 'BY_MAIL', 'BY_ARRIVAL')),
    linked_at timestamptz not null,
    used_at   timestamptz,
    primary key (tenant_id, issuer, subject),
    unique (tenant_id, issuer, staff_id),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);

-- 往復. Somebody was sent to the provider and is awaited back, once, with the same browser. What opens anything lies
-- here as a digest or encrypted.
create table sso_errand (
    tenant_id    uuid        not null default current_tenant() references body (id),
    id           uuid        not null,
    kind         text        not null,
    purpose      text        not null check (purpose in ('SIGN_IN', 'CONFIRM', 'LINK', 'TRIAL')),
    staff_id     uuid,
    state_hash   char(64)    not null,
    browser_hash char(64)    not null,
    -- Nonce and PKCE verifier, encrypted with the body's key.
    secrets      bytea       not null,
    -- Where a confirmation is for.
    target       text,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    -- A confirmation: given by the provider, spent by the act it was for.
    confirmed_at timestamptz,
    strong       boolean     not null default false,
    spent_at     timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, state_hash),
    foreign key (tenant_id, staff_id) references staff (tenant_id, id),
    check ((purpose = 'SIGN_IN') = (staff_id is null)),
    check (spent_at is null or confirmed_at is not null),
    check (confirmed_at is null or (used_at is not null and purpose = 'CONFIRM'))
);
create index sso_errand_created on sso_errand (tenant_id, created_at);

do $$
declare t text;
begin
  foreach t in array array['sso_provider', 'sso_identity', 'sso_errand'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update, delete on sso_provider to musubi_app;
grant select, insert, update, delete on sso_identity to musubi_app;
-- Errands are thrown away a day after their end.
grant select, insert, update, delete on sso_errand to musubi_app;
