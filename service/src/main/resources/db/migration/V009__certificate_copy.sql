-- 締結証明書 has two copies: the body's names every address, the counterparty's masks the others'.
alter table contract add column certificate_masked_sha256 char(64);
alter table contract add foreign key (tenant_id, certificate_masked_sha256)
    references vault_object (tenant_id, sha256);
alter table contract add constraint concluded_means_certified_for_both
    check ((state = 'CONCLUDED') = (certificate_masked_sha256 is not null));
