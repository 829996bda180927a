-- Foundation: everything that is kept of rulebooks, submissions, uploads, ratings and runs.
-- Codes (region, industry, period, ids of rulebooks) are COLLATE "C": prefix searches use their indexes, and their
-- order is the same on every machine. Foreign keys are left out where every row of a bulk insertion would lock the
-- same row (layout, upload, run, document), and from submissions to subjects, where the id comes from a row that the
-- statement before made or locked (the check took a quarter of the insertion): the store's functions see to those.

CREATE FUNCTION tanxiao.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tanxiao.% is append-only: % is refused; write a new row instead', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'TX002';
END $$;
COMMENT ON FUNCTION tanxiao.refuse_change() IS 'Trigger of append-only tables';

-- Standards ---------------------------------------------------------------------------------------------------------

CREATE TABLE tanxiao.rulebook_documents (
  hash text COLLATE "C" PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  id text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  text text NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (id, version)
);
COMMENT ON TABLE tanxiao.rulebook_documents IS 'Rulebooks (评价规范) as they were in force, whole, for replay. Append-only';
COMMENT ON COLUMN tanxiao.rulebook_documents.hash IS 'sha256 of text, hex';

CREATE TABLE tanxiao.factor_set_documents (
  hash text COLLATE "C" PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  id text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  text text NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (id, version)
);
COMMENT ON TABLE tanxiao.factor_set_documents IS 'Emission factor sets, whole, for replay. Append-only';

-- Submissions -------------------------------------------------------------------------------------------------------

CREATE TABLE tanxiao.subjects (
  id uuid PRIMARY KEY,
  scheme text COLLATE "C" NOT NULL CHECK (scheme IN ('uscc', 'local')),
  code text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (scheme, code)
);
COMMENT ON TABLE tanxiao.subjects IS 'Who is rated (评价对象): a code under a scheme. Append-only; its row is also the lock under which revisions are numbered';

CREATE TABLE tanxiao.input_layouts (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hash bytea NOT NULL UNIQUE,
  names text[] NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tanxiao.input_layouts IS 'Names of the numeric inputs, in the order of submissions.inputs: a few per rulebook. Append-only';
COMMENT ON COLUMN tanxiao.input_layouts.hash IS 'sha256 of the names joined by line feeds';

CREATE TABLE tanxiao.submissions (
  id uuid PRIMARY KEY,
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
  UNIQUE (rulebook_id, period, subject_id, revision),
  CHECK ((upload_id IS NULL) = (row_number IS NULL))
);
CREATE UNIQUE INDEX submissions_of_upload ON tanxiao.submissions (upload_id, row_number) WHERE upload_id IS NOT NULL;
COMMENT ON TABLE tanxiao.submissions IS 'One subject''s data for one period (填报), in numbered revisions. Append-only';
COMMENT ON COLUMN tanxiao.submissions.revision IS '1, 2, 3… per subject, rulebook and period';
COMMENT ON COLUMN tanxiao.submissions.inputs IS 'In the layout''s order, in the units the rulebook states; a NULL element is unknown';
COMMENT ON COLUMN tanxiao.submissions.region_code IS 'GB/T 2260, 6 digits';
COMMENT ON COLUMN tanxiao.submissions.industry_code IS 'Code of industry_classification, e.g. 4 digits of GB/T 4754-2017';
COMMENT ON COLUMN tanxiao.submissions.row_number IS '1-based line of the uploaded sheet';

-- Uploads -----------------------------------------------------------------------------------------------------------

CREATE TABLE tanxiao.uploads (
  id uuid PRIMARY KEY,
  rulebook_id text COLLATE "C" NOT NULL,
  period text COLLATE "C",
  filename text NOT NULL,
  format text NOT NULL CHECK (format IN ('csv', 'xlsx')),
  partial boolean NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('receiving', 'received', 'checking', 'importing', 'done', 'rejected', 'unreadable')),
  bytes bigint NOT NULL DEFAULT 0,
  sha256 text,
  idempotency_key text,
  fingerprint text NOT NULL,
  rows_read int NOT NULL DEFAULT 0,
  rows_accepted int NOT NULL DEFAULT 0,
  rows_rejected int NOT NULL DEFAULT 0,
  errors int NOT NULL DEFAULT 0,
  checkpoint_row int NOT NULL DEFAULT 0,
  problem jsonb,
  lease_holder text,
  lease_until timestamptz,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  UNIQUE (actor, idempotency_key)
) WITH (fillfactor = 70);
COMMENT ON TABLE tanxiao.uploads IS 'A file of submissions, its life and its counts';
COMMENT ON COLUMN tanxiao.uploads.checkpoint_row IS 'Last line of the sheet whose submission is kept; an import resumes after it';
COMMENT ON COLUMN tanxiao.uploads.lease_holder IS 'The one process that may receive or import it, until lease_until';
COMMENT ON COLUMN tanxiao.uploads.fingerprint IS 'Hash of the request, so that one idempotency key stands for one content';

