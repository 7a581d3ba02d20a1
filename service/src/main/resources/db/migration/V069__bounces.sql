-- 不達. A letter that the mail server took and that came back (RFC 3464): when we heard of it, and what was said.
alter table mail add column bounced_at timestamptz;
alter table mail add column bounce_status text check (bounce_status ~ '^5\.[0-9]{1,3}\.[0-9]{1,3}$');
alter table mail add constraint only_what_was_sent_comes_back check (bounced_at is null or sent_at is not null);
alter table mail add constraint bounced_says_why check ((bounced_at is null) = (bounce_status is null));
create index mail_by_message_id on mail (tenant_id, message_id);
create index mail_of_contract on mail (tenant_id, contract_id);
