-- バックアップと復元訓練. What was taken, restored and found. It belongs to the service and to no body,
-- and holds times and numbers only.
create table backup_run (
    id         uuid        primary key,
    -- BACKUP: taken only. DRILL: taken, restored and compared.
    kind       text        not null check (kind in ('BACKUP', 'DRILL')),
    began_at   timestamptz not null,
    ended_at   timestamptz,
    outcome    text        check (outcome in ('DONE', 'VIOLATED', 'FAILED')),
    -- The name of the backup, and when it was complete.
    backup     text,
    backed_up_at timestamptz,
    bytes      bigint      check (bytes >= 0),
    -- From the backup's files to a compared and audited database; from a commit to its being kept.
    restore_seconds int    check (restore_seconds >= 0),
    age_seconds     int    check (age_seconds >= 0),
    violations      int    check (violations >= 0),
    -- Why it failed, for an operator.
    detail     text        check (length(detail) <= 2000),
    check ((ended_at is null) = (outcome is null))
);
create index backup_run_newest on backup_run (began_at desc);
grant select, insert, update on backup_run to musubi_app;
