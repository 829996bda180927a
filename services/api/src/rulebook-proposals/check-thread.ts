/** The checking thread: one text each, away from the thread that answers requests, and ended whatever it is at. */
import { parentPort, workerData } from 'node:worker_threads';

import { checkDocument, type DocumentToCheck } from './check-document';

parentPort!.postMessage(checkDocument(workerData as DocumentToCheck));
