-- Submissions and ratings are partitioned by the period's year, and every key holds period and subject: a period is
-- found by pruning, old years can move to other storage, and Citus can distribute all of it by subject_id unchanged.
-- Ratings of runs get a table of their own, which holds nothing that the run itself says (documents, actor, request):
-- rows are written by COPY, some 280 bytes each, and go in in the order of their key.
-- A run's population, its partial statistics and its ranks are kept by chunk, in columns: a row a chunk, not a row a subject.

DROP VIEW tanxiao.published_runs;

-- Years -------------------------------------------------------------------------------------------------------------

CREATE FUNCTION tanxiao.prepare_year(year int) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  part text;
  made boolean := false;
  taken boolean;
BEGIN
  FOREACH parent IN ARRAY ARRAY['submissions', 'arrival_ratings', 'run_ratings'] LOOP
    part := format('%s_%s', parent, year);
    CONTINUE WHEN to_regclass(format('tanxiao.%I', part)) IS NOT NULL;
    -- Rows that came before their year was prepared stay where they are.
    EXECUTE format('SELECT EXISTS (SELECT FROM tanxiao.%I WHERE period >= $1 AND period < $2)', parent || '_other')
      INTO taken USING year::text, (year + 1)::text;
    CONTINUE WHEN taken;
    EXECUTE format('CREATE TABLE tanxiao.%I PARTITION OF tanxiao.%I FOR VALUES FROM (%L) TO (%L)', part, parent, year, year + 1);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tanxiao.%I
      FOR EACH STATEMENT EXECUTE FUNCTION tanxiao.refuse_change()', part);
    EXECUTE format('COMMENT ON TABLE tanxiao.%I IS %L', part, format('Periods of %s of %s', year, parent));
    made := true;
  END LOOP;
  RETURN made;
END $$;
COMMENT ON FUNCTION tanxiao.prepare_year(int) IS 'Makes a year''s partitions where they are missing; periods of other years go to the partitions named _other';

-- Submissions -------------------------------------------------------------------------------------------------------

ALTER TABLE tanxiao.rating_failures DROP CONSTRAINT rating_failures_submission_id_fkey;
ALTER TABLE tanxiao.submissions RENAME TO submissions_whole;
CREATE TABLE tanxiao.submissions (
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  layout_id int NOT NULL,
  revision int NOT NULL CHECK (revision >= 1),
  row_number int,
  upload_id uuid,
  received_at timestamptz NOT NULL DEFAULT now(),
  rulebook_id text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  region_code text COLLATE "C" NOT NULL,
  industry_classification text COLLATE "C" NOT NULL,
  industry_code text COLLATE "C" NOT NULL,
  name text,
  actor text NOT NULL,
  request_id text NOT NULL,
  inputs float8[] NOT NULL,
  CHECK ((upload_id IS NULL) = (row_number IS NULL))
) PARTITION BY RANGE (period);
CREATE TABLE tanxiao.submissions_other PARTITION OF tanxiao.submissions DEFAULT;
COMMENT ON TABLE tanxiao.submissions IS 'One subject''s data for one period (填报), in numbered revisions. Append-only';
COMMENT ON COLUMN tanxiao.submissions.revision IS '1, 2, 3… per subject, rulebook and period';
COMMENT ON COLUMN tanxiao.submissions.inputs IS 'In the layout''s order, in the units the rulebook states; a NULL element is unknown';
COMMENT ON COLUMN tanxiao.submissions.region_code IS 'GB/T 2260, 6 digits';
COMMENT ON COLUMN tanxiao.submissions.industry_code IS 'Code of industry_classification, e.g. 4 digits of GB/T 4754-2017';
COMMENT ON COLUMN tanxiao.submissions.row_number IS '1-based line of the uploaded sheet';

-- Ratings -----------------------------------------------------------------------------------------------------------

