-- The trace that a row of the outbox belongs to, so that the worker's spans join the request's (W3C Trace Context).
ALTER TABLE tanxiao.outbox ADD COLUMN traceparent text;
COMMENT ON COLUMN tanxiao.outbox.traceparent IS 'W3C traceparent of whoever put the row here; NULL without tracing';
