-- Runs that begin by themselves, some time after each period of a kind has ended.
CREATE TABLE tanxiao.run_schedules (
  id uuid PRIMARY KEY,
  rulebook_id text COLLATE "C" NOT NULL,
  every text COLLATE "C" NOT NULL CHECK (every IN ('quarter', 'half-year', 'year')),
  months_after int NOT NULL CHECK (months_after BETWEEN 0 AND 11),
  day int NOT NULL CHECK (day BETWEEN 1 AND 28),
  hour int NOT NULL CHECK (hour BETWEEN 0 AND 23),
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz
);
COMMENT ON TABLE tanxiao.run_schedules IS 'Runs that begin by themselves for each period of a kind; one that ended begins none any more';
COMMENT ON COLUMN tanxiao.run_schedules.months_after IS 'Whole months between the period''s end and the month in which its run begins; 0: the month after';
COMMENT ON COLUMN tanxiao.run_schedules.hour IS 'Of China';

CREATE TABLE tanxiao.scheduled_runs (
  schedule_id uuid NOT NULL REFERENCES tanxiao.run_schedules,
  period text COLLATE "C" NOT NULL,
  run_id uuid NOT NULL REFERENCES tanxiao.runs,
  actor text NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (schedule_id, period)
);
COMMENT ON TABLE tanxiao.scheduled_runs IS 'Which run a schedule began for a period: one each, whoever looks and how often. Append-only';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tanxiao.scheduled_runs
  FOR EACH STATEMENT EXECUTE FUNCTION tanxiao.refuse_change();