ALTER TABLE tanxiao.ratings RENAME TO ratings_whole;
CREATE TABLE tanxiao.arrival_ratings (
  id uuid NOT NULL,
  submission_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  benchmark_run_id uuid,
  benchmark_id uuid,
  year_before_id uuid,
  rank_value float8,
  created_at timestamptz NOT NULL DEFAULT now(),
  revision int NOT NULL,
  grade smallint CHECK (grade >= 1),
  level smallint CHECK (level >= 1),
  outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('rated', 'not-rated')),
  rulebook_id text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  region_code text COLLATE "C" NOT NULL,
  industry_classification text COLLATE "C" NOT NULL,
  industry_code text COLLATE "C" NOT NULL,
  rulebook_hash text COLLATE "C" NOT NULL,
  factor_set_hash text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  reasons text[],
  results float8[] NOT NULL,
  bands smallint[] NOT NULL,
  CHECK ((outcome = 'not-rated') = (reasons IS NOT NULL))
) PARTITION BY RANGE (period);
CREATE TABLE tanxiao.arrival_ratings_other PARTITION OF tanxiao.arrival_ratings DEFAULT;
COMMENT ON TABLE tanxiao.arrival_ratings IS 'Provisional ratings, one per submission, rulebook and factor set. Append-only';
COMMENT ON COLUMN tanxiao.arrival_ratings.results IS 'In the order of the rulebook''s results, in its units; a NULL element is unknown';
COMMENT ON COLUMN tanxiao.arrival_ratings.bands IS 'In the order of the rulebook''s gradings, 0-based band index';
COMMENT ON COLUMN tanxiao.arrival_ratings.grade IS 'Band of the headline grading, 1-based';
COMMENT ON COLUMN tanxiao.arrival_ratings.level IS 'Band of the headline level, 1-based';
COMMENT ON COLUMN tanxiao.arrival_ratings.rank_value IS 'The result by which the rulebook ranks; NULL: not ranked';
COMMENT ON COLUMN tanxiao.arrival_ratings.revision IS 'Of the submission; as subject, rulebook, period, region and industry are';
COMMENT ON COLUMN tanxiao.arrival_ratings.benchmark_run_id IS 'The run whose benchmarks it was compared with; NULL: none (of older ratings: see benchmark_id)';
COMMENT ON COLUMN tanxiao.arrival_ratings.benchmark_id IS 'The one of the rulebook''s first statistic that it was compared with; NULL: none';
COMMENT ON COLUMN tanxiao.arrival_ratings.year_before_id IS 'The submission of the same period a year before that was read; NULL: none';

CREATE TABLE tanxiao.run_ratings (
  run_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  submission_id uuid NOT NULL,
  benchmark_id uuid,
  year_before_id uuid,
  rank_value float8,
  ordinal int NOT NULL,
  revision int NOT NULL,
  grade smallint,
  level smallint,
  period text COLLATE "C" NOT NULL,
  region_code text COLLATE "C" NOT NULL,
  industry_classification text COLLATE "C" NOT NULL,
  industry_code text COLLATE "C" NOT NULL,
  reasons text[],
  results float8[] NOT NULL,
  bands smallint[] NOT NULL
) PARTITION BY RANGE (period);
CREATE TABLE tanxiao.run_ratings_other PARTITION OF tanxiao.run_ratings DEFAULT;
COMMENT ON TABLE tanxiao.run_ratings IS 'Ratings of runs, one per subject; documents, actor and request are the run''s. Append-only';
COMMENT ON COLUMN tanxiao.run_ratings.ordinal IS 'Place in the run''s population, from 1';
COMMENT ON COLUMN tanxiao.run_ratings.reasons IS 'NULL: rated';
COMMENT ON COLUMN tanxiao.run_ratings.benchmark_id IS 'The run''s, of the rulebook''s first statistic, that it was compared with; NULL: none';

SELECT tanxiao.prepare_year(year) FROM generate_series(2020, 2028) AS year;

