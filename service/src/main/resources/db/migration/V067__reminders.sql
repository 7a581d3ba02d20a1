-- 督促と期限のお知らせ. A body without a row has our rules.
create table reminder_rules (
    tenant_id       uuid        not null default current_tenant() references body (id) primary key,
    automatic       boolean     not null,
    first_after     int         not null check (first_after between 1 and 60),
    every           int         not null check (every between 1 and 60),
    most            int         not null check (most between 1 and 10),
    days_left       int         not null check (days_left between 0 and 30),
    notice_before   int         not null check (notice_before between 1 and 30),
    date_tolerance  int         not null check (date_tolerance between 0 and 366),
    changed_at      timestamptz not null
);

-- Since when a counterparty has been asked, by its turn, by 転送 or by a link that was given anew. Another person is
-- another round: it is reminded from the beginning.
create table asking (
    tenant_id   uuid        not null default current_tenant(),
    party_id    uuid        not null,
    contract_id uuid        not null,
    round       int         not null check (round >= 1),
    asked_at    timestamptz not null,
    primary key (tenant_id, party_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id)
);
create index asking_of_contract on asking (tenant_id, contract_id);

-- One letter a due time: the key lets one node alone send it, in the transaction that writes the row.
create table reminder (
    tenant_id   uuid        not null default current_tenant(),
    party_id    uuid        not null,
    round       int         not null,
    number      int         not null check (number between 1 and 10),
    contract_id uuid        not null,
    due_at      timestamptz not null,
    sent_at     timestamptz not null,
    primary key (tenant_id, party_id, round, number),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id)
);
create index reminder_of_contract on reminder (tenant_id, contract_id);
create table deadline_notice (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    told_at     timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
-- Whether the clerk has stopped the automatic reminders of one contract.
create table reminder_switch (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    stopped     boolean     not null,
    changed_at  timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['reminder_rules', 'asking', 'reminder', 'deadline_notice', 'reminder_switch'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
grant update on reminder_rules, reminder_switch to musubi_app;
grant update (round, asked_at) on asking to musubi_app;
create trigger append_only before update or delete or truncate on reminder
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on deadline_notice
    for each statement execute function refuse_change();

alter table letter_words drop constraint letter_words_part_check;
alter table letter_words add constraint letter_words_part_check
    check (part in ('SENDER_NAME', 'CLOSING', 'INVITATION', 'REMINDER', 'FRESH_LINK', 'AGREED', 'CONCLUDED', 'DECLINED',
                    'RETURNED', 'DELEGATED', 'WITHDRAWN', 'MOVED_TO_PAPER', 'EXPIRED', 'COUNCIL_PASSED', 'COUNCIL_REJECTED'));
