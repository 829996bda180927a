-- A rulebook may admit peers whose denominators sum to zero: their two exact totals are kept, a quotient there is none.
ALTER TABLE tanxiao.benchmarks ALTER COLUMN value DROP NOT NULL;
COMMENT ON COLUMN tanxiao.benchmarks.value IS 'numerator / denominator, rounded, for display only; NULL where the denominator is zero';
