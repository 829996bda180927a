-- A rulebook may take inputs from the same subject's submission of the same period a year before. Which submission was
-- read is part of a rating's provenance; a run freezes it with its population, so that its benchmarks and all of its
-- chunks read the same revision.
ALTER TABLE tanxiao.run_subjects ADD COLUMN year_before_id uuid;
COMMENT ON COLUMN tanxiao.run_subjects.year_before_id IS 'The subject''s submission of the same period a year before, where the rulebook reads one; NULL: none';

ALTER TABLE tanxiao.ratings ADD COLUMN year_before_id uuid;
COMMENT ON COLUMN tanxiao.ratings.year_before_id IS 'The submission of the same period a year before that was read; NULL: none';