CREATE TABLE tanxiao.upload_chunks (
  upload_id uuid NOT NULL REFERENCES tanxiao.uploads,
  seq int NOT NULL CHECK (seq >= 0),
  bytes bytea NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (upload_id, seq)
);
-- The file is compressed already (XLSX) or read once (CSV): compressing it again only costs time.
ALTER TABLE tanxiao.upload_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE tanxiao.upload_chunks IS 'The original file in pieces of about 1 MB; unchangeable once received';

CREATE FUNCTION tanxiao.refuse_chunk_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM tanxiao.uploads WHERE id = OLD.upload_id AND state = 'receiving') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'tanxiao.upload_chunks: % is refused, the file was received', TG_OP USING ERRCODE = 'TX002';
END $$;
CREATE TRIGGER received_files_stay BEFORE UPDATE OR DELETE ON tanxiao.upload_chunks
  FOR EACH ROW EXECUTE FUNCTION tanxiao.refuse_chunk_change();

CREATE TABLE tanxiao.upload_errors (
  upload_id uuid NOT NULL,
  row_number int NOT NULL,
  ordinal int NOT NULL,
  column_name text,
  code text NOT NULL,
  seen text,
  params jsonb,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (upload_id, row_number, ordinal)
);
COMMENT ON TABLE tanxiao.upload_errors IS 'What is wrong with the rows of an upload. Append-only';
COMMENT ON COLUMN tanxiao.upload_errors.ordinal IS 'Place among the errors of its row, from 0';

CREATE TABLE tanxiao.idempotency_keys (
  actor text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  status int,
  body json,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_age ON tanxiao.idempotency_keys (created_at);
COMMENT ON TABLE tanxiao.idempotency_keys IS 'Idempotency-Key of JSON requests with their answers; committed with the effect, forgotten after some days';

-- Outbox ------------------------------------------------------------------------------------------------------------

CREATE TABLE tanxiao.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text COLLATE "C" NOT NULL CHECK (topic IN ('rate', 'import', 'run')),
  submission_ids uuid[] CHECK (cardinality(submission_ids) BETWEEN 1 AND 500),
  upload_id uuid,
  run_id uuid,
  claims int NOT NULL DEFAULT 0,
  enqueued_at timestamptz,
  due_at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((topic = 'rate') = (submission_ids IS NOT NULL)),
  CHECK (topic <> 'import' OR upload_id IS NOT NULL),
  CHECK ((topic = 'run') = (run_id IS NOT NULL))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
CREATE INDEX outbox_due ON tanxiao.outbox (due_at, id);
CREATE INDEX outbox_upload ON tanxiao.outbox (upload_id) WHERE upload_id IS NOT NULL;
COMMENT ON TABLE tanxiao.outbox IS 'What waits for the worker; a row goes in the transaction that keeps its effect';
COMMENT ON COLUMN tanxiao.outbox.due_at IS 'When a relay may (again) give it to the queue: at once, or when the lease of the last claim ends';

-- Ratings and runs --------------------------------------------------------------------------------------------------

CREATE TABLE tanxiao.runs (
  id uuid PRIMARY KEY,
  rulebook_id text COLLATE "C" NOT NULL,
  rulebook_hash text COLLATE "C" NOT NULL REFERENCES tanxiao.rulebook_documents,
  factor_set_hash text COLLATE "C" NOT NULL REFERENCES tanxiao.factor_set_documents,
  period text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('queued', 'benchmarking', 'scoring', 'scored', 'published', 'failed')),
  subjects int NOT NULL DEFAULT 0,
  failure text,
  lease_holder text,
  lease_until timestamptz,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  frozen_at timestamptz,
  scored_at timestamptz,
  published_at timestamptz
);
CREATE INDEX runs_population ON tanxiao.runs (rulebook_id, period, id);
COMMENT ON TABLE tanxiao.runs IS 'Re-scoring of a period''s whole population';

