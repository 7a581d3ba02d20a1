-- 委任 (P-14, 0076). Who may act for a counterparty by a 委任状: 代表者→代理人→復代理人. Nothing of it is ever changed; what
-- was wrong is corrected by a further version, and what is over is ended.
create table mandate (
    tenant_id       uuid        not null default current_tenant() references body (id),
    id              uuid        not null,
    supplier_id     uuid        not null,
    -- 1 for whom the representative appointed, 2 for whom that agent did. There is no third, and so no circle either.
    rank            int         not null check (rank in (1, 2)),
    parent_id       uuid,
    parent_rank     int,
    -- The one of the year before.
    taken_over_from uuid,
    version         int         not null check (version >= 1),
    made_at         timestamptz not null,
    -- 解任・撤回: the first day without power.
    ended_on        date,
    ended_at        timestamptz,
    end_reason      text        check (length(end_reason) <= 2000),
    primary key (tenant_id, id),
    unique (tenant_id, supplier_id, id, rank),
    foreign key (tenant_id, supplier_id) references supplier (tenant_id, id),
    foreign key (tenant_id, supplier_id, parent_id, parent_rank) references mandate (tenant_id, supplier_id, id, rank),
    foreign key (tenant_id, taken_over_from) references mandate (tenant_id, id),
    constraint two_steps_at_most check (case rank when 1 then parent_id is null and parent_rank is null
                                                  else parent_id is not null and parent_rank is not distinct from 1 end),
    constraint ended_with_a_reason check ((ended_at is null) = (ended_on is null) and (ended_at is null) = (end_reason is null))
);
create index mandate_of on mandate (tenant_id, supplier_id, made_at);
create index mandate_below on mandate (tenant_id, parent_id);
create index mandate_follows on mandate (tenant_id, taken_over_from);

-- What a 委任状 says, as it was entered.
create table mandate_version (
    tenant_id       uuid        not null default current_tenant(),
    mandate_id      uuid        not null,
    version         int         not null check (version >= 1),
    principal_title text        not null check (length(principal_title) <= 400),
    principal_name  text        not null check (length(principal_name) between 1 and 400),
    agent_office    text        not null check (length(agent_office) <= 400),
    agent_title     text        not null check (length(agent_title) <= 400),
    agent_name      text        not null check (length(agent_name) between 1 and 400),
    agent_mail      text        not null check (length(agent_mail) between 3 and 254),
    powers          text[]      not null check (cardinality(powers) between 1 and 20),
    -- None for all of them.
    kinds           text[]      not null check (cardinality(kinds) <= 20),
    -- In yen with tax; null for any.
    most_amount     bigint      check (most_amount > 0),
    -- The title of the one contract it is for; empty for all.
    single          text        not null check (length(single) <= 2000),
    valid_from      date        not null,
    valid_until     date        not null,
    letter_number    text        not null check (length(letter_number) <= 400),
    paper_on        date        not null,
    paper_name      text        not null check (length(paper_name) between 1 and 400),
    paper_bytes     bigint      not null check (paper_bytes > 0),
    paper_pages     int         not null check (paper_pages >= 1),
    sha256          char(64)    not null,
    -- Why it was corrected; empty of the first.
    reason          text        not null check ((version = 1) = (reason = '')),
    made_at         timestamptz not null,
    made_by         uuid        not null,
    primary key (tenant_id, mandate_id, version),
    foreign key (tenant_id, mandate_id) references mandate (tenant_id, id),
    foreign key (tenant_id, sha256) references vault_object (tenant_id, sha256),
    foreign key (tenant_id, made_by) references staff (tenant_id, id),
    constraint begins_before_it_ends check (valid_from <= valid_until)
);
create index mandate_version_by_file on mandate_version (tenant_id, sha256);
create index mandate_version_until on mandate_version (tenant_id, valid_until);

