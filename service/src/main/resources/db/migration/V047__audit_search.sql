-- 監査記録の検索. A period far back is found without walking from the newest entry.
create index audit_entry_at on audit_entry (tenant_id, at);
