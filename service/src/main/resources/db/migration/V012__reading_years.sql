-- The counterparty may come back for whole years, as people count them: three hundred and sixty-five days
-- ten times over end two or three days before ten years do.
alter table contract add column reading_years int;
update contract set reading_years = greatest(1, round(reading_days / 365.0));
alter table contract alter column reading_years set not null;
alter table contract alter column reading_years set default 10;
alter table contract add constraint reading_years_check check (reading_years between 1 and 100);
alter table contract drop column reading_days;
