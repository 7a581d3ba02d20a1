-- 土台. Rules that hold for every table after this one:
--   * `tenant_id` leads every key of a table that belongs to a body (団体), and the table is under
--     FORCE ROW LEVEL SECURITY with the policy below; a test walks the catalogue and insists.
--   * The service connects as musubi_app, which owns nothing and cannot bypass row security.
--   * Grants are part of the design: what a table may not suffer (UPDATE, DELETE) is not granted.

create or replace function current_tenant() returns uuid
    language sql stable parallel safe
    -- An unset setting reads as '' on a connection that once had it; both mean "no body: no rows".
    return nullif(current_setting('app.tenant', true), '')::uuid;

-- A form answered once: the same key gives the same answer however often it is sent.
create table idempotency (
    tenant_id    uuid        not null default current_tenant(),
    key          text        not null check (length(key) between 16 and 100),
    request_hash text        not null,
    answer       text,
    created_at   timestamptz not null,
    primary key (tenant_id, key)
);
alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy own_tenant on idempotency
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on idempotency to musubi_app;

-- db-scheduler 16: the queue. Rows name a body in task_instance; the job binds it before it reads.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index execution_time_idx on scheduled_tasks (execution_time);
create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc);
grant select, insert, update, delete on scheduled_tasks to musubi_app;

-- Spring Session: any node can answer any request.
create table spring_session (
    primary_id            char(36)     not null primary key,
    session_id            char(36)     not null,
    creation_time         bigint       not null,
    last_access_time      bigint       not null,
    max_inactive_interval int          not null,
    expiry_time           bigint       not null,
    principal_name        varchar(100)
);
create unique index spring_session_ix1 on spring_session (session_id);
create index spring_session_ix2 on spring_session (expiry_time);
create index spring_session_ix3 on spring_session (principal_name);
create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);
grant select, insert, update, delete on spring_session, spring_session_attributes to musubi_app;
