-- 団体のID by SAML 2.0: a second kind of provider beside OpenID Connect.
alter table sso_provider drop constraint sso_provider_kind_check;
alter table sso_provider add constraint sso_provider_kind_check check (kind in ('OIDC', 'SAML'));
alter table sso_provider
    -- Where the browser is sent with a request.
    add column request_url         text,
    -- The provider's signing certificates, PEM; several while it changes its key.
    add column certificates        text,
    -- Which attribute is the person; null: the persistent NameID.
    add column subject_attribute   text check (length(subject_attribute) between 1 and 200),
    -- Signs our requests, where the provider wants that; encrypted with the body's key.
    add column request_key         bytea,
    add column request_certificate bytea,
    add check (kind <> 'SAML' or (request_url is not null and certificates is not null)),
    add check ((request_key is null) = (request_certificate is null));

-- A provider may call itself the same by both protocols; a subject of one is none of the other.
alter table sso_identity add column kind text not null default 'OIDC' check (kind in ('OIDC', 'SAML'));
alter table sso_identity alter column kind drop default;
alter table sso_identity drop constraint sso_identity_pkey;
alter table sso_identity drop constraint sso_identity_tenant_id_issuer_staff_id_key;
alter table sso_identity add primary key (tenant_id, kind, issuer, subject);
alter table sso_identity add unique (tenant_id, kind, issuer, staff_id);

-- 一度きりの主張. Assertions that were taken, until nobody would take them any more.
create table saml_assertion (
    tenant_id      uuid        not null default current_tenant() references body (id),
    -- Of the issuer and the assertion's ID.
    assertion_hash char(64)    not null,
    ends_at        timestamptz not null,
    primary key (tenant_id, assertion_hash)
);
create index saml_assertion_ends on saml_assertion (tenant_id, ends_at);
alter table saml_assertion enable row level security;
alter table saml_assertion force row level security;
create policy own_tenant on saml_assertion using (tenant_id = current_tenant())
    with check (tenant_id = current_tenant());
grant select, insert, delete on saml_assertion to musubi_app;
