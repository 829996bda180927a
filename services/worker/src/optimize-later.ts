/**
 * V8 optimizes a function once it has run so many bytes of its bytecode. A run calls some hundred functions twenty thousand
 * times a chunk; with the default of 66 KiB most are optimized before they have met all that comes, and again afterwards.
 * In a first run of a million subjects that took the workers some 5 to 10 % of their processor time (a few rounds each of
 * nine settings; 200,000 to 1,200,000 bytes did not differ). Imported before anything else.
 */
import { setFlagsFromString } from 'node:v8';

const OPTIMIZED_AFTER_BYTES = 400_000;

setFlagsFromString(`--interrupt-budget=${OPTIMIZED_AFTER_BYTES}`);
