-- 送信予約. A reviewed draft that leaves by itself at its moment; until then nobody outside knows of it.
alter table contract add column release_at timestamptz;
alter table contract drop constraint contract_state_check;
alter table contract add constraint contract_state_check
    check (state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING', 'CONCLUDED', 'DECLINED', 'RETURNED',
                     'WITHDRAWN', 'EXPIRED', 'ON_PAPER'));
alter table contract drop constraint dispatched_has_deadline;
alter table contract add constraint dispatched_has_deadline
    -- 紙で締結 and 取消 may come before anything was sent.
    check (state in ('DRAFT', 'ON_PAPER', 'WITHDRAWN')
        or (deadline is not null and prepared_sha256 is not null and office_id is not null
            and (state = 'SCHEDULED' or dispatched_at is not null)));
alter table contract add constraint scheduled_has_moment check ((state = 'SCHEDULED') = (release_at is not null));

-- Who scheduled it and how; what they agreed to becomes the sender's agreement at the moment.
create table scheduled_sending (
    tenant_id      uuid        not null default current_tenant(),
    contract_id    uuid        not null,
    scheduled_at   timestamptz not null,
    release_at     timestamptz not null,
    authentication text        not null,
    level          text        not null check (level in ('L1', 'L2', 'L3')),
    consent_text   text        not null,
    client_ip      text        not null,
    user_agent     text        not null,
    primary key (tenant_id, contract_id, scheduled_at),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
alter table scheduled_sending enable row level security;
alter table scheduled_sending force row level security;
create policy own_tenant on scheduled_sending
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on scheduled_sending to musubi_app;
create trigger append_only before update or delete or truncate on scheduled_sending
    for each statement execute function refuse_change();
create index contract_to_release on contract (tenant_id, release_at) where state = 'SCHEDULED';
-- Codes of what is not sent after all are not expected any more.
grant delete on access_code to musubi_app;
