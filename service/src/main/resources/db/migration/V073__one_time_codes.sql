-- 本人確認の方法. How a counterparty shows who it is: by its link alone, by an access code as well, or by a
-- number that is sent by mail or SMS when it comes. Changed in place: row-level security hides the rows
-- from an update here.
alter table party alter column access_code drop default;
alter table party alter column access_code type text
    using case when access_code then 'ACCESS_CODE' else 'MAIL' end;
alter table party rename column access_code to identification;
alter table party
    alter column identification set default 'MAIL',
    add constraint identification_known
        check (identification in ('MAIL', 'ACCESS_CODE', 'MAIL_CODE', 'SMS_CODE')),
    add column phone text check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    add constraint phone_for_messages check ((identification = 'SMS_CODE') = (phone is not null));

-- What is asked of a party, and how often it may still be wrong; a number's phone is here because a
-- party that is passed on gets another.
alter table access_code
    add column way text not null default 'ACCESS_CODE'
        check (way in ('ACCESS_CODE', 'MAIL_CODE', 'SMS_CODE')),
    add column phone text check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    alter column code_hash drop not null,
    add constraint hash_of_what_was_told check ((way = 'ACCESS_CODE') = (code_hash is not null)),
    add constraint phone_for_messages check ((way = 'SMS_CODE') = (phone is not null));

-- 確認番号. The number itself follows from the id and a key outside the database.
create table one_time_code (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null,
    contract_id uuid        not null,
    party_id    uuid        not null,
    -- To which it went; null for SMS.
    mail        text,
    made_at     timestamptz not null,
    expires_at  timestamptz not null check (expires_at > made_at),
    used_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id)
);
create index one_time_code_by_party on one_time_code (tenant_id, party_id, made_at);
alter table one_time_code enable row level security;
alter table one_time_code force row level security;
create policy own_tenant on one_time_code
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on one_time_code to musubi_app;

-- ショートメッセージ. What a message says is kept nowhere.
create table text_message (
    tenant_id   uuid        not null default current_tenant() references body (id),
    id          uuid        not null,
    contract_id uuid        not null,
    phone       text        not null check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    sent_at     timestamptz,
    attempts    int         not null default 0,
    last_error  text,
    gave_up_at  timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    constraint sent_or_given_up check (sent_at is null or gave_up_at is null)
);
alter table text_message enable row level security;
alter table text_message force row level security;
create policy own_tenant on text_message
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on text_message to musubi_app;