CREATE TABLE tanxiao.run_subjects (
  run_id uuid NOT NULL,
  ordinal int NOT NULL,
  submission_id uuid NOT NULL,
  PRIMARY KEY (run_id, ordinal)
);
COMMENT ON TABLE tanxiao.run_subjects IS 'A run''s frozen population: the latest revision of each subject, ordinals 1…n. Append-only; who and when: its run';

CREATE TABLE tanxiao.run_chunks (
  run_id uuid NOT NULL REFERENCES tanxiao.runs,
  seq int NOT NULL,
  first_ordinal int NOT NULL,
  last_ordinal int NOT NULL,
  lease_holder text,
  lease_until timestamptz,
  rated int NOT NULL DEFAULT 0,
  not_rated int NOT NULL DEFAULT 0,
  failed int NOT NULL DEFAULT 0,
  done_at timestamptz,
  PRIMARY KEY (run_id, seq)
);
COMMENT ON TABLE tanxiao.run_chunks IS 'Parts of a run''s population (inclusive ordinals), each scored once; who and when: its run';

CREATE TABLE tanxiao.publications (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rulebook_id text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  run_id uuid NOT NULL UNIQUE REFERENCES tanxiao.runs,
  published_at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  request_id text NOT NULL
);
CREATE INDEX publications_current ON tanxiao.publications (rulebook_id, period, id DESC);
COMMENT ON TABLE tanxiao.publications IS 'Publications (发布): per rulebook and period the latest is what readers see. Append-only';

CREATE VIEW tanxiao.published_runs AS
  SELECT DISTINCT ON (rulebook_id, period) rulebook_id, period, run_id, published_at, actor, request_id
  FROM tanxiao.publications ORDER BY rulebook_id, period, id DESC;
COMMENT ON VIEW tanxiao.published_runs IS 'The run that readers see, per rulebook and period';

CREATE TABLE tanxiao.benchmarks (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES tanxiao.runs,
  rulebook_id text COLLATE "C" NOT NULL,
  rulebook_hash text COLLATE "C" NOT NULL,
  factor_set_hash text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL,
  group_key text COLLATE "C" NOT NULL,
  size int NOT NULL CHECK (size >= 0),
  numerator text COLLATE "C" NOT NULL,
  denominator text COLLATE "C" NOT NULL,
  value float8 NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (run_id, level, group_key)
);
COMMENT ON TABLE tanxiao.benchmarks IS 'Benchmarks (行业平均) of a run''s peer groups, kept as two exact totals. Append-only';
COMMENT ON COLUMN tanxiao.benchmarks.numerator IS 'Exact total, decimal or n/d, in the unit the rulebook states';
COMMENT ON COLUMN tanxiao.benchmarks.value IS 'numerator / denominator, rounded, for display only';

