-- 締結の知らせに契約書を添付するか (T-03): a body's choice. Without a row the letter has the link alone.
create table concluded_mail_rules (
    tenant_id      uuid        not null default current_tenant() references body (id),
    attached       boolean     not null,
    most_megabytes int         not null check (most_megabytes between 1 and 20),
    changed_at     timestamptz not null,
    primary key (tenant_id)
);
alter table concluded_mail_rules enable row level security;
alter table concluded_mail_rules force row level security;
create policy own_tenant on concluded_mail_rules
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on concluded_mail_rules to musubi_app;

-- A file that goes with a letter: its digest, never its bytes. It is read from the vault while the letter is sent.
alter table mail add column file_sha256 char(64);
alter table mail add column file_name text check (length(file_name) between 1 and 255);
alter table mail add constraint file_has_name check ((file_sha256 is null) = (file_name is null));
alter table mail add foreign key (tenant_id, file_sha256) references vault_object (tenant_id, sha256);
