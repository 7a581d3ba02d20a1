-- 差戻し and 紙で締結: two more ways in which a contract's round may end.
alter table contract drop constraint contract_state_check;
alter table contract add constraint contract_state_check
    check (state in ('DRAFT', 'AWAITING_AGREEMENTS', 'CONCLUDING', 'CONCLUDED', 'DECLINED', 'RETURNED', 'WITHDRAWN',
                     'EXPIRED', 'ON_PAPER'));
alter table contract drop constraint ended_means_not_concluded;
-- I6
alter table contract add constraint ended_means_not_concluded
    check ((state in ('DECLINED', 'RETURNED', 'WITHDRAWN', 'EXPIRED', 'ON_PAPER')) = (ended_at is not null));
alter table contract drop constraint dispatched_has_deadline;
alter table contract add constraint dispatched_has_deadline
    check (state in ('DRAFT', 'ON_PAPER') or (deadline is not null and dispatched_at is not null
       and prepared_sha256 is not null and office_id is not null));

-- 転送. Who decides for a counterparty instead of whom the party names; the newest holds, and all stay.
create table delegation (
    tenant_id    uuid        not null default current_tenant(),
    contract_id  uuid        not null,
    party_id     uuid        not null,
    -- Counted from 1; a link's holder may not write to strangers without end.
    number       int         not null check (number between 1 and 3),
    title        text        not null,
    name         text        not null,
    mail         text        not null,
    delegated_at timestamptz not null,
    primary key (tenant_id, party_id, number),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, party_id) references party (tenant_id, id)
);
alter table delegation enable row level security;
alter table delegation force row level security;
create policy own_tenant on delegation
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on delegation to musubi_app;
create trigger append_only before update or delete or truncate on delegation
    for each statement execute function refuse_change();

alter table letter_words drop constraint letter_words_part_check;
alter table letter_words add constraint letter_words_part_check
    check (part in ('SENDER_NAME', 'CLOSING', 'INVITATION', 'FRESH_LINK', 'AGREED', 'CONCLUDED', 'DECLINED', 'RETURNED',
                    'DELEGATED', 'WITHDRAWN', 'MOVED_TO_PAPER', 'EXPIRED'));
