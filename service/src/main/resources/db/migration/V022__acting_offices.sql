-- 職務代理者 is an office of its own that acts for another: chosen when the holder is away, the
-- office is vacant, or the holder also heads the other party (民法108条).
alter table office
    add column acting_for uuid,
    add column closed_on date,
    add foreign key (tenant_id, acting_for) references office (tenant_id, id),
    add check (acting_for is null or acting_for <> id);
create unique index office_term_open on office_term (tenant_id, office_id) where until_date is null;
