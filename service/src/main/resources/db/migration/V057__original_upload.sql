-- The digest of the upload itself, before it was written anew: what a document system knows of the file. Drafts from
-- before have none.
alter table contract add column original_sha256 char(64);
