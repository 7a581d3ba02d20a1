-- 議会の議決 (地方自治法 96条1項) on a 仮契約: what was recorded last holds, and all stays.
create table council_vote (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    number      int         not null check (number between 1 and 20),
    outcome     text        not null check (outcome in ('PASSED', 'REJECTED')),
    -- 議案番号, e.g. 議案第45号.
    bill        text        not null check (length(bill) between 1 and 100),
    decided_on  date        not null,
    recorded_at timestamptz not null,
    primary key (tenant_id, contract_id, number),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
alter table council_vote enable row level security;
alter table council_vote force row level security;
create policy own_tenant on council_vote
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on council_vote to musubi_app;
create trigger append_only before update or delete or truncate on council_vote
    for each statement execute function refuse_change();

alter table letter_words drop constraint letter_words_part_check;
alter table letter_words add constraint letter_words_part_check
    check (part in ('SENDER_NAME', 'CLOSING', 'INVITATION', 'FRESH_LINK', 'AGREED', 'CONCLUDED', 'DECLINED', 'RETURNED',
                    'DELEGATED', 'WITHDRAWN', 'MOVED_TO_PAPER', 'EXPIRED', 'COUNCIL_PASSED', 'COUNCIL_REJECTED'));