INSERT INTO tanxiao.submissions (id, subject_id, layout_id, revision, row_number, upload_id, received_at, rulebook_id, period,
  region_code, industry_classification, industry_code, name, actor, request_id, inputs)
SELECT id, subject_id, layout_id, revision, row_number, upload_id, received_at, rulebook_id, period,
  region_code, industry_classification, industry_code, name, actor, request_id, inputs FROM tanxiao.submissions_whole;

INSERT INTO tanxiao.arrival_ratings (id, submission_id, subject_id, benchmark_run_id, benchmark_id, year_before_id, rank_value,
  created_at, revision, grade, level, outcome, rulebook_id, period, region_code, industry_classification, industry_code,
  rulebook_hash, factor_set_hash, actor, request_id, reasons, results, bands)
SELECT id, submission_id, subject_id, benchmark_run_id, benchmark_id, year_before_id, rank_value,
  created_at, revision, grade, level, outcome, rulebook_id, period, region_code, industry_classification, industry_code,
  rulebook_hash, factor_set_hash, actor, request_id, reasons, results, bands FROM tanxiao.ratings_whole WHERE run_id IS NULL;

INSERT INTO tanxiao.run_ratings (run_id, subject_id, submission_id, benchmark_id, year_before_id, rank_value, ordinal, revision,
  grade, level, period, region_code, industry_classification, industry_code, reasons, results, bands)
SELECT r.run_id, r.subject_id, r.submission_id, r.benchmark_id, r.year_before_id, r.rank_value, m.ordinal, r.revision,
  r.grade, r.level, r.period, r.region_code, r.industry_classification, r.industry_code, r.reasons, r.results, r.bands
FROM tanxiao.ratings_whole r JOIN tanxiao.run_subjects m ON m.run_id = r.run_id AND m.submission_id = r.submission_id;

CREATE TABLE tanxiao.earlier_rating_ids (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  period text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL
);
COMMENT ON TABLE tanxiao.earlier_rating_ids IS 'Ids under which ratings of runs were known before they followed from run and ordinal; links to them stay good';
INSERT INTO tanxiao.earlier_rating_ids (id, run_id, subject_id, period, actor, request_id)
SELECT id, run_id, subject_id, period, actor, request_id FROM tanxiao.ratings_whole WHERE run_id IS NOT NULL;

CREATE FUNCTION tanxiao.run_rating_id(run_id uuid, ordinal int) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (left(run_id::text, 28) || lpad(to_hex(ordinal), 8, '0'))::uuid
$$;
COMMENT ON FUNCTION tanxiao.run_rating_id(uuid, int) IS 'Id of a run''s rating: the run''s id with the ordinal in place of its last 32 bits';

-- Runs --------------------------------------------------------------------------------------------------------------

CREATE TABLE tanxiao.run_populations (
  run_id uuid NOT NULL,
  seq int NOT NULL,
  first_subject_id uuid NOT NULL,
  last_subject_id uuid NOT NULL,
  submission_ids bytea NOT NULL,
  year_before_ids bytea,
  PRIMARY KEY (run_id, seq)
);
-- Random bytes: trying to compress them only costs time.
ALTER TABLE tanxiao.run_populations ALTER COLUMN submission_ids SET STORAGE EXTERNAL;
ALTER TABLE tanxiao.run_populations ALTER COLUMN year_before_ids SET STORAGE EXTERNAL;
COMMENT ON TABLE tanxiao.run_populations IS 'A run''s frozen population by chunk: the latest revision of each subject, by subject id. Append-only; who and when: its run';
COMMENT ON COLUMN tanxiao.run_populations.submission_ids IS '16 bytes a subject';
COMMENT ON COLUMN tanxiao.run_populations.year_before_ids IS 'Each subject''s submission of the same period a year before, where the rulebook reads one; 16 zeros: none';

