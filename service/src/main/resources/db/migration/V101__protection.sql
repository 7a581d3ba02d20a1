-- 有効期間の延長. Until when the signatures of a concluded file can be verified: one row for the file as it was concluded
-- (ordinal 0), one for each version that carries a further timestamp. Nothing is overwritten; the newest row counts.
create table protection (
    tenant_id           uuid        not null default current_tenant(),
    contract_id         uuid        not null,
    file                text        not null check (file in ('FINAL', 'CERTIFICATE', 'CERTIFICATE_COPY')),
    ordinal             int         not null check (ordinal >= 0),
    sha256              char(64)    not null check (sha256 ~ '^[0-9a-f]{64}$'),
    -- genTime of the newest document timestamp in it, and whose certificate signed that.
    stamped_at          timestamptz not null,
    authority           text        not null,
    -- What that timestamp rests on, as SHA-256, ECDSA-256, RSA-2048.
    algorithms          text[]      not null,
    -- The first certificate's expiry or the end of an algorithm by the table of the version that wrote the row.
    ends_at             timestamptz not null,
    cause               text        not null check (cause in ('CERTIFICATE_EXPIRY', 'SIGNATURE_ALGORITHM', 'HASH_ALGORITHM')),
    why                 text        not null check (why in ('CONCLUSION', 'DUE', 'ASKED')),
    asked_name          text,
    recorded_at         timestamptz not null,
    primary key (tenant_id, contract_id, file, ordinal),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    constraint first_is_the_conclusion check ((ordinal = 0) = (why = 'CONCLUSION')),
    constraint asked_by_somebody check ((why = 'ASKED') = (asked_name is not null))
);
create index protection_by_file on protection (tenant_id, sha256);

-- Which bytes a renewal is about to store: known before they are, so that a disposal finds what a broken-off run left.
create table protection_made (
    tenant_id   uuid        not null default current_tenant(),
    contract_id uuid        not null,
    sha256      char(64)    not null check (sha256 ~ '^[0-9a-f]{64}$'),
    made_at     timestamptz not null,
    primary key (tenant_id, contract_id, sha256),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);

-- Whose turn it is, whether somebody asked, and what keeps it waiting. The one table here that changes.
create table protection_work (
    tenant_id     uuid        not null default current_tenant(),
    contract_id   uuid        not null,
    -- Fences off whoever had it before.
    epoch         int         not null,
    asked_name    text,
    asked_at      timestamptz,
    trouble       text        check (trouble in ('KEY', 'TSA', 'REVOCATION', 'PDF', 'STORE', 'VALIDATION', 'NO_LATER', 'OTHER')),
    trouble_since timestamptz,
    -- Not before then again.
    next_at       timestamptz not null,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    constraint asked_at_once check ((asked_name is null) = (asked_at is null)),
    constraint troubled_since check ((trouble is null) = (trouble_since is null))
);

do $$
declare t text;
begin
  foreach t in array array['protection', 'protection_made', 'protection_work'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
grant update on protection_work to musubi_app;
create trigger append_only before update or delete or truncate on protection
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on protection_made
    for each statement execute function refuse_change();
create trigger rests_on_bytes before insert on protection
    for each row execute function insist_on_object('sha256');

-- Which certificates of timestamp authorities carry files here, so that an operator can choose one. Of no body.
create table timestamp_source (
    name    text        primary key,
    seen_at timestamptz not null
);
-- What operators were told of before the versioned table of algorithms: an end of an algorithm, a notice about an
-- authority's certificate. Of no body, and read for all.
create table protection_limit (
    id             uuid        primary key,
    kind           text        not null check (kind in ('ALGORITHM', 'AUTHORITY')),
    name           text        not null check (length(name) between 1 and 300),
    ends_at        timestamptz not null,
    reason         text        not null check (length(reason) between 1 and 500),
    entered_name   text        not null,
    entered_at     timestamptz not null,
    withdrawn_name text,
    withdrawn_at   timestamptz,
    constraint withdrawn_by_somebody check ((withdrawn_name is null) = (withdrawn_at is null))
);
grant select, insert on timestamp_source, protection_limit to musubi_app;
grant update (withdrawn_name, withdrawn_at) on protection_limit to musubi_app;
create trigger never_deleted before delete or truncate on protection_limit
    for each statement execute function refuse_change();

-- The newest version of each file, when it ends and when it is to be renewed: a year before, or at once after a notice.
create view protection_now with (security_invoker = true) as
select p.tenant_id, p.contract_id, p.file, p.ordinal, p.sha256, p.stamped_at, p.authority,
       least(p.ends_at, l.ends_at) as ends_at,
       case when l.ends_at < p.ends_at then l.kind else p.cause end as cause,
       least(p.ends_at - interval '12 months', l.due_at) as due_at
  from (select distinct on (tenant_id, contract_id, file) *
          from protection order by tenant_id, contract_id, file, ordinal desc) p
  left join lateral (
    select min(l.ends_at) as ends_at, (array_agg(l.kind order by l.ends_at))[1] as kind,
           min(case when l.kind = 'AUTHORITY' then l.entered_at else l.ends_at - interval '12 months' end) as due_at
      from protection_limit l
     where l.withdrawn_at is null
       and ((l.kind = 'AUTHORITY' and l.name = p.authority)
            or (l.kind = 'ALGORITHM' and l.name = any (p.algorithms)))) l on true;
grant select on protection_now to musubi_app;

-- The same of whole contracts: as good as the worst of its files.
create view contract_protection with (security_invoker = true) as
select tenant_id, contract_id, min(ends_at) as ends_at, min(due_at) as due_at, max(ordinal) as renewals,
       (array_agg(cause order by ends_at))[1] as cause, min(stamped_at) as stamped_at
  from protection_now group by tenant_id, contract_id;
grant select on contract_protection to musubi_app;

-- A file as it is handed out: the newest version, or the file itself while there is none.
create function newest_version(body uuid, contract uuid, concluded char(64)) returns char(64) language sql stable as $$
    select coalesce((select n.sha256 from protection o
                       join protection n on n.tenant_id = o.tenant_id and n.contract_id = o.contract_id and n.file = o.file
                      where o.tenant_id = $1 and o.contract_id = $2 and o.ordinal = 0 and o.sha256 = $3
                      order by n.ordinal desc limit 1), $3)
$$;

-- 廃棄 takes the versions, too, and until then keeps them.
alter table disposal_object drop constraint disposal_object_role_check;
alter table disposal_object add constraint disposal_object_role_check
    check (role in ('DOCUMENT', 'PREPARED', 'REVISION', 'FINAL', 'CERTIFICATE', 'CERTIFICATE_COPY', 'ATTACHMENT', 'RENEWED'));
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
$$;
