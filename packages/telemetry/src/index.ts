export { asked, type AskOptions, NoAnswerError, within } from './asked';
export { createLogger, errorForLog, type LoggedError } from './logger';
export {
  counter,
  type CounterName,
  gauge,
  type GaugeName,
  histogram,
  type HistogramName,
  type LabelOf,
  measureProcess,
  type Series,
} from './metrics';
export { currentTraceparents, inJobSpan, inSpan, traceIds, traceRequest } from './spans';
export { isTracing, startTracing, type Tracing } from './tracing';
export { type Counter, type Histogram, Registry } from 'prom-client';