CREATE FUNCTION tanxiao.uuid_at(ids bytea, place int) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT nullif(encode(substring(ids FROM place * 16 + 1 FOR 16), 'hex')::uuid, '00000000-0000-0000-0000-000000000000')
$$;
COMMENT ON FUNCTION tanxiao.uuid_at(bytea, int) IS 'The UUID at a place, from 0, of a column of them; NULL for zeros';

INSERT INTO tanxiao.run_populations (run_id, seq, first_subject_id, last_subject_id, submission_ids, year_before_ids)
SELECT c.run_id, c.seq, (array_agg(s.subject_id ORDER BY m.ordinal))[1], (array_agg(s.subject_id ORDER BY m.ordinal DESC))[1],
  string_agg(uuid_send(m.submission_id), '' ORDER BY m.ordinal),
  CASE WHEN count(m.year_before_id) > 0
    THEN string_agg(uuid_send(coalesce(m.year_before_id, '00000000-0000-0000-0000-000000000000')), '' ORDER BY m.ordinal) END
FROM tanxiao.run_chunks c JOIN tanxiao.run_subjects m ON m.run_id = c.run_id AND m.ordinal BETWEEN c.first_ordinal AND c.last_ordinal
JOIN tanxiao.submissions s ON s.id = m.submission_id GROUP BY c.run_id, c.seq;

ALTER TABLE tanxiao.run_chunks DROP COLUMN lease_holder, DROP COLUMN lease_until;
ALTER TABLE tanxiao.run_chunks RENAME COLUMN done_at TO scored_at;
COMMENT ON TABLE tanxiao.run_chunks IS 'Parts of a run''s population (inclusive ordinals), each scored once; who and when: its run';

CREATE TABLE tanxiao.run_partials (
  run_id uuid NOT NULL,
  stage int NOT NULL,
  seq int NOT NULL,
  partial bytea NOT NULL,
  PRIMARY KEY (run_id, stage, seq)
);
ALTER TABLE tanxiao.run_partials ALTER COLUMN partial SET STORAGE EXTERNAL;
COMMENT ON TABLE tanxiao.run_partials IS 'What a chunk adds to the statistics of a stage; merged into benchmarks. Append-only; who and when: its run';

CREATE TABLE tanxiao.run_rank_keys (
  run_id uuid NOT NULL,
  seq int NOT NULL,
  keys bytea NOT NULL,
  PRIMARY KEY (run_id, seq)
);
ALTER TABLE tanxiao.run_rank_keys ALTER COLUMN keys SET STORAGE EXTERNAL;
COMMENT ON TABLE tanxiao.run_rank_keys IS 'By what a chunk''s subjects are ranked and among whom. Append-only; who and when: its run';

CREATE TABLE tanxiao.run_ranks (
  run_id uuid NOT NULL,
  seq int NOT NULL,
  ranks bytea NOT NULL,
  PRIMARY KEY (run_id, seq)
);
ALTER TABLE tanxiao.run_ranks ALTER COLUMN ranks SET STORAGE EXTERNAL;
COMMENT ON TABLE tanxiao.run_ranks IS 'Ranks of a chunk''s subjects. Append-only; who and when: its run';
COMMENT ON COLUMN tanxiao.run_ranks.ranks IS 'By subject of the chunk and by scope (all, city, county, division, class): rank and how many share it, int32 each, big-endian; 0: not ranked';

CREATE TABLE tanxiao.run_rank_groups (
  run_id uuid NOT NULL,
  scope text COLLATE "C" NOT NULL CHECK (scope IN ('all', 'city', 'county', 'division', 'class')),
  key text COLLATE "C" NOT NULL,
  ranked int NOT NULL CHECK (ranked > 0),
  PRIMARY KEY (run_id, scope, key)
);
COMMENT ON TABLE tanxiao.run_rank_groups IS 'How many subjects are ranked in each scope of a run. Append-only; who and when: its run';

