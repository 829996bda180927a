-- The traces that a row of the outbox belongs to, so that the worker's spans join the requests' (W3C Trace Context).
-- Several where several requests are kept together.
ALTER TABLE tanxiao.outbox ADD COLUMN traceparents text[];
COMMENT ON COLUMN tanxiao.outbox.traceparents IS 'W3C traceparent of each request that put the row here; NULL without tracing';