CREATE TABLE tanxiao.ratings (
  id uuid PRIMARY KEY,
  submission_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  run_id uuid,
  benchmark_id uuid,
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
  UNIQUE NULLS NOT DISTINCT (submission_id, rulebook_hash, factor_set_hash, run_id),
  CHECK ((outcome = 'not-rated') = (reasons IS NOT NULL))
);
CREATE UNIQUE INDEX ratings_of_run ON tanxiao.ratings (run_id, subject_id) WHERE run_id IS NOT NULL;
CREATE INDEX ratings_on_arrival ON tanxiao.ratings (rulebook_id, period, subject_id, revision DESC, id DESC) WHERE run_id IS NULL;
CREATE INDEX ratings_of_subject ON tanxiao.ratings (subject_id) WHERE run_id IS NULL;
COMMENT ON TABLE tanxiao.ratings IS 'Ratings: one per submission on arrival (run_id NULL), one per subject in a run. Append-only';
COMMENT ON COLUMN tanxiao.ratings.results IS 'In the order of the rulebook''s results, in its units; a NULL element is unknown';
COMMENT ON COLUMN tanxiao.ratings.bands IS 'In the order of the rulebook''s gradings, 0-based band index';
COMMENT ON COLUMN tanxiao.ratings.grade IS 'Band of the headline grading, 1-based';
COMMENT ON COLUMN tanxiao.ratings.level IS 'Band of the headline level, 1-based';
COMMENT ON COLUMN tanxiao.ratings.rank_value IS 'The result by which the rulebook ranks; NULL: not ranked';
COMMENT ON COLUMN tanxiao.ratings.revision IS 'Of the submission; as subject, rulebook, period, region and industry are';

CREATE TABLE tanxiao.rating_failures (
  id uuid PRIMARY KEY,
  submission_id uuid NOT NULL REFERENCES tanxiao.submissions,
  upload_id uuid,
  run_id uuid,
  rulebook_hash text COLLATE "C",
  factor_set_hash text COLLATE "C",
  error text NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT (submission_id, run_id, rulebook_hash, factor_set_hash)
);
CREATE INDEX rating_failures_of_upload ON tanxiao.rating_failures (upload_id) WHERE upload_id IS NOT NULL;
CREATE INDEX rating_failures_of_run ON tanxiao.rating_failures (run_id) WHERE run_id IS NOT NULL;
COMMENT ON TABLE tanxiao.rating_failures IS 'Subjects whose rating failed for a defect, each alone. Append-only';

-- Guards ------------------------------------------------------------------------------------------------------------

CREATE FUNCTION tanxiao.refuse_unrated_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unrated int;
BEGIN
  SELECT count(*) INTO unrated
  FROM gone CROSS JOIN LATERAL unnest(gone.submission_ids) AS submission(id)
  -- OFFSET 0 keeps these index probes: as anti-joins they would read the whole of both tables for a few hundred ids.
  WHERE NOT EXISTS (SELECT FROM tanxiao.ratings r WHERE r.submission_id = submission.id OFFSET 0)
    AND NOT EXISTS (SELECT FROM tanxiao.rating_failures f WHERE f.submission_id = submission.id OFFSET 0);
  IF unrated > 0 THEN
    RAISE EXCEPTION '% submissions of the outbox have neither a rating nor a recorded failure', unrated
      USING ERRCODE = 'TX001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER effects_come_first AFTER DELETE ON tanxiao.outbox
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tanxiao.refuse_unrated_deletion();

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['rulebook_documents', 'factor_set_documents', 'subjects', 'input_layouts', 'submissions',
    'upload_errors', 'run_subjects', 'publications', 'benchmarks', 'ratings', 'rating_failures'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tanxiao.%I
      FOR EACH STATEMENT EXECUTE FUNCTION tanxiao.refuse_change()', name);
  END LOOP;
END $$;