-- By which 委任 a contract's party acts.
create table mandate_choice (
    tenant_id      uuid        not null default current_tenant(),
    contract_id    uuid        not null,
    ordinal        int         not null check (ordinal >= 1),
    mandate_id     uuid        not null,
    version        int         not null,
    -- Of the one that it goes back to.
    parent_id      uuid,
    parent_version int,
    chosen_at      timestamptz not null,
    primary key (tenant_id, contract_id, ordinal),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, mandate_id, version) references mandate_version (tenant_id, mandate_id, version),
    foreign key (tenant_id, parent_id, parent_version) references mandate_version (tenant_id, mandate_id, version),
    constraint a_parent_with_its_version check ((parent_id is null) = (parent_version is null))
);
create index mandate_chosen on mandate_choice (tenant_id, mandate_id);

create table mandate_rule (
    tenant_id   uuid        not null default current_tenant() references body (id) primary key,
    mode        text        not null check (mode in ('NONE', 'WARN', 'DEMAND')),
    notice_days int         not null check (notice_days between 0 and 366),
    changed_at  timestamptz not null
);

do $$
declare t text;
begin
  foreach t in array array['mandate', 'mandate_version', 'mandate_choice', 'mandate_rule'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
grant update (version, ended_on, ended_at, end_reason) on mandate to musubi_app;
grant delete on mandate_choice to musubi_app;
grant update on mandate_rule to musubi_app;

-- What has ended stays ended, as it was said, and versions only go on.
create function refuse_mandate_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and row_security_active(tg_relid) and being_erased() then
    return old;
  end if;
  if tg_op = 'DELETE' or old.ended_at is not null or new.version < old.version then
    raise exception 'mandate % stays as it is', old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger ended_for_good before update or delete on mandate
    for each row execute function refuse_mandate_change();

-- By which 委任 somebody acted in what left the house stays on record as it was.
create function refuse_mandate_choice_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and row_security_active(tg_relid) and being_erased() then
    return old;
  end if;
  if exists (select from contract c where c.tenant_id = coalesce(new.tenant_id, old.tenant_id)
                and c.id = coalesce(new.contract_id, old.contract_id) and c.state <> 'DRAFT') then
    raise exception 'the mandates of a dispatched contract are settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger settled_after_dispatch before insert or delete on mandate_choice
    for each row execute function refuse_mandate_choice_change();
create trigger rests_on_bytes before insert on mandate_version
    for each row execute function insist_on_object('sha256');

-- As in V137; a 委任状 is needed as long as the body is.
create or replace function object_needed(body uuid, file char(64)) returns boolean language sql stable as $$
    select exists (select from contract c where c.tenant_id = $1 and c.document_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.prepared_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.final_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract c where c.tenant_id = $1 and c.certificate_masked_sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from revision r join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
                    where r.tenant_id = $1 and r.sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from contract_attachment a join contract c on c.tenant_id = a.tenant_id and c.id = a.contract_id
                    where a.tenant_id = $1 and $2 in (a.sha256, a.original_sha256) and c.state <> 'DISPOSED')
        or exists (select from protection p join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                    where p.tenant_id = $1 and p.sha256 = $2 and c.state <> 'DISPOSED')
        or exists (select from template t where t.tenant_id = $1 and $2 in (t.document_sha256, t.original_sha256))
        or exists (select from elsewhere_upload u where u.tenant_id = $1 and u.sha256 = $2 and u.given_up_at is null)
        or exists (select from submission_file f
                     join submission_wanted w on w.tenant_id = f.tenant_id and w.id = f.wanted_id
                     join submission_call s on s.tenant_id = w.tenant_id and s.id = w.call_id
                     left join contract c on c.tenant_id = s.tenant_id and c.id = s.contract_id
                    where f.tenant_id = $1 and f.sha256 = $2 and f.given_up_at is null
                      and (c.id is null or c.state <> 'DISPOSED'))
        or exists (select from mandate_version m where m.tenant_id = $1 and m.sha256 = $2)
$$;
