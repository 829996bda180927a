-- A rulebook may compare with several statistics of its peers (mean, median, what the best 5 % reach): each has its own
-- benchmarks, and a rating names the run that all of its benchmarks are from. Which of them it used follows from its
-- subject's groups, so they need no list of their own.
ALTER TABLE tanxiao.benchmarks ADD COLUMN statistic text COLLATE "C" NOT NULL DEFAULT 'benchmark';
ALTER TABLE tanxiao.benchmarks ALTER COLUMN statistic DROP DEFAULT;
ALTER TABLE tanxiao.benchmarks DROP CONSTRAINT benchmarks_run_id_level_group_key_key;
ALTER TABLE tanxiao.benchmarks ADD CONSTRAINT benchmarks_of_run UNIQUE (run_id, statistic, group_key, level);
COMMENT ON COLUMN tanxiao.benchmarks.statistic IS 'Name of the rulebook''s statistic';

ALTER TABLE tanxiao.ratings ADD COLUMN benchmark_run_id uuid;
COMMENT ON COLUMN tanxiao.ratings.benchmark_run_id IS 'The run whose benchmarks it was compared with; NULL: none (of older ratings: see benchmark_id)';
COMMENT ON COLUMN tanxiao.ratings.benchmark_id IS 'The one of the rulebook''s first statistic that it was compared with; NULL: none';
