-- 外部のID. A counterparty without an account signs in at an OpenID provider of the operator's choice; who came the first
-- time, beside the link and a code by another way, is kept for its address in this body, as a means is. The subject lies
-- here as a digest of issuer and subject: it is only ever compared.
alter table counterparty_means
    drop constraint counterparty_means_kind_check,
    add constraint counterparty_means_kind_check check (kind in ('TOTP', 'PASSKEY', 'EXTERNAL_ID')),
    add column provider    text check (provider ~ '^[a-z0-9-]{1,40}$'),
    add column issuer      text check (length(issuer) between 1 and 1000),
    add column subject     char(64) check (subject ~ '^[0-9a-f]{64}$'),
    -- As the provider said when it was registered; empty where it says none.
    add column said_name   text check (length(said_name) <= 200),
    add column said_number text check (length(said_number) <= 50),
    add constraint subject_of_an_external_id
        check (num_nonnulls(provider, issuer, subject, said_name, said_number)
               = case when kind = 'EXTERNAL_ID' and registered_at is not null then 5 else 0 end);

alter table party
    drop constraint identification_known,
    add constraint identification_known
        check (identification in ('MAIL', 'ACCESS_CODE', 'MAIL_CODE', 'SMS_CODE', 'TOTP', 'PASSKEY',
                                  'EXTERNAL_ID_L2', 'EXTERNAL_ID_L3'));
alter table access_code
    drop constraint access_code_way_check,
    add constraint access_code_way_check
        check (way in ('ACCESS_CODE', 'MAIL_CODE', 'SMS_CODE', 'TOTP', 'PASSKEY', 'EXTERNAL_ID_L2', 'EXTERNAL_ID_L3')),
    drop constraint hash_of_what_was_told,
    add constraint hash_of_what_was_told
        check ((way in ('ACCESS_CODE', 'TOTP', 'PASSKEY', 'EXTERNAL_ID_L2', 'EXTERNAL_ID_L3')) = (code_hash is not null));
