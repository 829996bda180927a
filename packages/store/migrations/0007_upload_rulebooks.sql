-- An import reads its file twice, and may be resumed by another worker after a version was approved in between. Rows
-- that the first pass found good must be good in the second: both read by the versions that were known to the first.
ALTER TABLE tanxiao.uploads ADD COLUMN rulebook_hashes text[] COLLATE "C";
COMMENT ON COLUMN tanxiao.uploads.rulebook_hashes IS 'Versions of the upload''s rulebook that its import chooses among; NULL until it is first read';
