-- 案件. A 請書 and the papers of completion go back to their contract as changes do (M-14).
alter table contract_origin drop constraint contract_origin_relation_check;
alter table contract_origin add constraint contract_origin_relation_check
    check (relation in ('CHANGE', 'CORRECTION', 'ACCEPTANCE', 'COMPLETION', 'REPLACEMENT'));
