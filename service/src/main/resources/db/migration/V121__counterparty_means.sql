-- 登録された手段. An app (RFC 6238) or a passkey that a counterparty without an account has registered, kept for its address in
-- this body. The app's secret is encrypted with the body's key, and gone when the means has ended; of a passkey only the public
-- half lies here.
create table counterparty_means (
    tenant_id     uuid        not null default current_tenant() references body (id),
    id            uuid        not null,
    mail          text        not null check (mail = lower(mail) and length(mail) between 3 and 254),
    kind          text        not null check (kind in ('TOTP', 'PASSKEY')),
    holder        text        not null,
    -- For whom it was registered; the means outlives that contract.
    contract_id   uuid        not null,
    party_id      uuid        not null,
    proposed_at   timestamptz not null,
    -- From its first code on it counts.
    registered_at timestamptz,
    expires_at    timestamptz,
    used_at       timestamptz,
    ended_at      timestamptz,
    -- Of the body; null where something newer took its place.
    ended_by      uuid,
    end_reason    text        check (length(end_reason) between 1 and 300),
    secret        bytea,
    -- The newest time step whose code was taken: no code opens twice.
    last_step     bigint      not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id),
    foreign key (tenant_id, ended_by) references staff (tenant_id, id),
    constraint registered_until check ((registered_at is null) = (expires_at is null) and expires_at > registered_at),
    constraint ended_with_a_reason check ((ended_at is null) = (end_reason is null)),
    constraint secret_of_a_living_app check ((secret is not null) = (kind = 'TOTP' and ended_at is null))
);
create unique index one_means_an_address on counterparty_means (tenant_id, mail, kind)
    where registered_at is not null and ended_at is null;
create unique index one_proposal_a_party on counterparty_means (tenant_id, party_id)
    where registered_at is null and ended_at is null;

create table counterparty_passkey (
    tenant_id       uuid        not null default current_tenant() references body (id),
    credential_id   bytea       not null check (length(credential_id) between 16 and 1023),
    means_id        uuid        not null,
    public_key      bytea       not null,
    attestation     bytea       not null,
    signature_count bigint      not null,
    transports      text[]      not null,
    backup_eligible boolean     not null,
    backup_state    boolean     not null,
    created_at      timestamptz not null,
    used_at         timestamptz not null,
    rp_id           text        not null check (length(rp_id) between 1 and 253),
    primary key (tenant_id, credential_id),
    unique (tenant_id, means_id),
    foreign key (tenant_id, means_id) references counterparty_means (tenant_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['counterparty_means', 'counterparty_passkey'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on counterparty_means, counterparty_passkey to musubi_app;

-- Of parties that are to show one of these; a code by another way lets them register it.
alter table party
    drop constraint identification_known,
    add constraint identification_known
        check (identification in ('MAIL', 'ACCESS_CODE', 'MAIL_CODE', 'SMS_CODE', 'TOTP', 'PASSKEY'));
alter table access_code
    drop constraint access_code_way_check,
    add constraint access_code_way_check
        check (way in ('ACCESS_CODE', 'MAIL_CODE', 'SMS_CODE', 'TOTP', 'PASSKEY')),
    drop constraint hash_of_what_was_told,
    add constraint hash_of_what_was_told
        check ((way in ('ACCESS_CODE', 'TOTP', 'PASSKEY')) = (code_hash is not null));
