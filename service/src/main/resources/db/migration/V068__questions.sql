-- 質問と回答, between a counterparty and the clerk. What was asked and answered stays as it was written; the audit chain
-- keeps that it was, not the words.
create table question (
    tenant_id        uuid        not null default current_tenant(),
    id               uuid        not null,
    contract_id      uuid        not null,
    party_id         uuid        not null,
    -- Who decided for the party on that day; it may have been passed on since.
    asked_by         text        not null,
    words            text        not null check (char_length(words) between 1 and 4000),
    asked_at         timestamptz not null,
    answer           text        check (char_length(answer) between 1 and 4000),
    answered_by      text,
    answered_at      timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id),
    constraint answered_says_by_whom_and_when
        check ((answer is null) = (answered_by is null) and (answer is null) = (answered_at is null))
);
create index question_of_contract on question (tenant_id, contract_id, asked_at);
create index question_of_party on question (tenant_id, party_id, asked_at);
alter table question enable row level security;
alter table question force row level security;
create policy own_tenant on question
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on question to musubi_app;
grant update (answer, answered_by, answered_at) on question to musubi_app;