CREATE TABLE tanxiao.run_moves (
  run_id uuid NOT NULL,
  previous_run_id uuid NOT NULL,
  previous_grade smallint,
  grade smallint,
  previously text COLLATE "C" NOT NULL CHECK (previously IN ('rated', 'not-rated', 'absent')),
  now text COLLATE "C" NOT NULL CHECK (now IN ('rated', 'not-rated', 'absent')),
  subjects int NOT NULL CHECK (subjects > 0),
  UNIQUE NULLS NOT DISTINCT (run_id, previously, previous_grade, now, grade)
);
COMMENT ON TABLE tanxiao.run_moves IS 'Migration matrix of a run against the published run of the period before. Append-only; who and when: its run';

ALTER TABLE tanxiao.runs DROP CONSTRAINT runs_state_check;
UPDATE tanxiao.runs SET state = CASE state WHEN 'queued' THEN 'draft' WHEN 'benchmarking' THEN 'frozen' WHEN 'scoring' THEN 'benchmarked'
  WHEN 'scored' THEN 'ranked' ELSE state END;
UPDATE tanxiao.runs SET state = 'draft' WHERE state = 'frozen' AND frozen_at IS NULL;
ALTER TABLE tanxiao.runs ADD CONSTRAINT runs_state_check CHECK (state IN
  ('draft', 'frozen', 'benchmarked', 'scored', 'ranked', 'under-notice', 'published', 'cancelled', 'failed'));
ALTER TABLE tanxiao.runs
  DROP COLUMN lease_holder,
  DROP COLUMN lease_until,
  ADD COLUMN chunk_size int,
  ADD COLUMN stages int,
  ADD COLUMN stages_done int NOT NULL DEFAULT 0,
  ADD COLUMN previous_run_id uuid,
  ADD COLUMN benchmarked_at timestamptz,
  ADD COLUMN ranked_at timestamptz,
  ADD COLUMN noticed_at timestamptz,
  ADD COLUMN notice_until date,
  ADD COLUMN ended_at timestamptz;
COMMENT ON COLUMN tanxiao.runs.chunk_size IS 'Subjects of every chunk but the last; known once it is frozen';
COMMENT ON COLUMN tanxiao.runs.stages IS 'Stages of statistics of its rulebook, one needing the one before; known once it is frozen';
COMMENT ON COLUMN tanxiao.runs.stages_done IS 'Of them, those whose benchmarks are kept';
COMMENT ON COLUMN tanxiao.runs.previous_run_id IS 'The published run of the period before that it is compared with; NULL: none';
COMMENT ON COLUMN tanxiao.runs.notice_until IS 'Last day of the public notice (公示)';
COMMENT ON COLUMN tanxiao.runs.ended_at IS 'When it was cancelled or failed';

-- What stood in the old tables stands in the new ones.
DROP TRIGGER append_only ON tanxiao.run_subjects;
DROP TABLE tanxiao.run_subjects;
DROP TABLE tanxiao.submissions_whole;
DROP TABLE tanxiao.ratings_whole;

-- Keys, made once the rows are there.
ALTER TABLE tanxiao.submissions ADD PRIMARY KEY (rulebook_id, period, subject_id, revision);
CREATE UNIQUE INDEX submissions_id ON tanxiao.submissions (id, period, subject_id);
CREATE UNIQUE INDEX submissions_of_upload ON tanxiao.submissions (upload_id, row_number, period, subject_id) WHERE upload_id IS NOT NULL;

ALTER TABLE tanxiao.arrival_ratings ADD PRIMARY KEY (submission_id, rulebook_hash, factor_set_hash, period, subject_id);
CREATE UNIQUE INDEX arrival_ratings_id ON tanxiao.arrival_ratings (id, period, subject_id);
CREATE INDEX arrival_ratings_current ON tanxiao.arrival_ratings (rulebook_id, period, subject_id, revision DESC, id DESC);
CREATE INDEX arrival_ratings_subject ON tanxiao.arrival_ratings (subject_id);

