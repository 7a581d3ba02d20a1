-- 原本の暗号化. Which of the body's keys encrypts an object, and with which it was before as long as that file is
-- still to be removed. 0 is no key: stored before files were encrypted, until the job has been there.
alter table vault_object
    add column key_number int not null default 0 check (key_number >= 0),
    add column former_key_number int check (former_key_number >= 0);
alter table vault_object alter column key_number drop default;
create index vault_object_by_key on vault_object (tenant_id, key_number);
-- The digest, the length and the time stay what they were; only under which key it lies may change.
grant update (key_number, former_key_number) on vault_object to musubi_app;

-- 主鍵の交替. The same key, wrapped by another master key.
grant update (wrapped, master_id) on body_key to musubi_app;