ALTER TABLE tanxiao.run_ratings ADD PRIMARY KEY (period, run_id, subject_id);

CREATE VIEW tanxiao.published_runs AS
  SELECT DISTINCT ON (rulebook_id, period) rulebook_id, period, run_id, published_at, actor, request_id
  FROM tanxiao.publications ORDER BY rulebook_id, period, id DESC;
COMMENT ON VIEW tanxiao.published_runs IS 'The run that readers see, per rulebook and period';

CREATE VIEW tanxiao.ratings_of_runs AS
  SELECT tanxiao.run_rating_id(x.run_id, x.ordinal) AS id, x.submission_id, x.subject_id, x.run_id, x.run_id AS benchmark_run_id,
    x.benchmark_id, x.year_before_id, x.rank_value, coalesce(run.scored_at, run.created_at) AS created_at, x.revision, x.grade, x.level,
    CASE WHEN x.reasons IS NULL THEN 'rated' ELSE 'not-rated' END COLLATE "C" AS outcome, run.rulebook_id, x.period,
    x.region_code, x.industry_classification, x.industry_code, run.rulebook_hash, run.factor_set_hash, run.actor,
    run.request_id, x.reasons, x.results, x.bands, x.ordinal
  FROM tanxiao.run_ratings x JOIN tanxiao.runs run ON run.id = x.run_id;
COMMENT ON VIEW tanxiao.ratings_of_runs IS 'Ratings of runs with what their run says of them';

CREATE VIEW tanxiao.ratings AS
  SELECT id, submission_id, subject_id, NULL::uuid AS run_id, benchmark_run_id, benchmark_id, year_before_id, rank_value, created_at,
    revision, grade, level, outcome, rulebook_id, period, region_code, industry_classification, industry_code, rulebook_hash,
    factor_set_hash, actor, request_id, reasons, results, bands, NULL::int AS ordinal
  FROM tanxiao.arrival_ratings
  UNION ALL SELECT id, submission_id, subject_id, run_id, benchmark_run_id, benchmark_id, year_before_id, rank_value, created_at,
    revision, grade, level, outcome, rulebook_id, period, region_code, industry_classification, industry_code, rulebook_hash,
    factor_set_hash, actor, request_id, reasons, results, bands, ordinal
  FROM tanxiao.ratings_of_runs;
COMMENT ON VIEW tanxiao.ratings IS 'All ratings: on arrival (run_id NULL), and of runs';

CREATE OR REPLACE FUNCTION tanxiao.refuse_unrated_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unrated int;
BEGIN
  SELECT count(*) INTO unrated
  FROM gone CROSS JOIN LATERAL unnest(gone.submission_ids) AS submission(id)
  -- OFFSET 0 keeps these index probes: as anti-joins they would read the whole of both tables for a few hundred ids.
  WHERE NOT EXISTS (SELECT FROM tanxiao.arrival_ratings r WHERE r.submission_id = submission.id OFFSET 0)
    AND NOT EXISTS (SELECT FROM tanxiao.rating_failures f WHERE f.submission_id = submission.id OFFSET 0);
  IF unrated > 0 THEN
    RAISE EXCEPTION '% submissions of the outbox have neither a rating nor a recorded failure', unrated
      USING ERRCODE = 'TX001';
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['submissions', 'submissions_other', 'arrival_ratings', 'arrival_ratings_other', 'run_ratings',
    'run_ratings_other', 'earlier_rating_ids', 'run_populations', 'run_partials', 'run_rank_keys', 'run_ranks', 'run_rank_groups',
    'run_moves'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tanxiao.%I
      FOR EACH STATEMENT EXECUTE FUNCTION tanxiao.refuse_change()', name);
  END LOOP;
END $$;
