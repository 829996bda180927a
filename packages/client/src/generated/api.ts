/** Generated from the OpenAPI document by `npm run generate`; never edited by hand. */
export interface paths {
    "/v1/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The revisions of one subject’s submission, latest first */
        get: operations["listSubmissions"];
        put?: never;
        /**
         * Submit the data of one or many subjects for a period
         * @description All items are checked and all errors reported at once. Without `partial` one error keeps everything out (422); with it the good items are kept. A subject submitted again gets a new revision. Ratings follow within seconds.
         */
        post: operations["postSubmissions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/submissions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One submission as it was kept */
        get: operations["getSubmission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Uploads, newest first */
        get: operations["listUploads"];
        put?: never;
        /**
         * Upload a CSV or XLSX file, up to 512 MB
         * @description The body is the file itself, or multipart/form-data with one field `file`. The answer comes when all bytes are kept; rows are checked and rated afterwards, see the upload’s state and counts. A broken-off upload is sent again as a whole under the same Idempotency-Key.
         */
        post: operations["postUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State and counts of an upload */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Errors of an upload’s rows, by row */
        get: operations["listUploadErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}/annotated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file with its errors beside the rows, in its own format */
        get: operations["getAnnotatedUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file as it was uploaded */
        get: operations["getOriginalUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rulebooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rulebooks, all versions */
        get: operations["listRulebooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rulebooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rulebook: inputs, formulas, and every number with its source and status */
        get: operations["getRulebook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rulebooks/{id}/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The form to fill in, as a spreadsheet or CSV */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/factor-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The emission-factor sets, all versions */
        get: operations["listFactorSets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/factor-sets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One factor set: every factor with the numbers it is made of */
        get: operations["getFactorSet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rulebook-proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proposals, newest first */
        get: operations["listRulebookProposals"];
        put?: never;
        /**
         * Propose a rulebook or factor set, for another person to decide
         * @description The text is refused with all its problems unless it parses, names a factor set that is at hand, compiles for every period in which one of its numbers changes, and all its worked examples pass; at most 60 seconds. Nothing is rated by it before it is approved. Names are as stated: until accounts exist nobody verifies them.
         */
        post: operations["proposeRulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rulebook-proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One proposal: its text, what was found of it, and what it changes
         * @description Checked and compared anew, with what is rated with now. Try it on a period’s population by `POST /v1/dry-runs` with `after: {proposal: id}`.
         */
        get: operations["getRulebookProposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rulebook-proposals/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or reject a proposal, as another person than its proposer
         * @description A decision stands. From an approval on every request and every job rates with the document where its dates put it in force; of two versions that begin on one day the one approved later counts. What was rated before stays as it is: `warnings` names the periods.
         */
        post: operations["decideRulebookProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ratings of a population, final ones first
         * @description A subject’s current rating is the one of the published run, or else the provisional one made on arrival of its latest revision.
         */
        get: operations["listRatings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All current ratings of a population as CSV, by subject code */
        get: operations["exportRatings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rating */
        get: operations["getRating"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The full arithmetic of a rating: every number with its source, clause and status */
        get: operations["explainRating"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings/{id}/advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far it is to each better band, which change of one input reaches it, how near the limits are
         * @description Every change advised was confirmed by rating it. Benchmarks are held fixed at the values of this rating, although the subject is one of its own peers: what the others will submit is not known.
         */
        get: operations["adviseRating"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rating computed anew from what was kept, and whether it is identical */
        get: operations["replayRating"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rankings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subjects by the rulebook’s ranking value, best first, ties stated */
        get: operations["listRankings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/distribution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many subjects hold each grade, overall or by industry or region */
        get: operations["getDistribution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/benchmarks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Peer groups with their exact totals */
        get: operations["listBenchmarks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, newest first */
        get: operations["listRuns"];
        put?: never;
        /**
         * Rate the whole population of a period anew
         * @description The population is frozen, benchmarks are computed and every subject is rated. Readers see nothing of it until the run is published.
         */
        post: operations["createRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State and progress of a run */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A run’s progress as server-sent events
         * @description An event `run` with the run as in `GET /v1/runs/{id}` at once, at every change, and every half second while it is worked on; the stream ends when workers have nothing more to do. A client that reconnects goes on where the run is.
         */
        get: operations["watchRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Migration matrix against the published run of the period before */
        get: operations["getRunMoves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/movers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subjects that stand or are graded otherwise than in another run of the rulebook
         * @description Against the published run of the period before, or any other run: of the same period, what a re-scoring changed.
         */
        get: operations["listRunMovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a run that is not published
         * @description It is cancelled at once, workers stop at their next chunk. What it kept stays and is never published. Cancelling a cancelled run succeeds.
         */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a ranked run under public notice (公示)
         * @description A run may also be published without a notice. Putting a run under notice again changes nothing and succeeds.
         */
        post: operations["putRunUnderNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a ranked run what readers see, by one switch
         * @description Publishing a run that is published already changes nothing and succeeds.
         */
        post: operations["publishRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/run-schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schedules of runs, newest first */
        get: operations["listRunSchedules"];
        put?: never;
        /**
         * Have a run begin by itself for each period of a kind
         * @description The version of the rulebook that is in force in the period counts. Times are China’s. Workers learn of it within a minute; a time missed while all was down is made up for. A run that was due before the schedule was made is not begun.
         */
        post: operations["createRunSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/run-schedules/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a schedule begin no further runs
         * @description Runs that it began stay. Ending it again changes nothing and succeeds.
         */
        post: operations["endRunSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dry-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a rule change: who would move from which grade to which, and why
         * @description Rates the latest submission of every subject of the rulebook and period under two versions and compares. Nothing is kept. At most 100000 subjects, one dry run at a time. Movers are listed by subject code.
         */
        post: operations["createDryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["getLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/serving": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Database and migrations are as they should be, whatever waits for the worker: for balancers, which would else take every API away with the last worker */
        get: operations["getServing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Database, migrations and outbox are as they should be */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics of this process in the text format of Prometheus
         * @description Series that come from the database are missing while it gives no answer. The worker serves its own.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where everything is */
        get: operations["getIndex"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reference page */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the reference page */
        get: operations["getDocsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        SubmissionReceipt: {
            rulebook: string;
            period: string;
            kept: number;
            rejected: number;
            /** @description Over all items; at most 1000 are listed */
            totalErrors: number;
            items: {
                /** @description Place in the request, from 0 */
                index: number;
                /** @enum {string} */
                status: "kept" | "rejected";
                /** Format: uuid */
                id?: string;
                revision?: number;
                links?: {
                    self: string;
                };
                errors?: components["schemas"]["Issue"][];
            }[];
            links: {
                ratings: string;
            };
        };
        Issue: {
            code: string;
            pointer?: string;
            row?: number;
            column?: string;
            seen?: string;
            /** @description Place in a document sent as text, and its own code of the problem */
            document?: {
                line: number;
                column: number;
                code: string;
            };
            /** @description What is wrong and what was expected */
            message: string;
            /** @description How to mend it */
            hint: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            errors?: components["schemas"]["Issue"][];
            /** @description Of which at most 1000 are listed in errors */
            totalErrors?: number;
        };
        SubmissionRequest: {
            /** @example industrial-carbon-efficiency */
            rulebook: string;
            /** @example 2026Q3 */
            period: string;
            /**
             * @description Keep the good ones where others are bad
             * @default false
             */
            partial?: boolean;
            submissions: components["schemas"]["SubmissionItem"][];
        };
        SubmissionItem: {
            /**
             * @description Unified social credit code, GB 32100-2015
             * @example 91330500MA0DEMO01A
             */
            uscc?: string;
            /** @description A local id, where the rulebook admits subjects without a USCC */
            localId?: string;
            name?: string;
            /**
             * @description Administrative code, 6 digits (GB/T 2260)
             * @example 330502
             */
            regionCode?: string;
            /** @example gbt4754-2017 */
            industryClassification?: string;
            /**
             * @description Class code of the classification
             * @example 1751
             */
            industryCode?: string;
            inputs: {
                [key: string]: number | string | null;
            };
        };
        SubmissionPage: {
            items: components["schemas"]["Submission"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        Submission: {
            /** Format: uuid */
            id: string;
            rulebook: string;
            period: string;
            revision: number;
            subject: {
                /** @enum {string} */
                scheme: "uscc" | "local";
                code: string;
            };
            name: string | null;
            regionCode: string;
            industryClassification: string;
            industryCode: string;
            /** @description Quantities in the rulebook’s units, choices by their option’s code; null is unknown */
            inputs: {
                [key: string]: number | string | null;
            };
            /** Format: uuid */
            uploadId: string | null;
            /** Format: date-time */
            receivedAt: string;
        };
        Upload: {
            /** Format: uuid */
            id: string;
            rulebook: string;
            /** @description For rows that state none of their own */
            period: string | null;
            filename: string;
            /** @enum {string} */
            format: "csv" | "xlsx";
            partial: boolean;
            /** @enum {string} */
            state: "receiving" | "received" | "checking" | "importing" | "done" | "rejected" | "unreadable";
            bytes: number;
            sha256: string | null;
            rows: {
                /** @description Data rows read so far */
                read: number;
                /** @description Rows kept as submissions */
                accepted: number;
                /** @description Rows with at least one error */
                rejected: number;
                /** @description Accepted rows with a rating (rated or not rated with a reason) */
                rated: number;
                /** @description Accepted rows that could not be rated for a defect of ours, recorded */
                failed: number;
            };
            /** @description Errors found, over all rejected rows */
            errors: number;
            problem: {
                code: string;
                zh: string;
                en: string;
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            finishedAt: string | null;
            links: {
                self: string;
                errors: string;
                annotated: string;
                original: string;
            };
        };
        UploadPage: {
            items: components["schemas"]["Upload"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        UploadErrorPage: {
            items: components["schemas"]["Issue"][];
            /** @description Null on the last page */
            nextCursor: string | null;
            /** @description Errors found so far, over all rows */
            errors: number;
            /** @enum {string} */
            state: "receiving" | "received" | "checking" | "importing" | "done" | "rejected" | "unreadable";
        };
        RulebookList: {
            items: components["schemas"]["RulebookSummary"][];
        };
        RulebookSummary: {
            id: string;
            version: string;
            hash: string;
            title: {
                zh: string;
                en: string;
            };
            subject: string;
            effective: {
                from: string;
                to: string | null;
            };
            origin: components["schemas"]["DocumentOrigin"];
            factorSet: {
                id: string;
                version: string;
            };
            links: {
                self: string;
                template: string;
            };
        };
        DocumentOrigin: {
            /** @enum {string} */
            kind: "shipped" | "approved";
            /** @description Names as stated; null of a document that ships with the program */
            approval: {
                proposal: string;
                proposedBy: string;
                approvedBy: string;
                approvedAt: string;
            } | null;
        };
        Rulebook: {
            id: string;
            version: string;
            hash: string;
            title: {
                zh: string;
                en: string;
            };
            subject: string;
            effective: {
                from: string;
                to: string | null;
            };
            origin: components["schemas"]["DocumentOrigin"];
            factorSet: {
                id: string;
                version: string;
            };
            links: {
                self: string;
                template: string;
            };
            sources: {
                [key: string]: {
                    title: {
                        zh: string;
                        en: string;
                    };
                    citation: string;
                    /**
                     * @description official: read in a published standard. reported: read in public material about it. assumed: chosen by this project, for a jurisdiction to replace; never the law
                     * @enum {string}
                     */
                    status: "official" | "reported" | "assumed";
                    url?: string;
                };
            };
            identifiers: string[];
            classifications: {
                id: string;
                level: string | null;
            }[];
            inputs: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                unit: string;
                minimum: number | null;
                maximum: number | null;
                /** @description Of a choice: what may be submitted */
                options: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                }[] | null;
                /** @description Where it is missing: a value counts, the subject is not rated for a reason, or it is unknown and other values count in its place */
                missing: {
                    value: number;
                } | {
                    notRated: string;
                } | {
                    /** @enum {boolean} */
                    unknown: true;
                };
                hint: {
                    zh: string;
                    en: string;
                } | null;
                informative: boolean;
            }[];
            /** @description Every number of the rules */
            numbers: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                unit: string;
                /** @description In force from this day, until the next of its name */
                from: string;
                value: number;
                /** @description Key in `sources` */
                source: string;
                clause: string | null;
                /**
                 * @description official: read in a published standard. reported: read in public material about it. assumed: chosen by this project, for a jurisdiction to replace; never the law
                 * @enum {string}
                 */
                status: "official" | "reported" | "assumed";
            }[];
            calculations: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                unit: string;
                formula: string;
                onlyIf: string | null;
                /** @description Key in `sources` */
                source: string;
                clause: string | null;
            }[];
            tables: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                unit: string;
                /** @description `region`, `industry`, or the name of a choice */
                by: string;
                rows: {
                    key: string;
                    from: string;
                    value: number;
                    /** @description Key in `sources` */
                    source: string;
                    clause: string | null;
                    /**
                     * @description official: read in a published standard. reported: read in public material about it. assumed: chosen by this project, for a jurisdiction to replace; never the law
                     * @enum {string}
                     */
                    status: "official" | "reported" | "assumed";
                }[];
            }[];
            /** @description Statistics of the peers */
            peers: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                unit: string;
                statistic: string;
                /** @description The value it is made of; numerator and denominator of a ratio of totals */
                of: string[];
                /** @description Of `top-share`: name of the number */
                share: string | null;
                /** @enum {string|null} */
                best: "highest" | "lowest" | null;
                members: string;
                minimumPeers: string;
                groups: {
                    level: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                    /** @description Choices whose options agree among the peers; empty: any */
                    by: string[];
                    industryDigits: number;
                    region: string;
                }[];
                /** @description Key in `sources` */
                source: string;
                clause: string | null;
            }[];
            notRated: {
                code: string;
                message: {
                    zh: string;
                    en: string;
                };
                when: string | null;
            }[];
            gradings: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                of: string | null;
                compare: string;
                gates: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                    require: string;
                    /** @description The band where it does not hold */
                    otherwise: string;
                    /** @description Key in `sources` */
                    source: string;
                    clause: string | null;
                }[];
                bands: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                    /** @description Name of the number that bounds it, included */
                    atMost: string | null;
                    /** @description Name of the number that bounds it, excluded */
                    below: string | null;
                    /** @description The same from below, included */
                    atLeast: string | null;
                    /** @description The same from below, excluded */
                    above: string | null;
                    /** @description Only where this holds, too */
                    when: string | null;
                }[];
                /** @description Key in `sources` */
                source: string;
                clause: string | null;
            }[];
            results: {
                name: string;
                decimals: number;
            }[];
            headline: {
                grade: string;
                level: string | null;
                rankBy: string;
                /**
                 * @description Which end ranks first
                 * @enum {string}
                 */
                best: "highest" | "lowest";
            };
        };
        FactorSetList: {
            items: components["schemas"]["FactorSetSummary"][];
        };
        FactorSetSummary: {
            id: string;
            version: string;
            hash: string;
            title: {
                zh: string;
                en: string;
            };
            effective: {
                from: string;
                to: string | null;
            };
            origin: components["schemas"]["DocumentOrigin"];
            factors: number;
            links: {
                self: string;
            };
        };
        FactorSet: {
            id: string;
            version: string;
            hash: string;
            title: {
                zh: string;
                en: string;
            };
            effective: {
                from: string;
                to: string | null;
            };
            origin: components["schemas"]["DocumentOrigin"];
            factors: {
                id: string;
                quantity: string;
                carrier: string;
                unit: string;
                note: {
                    zh: string;
                    en: string;
                } | null;
                numbers: {
                    /** @description Where the factor differs by region */
                    region: string | null;
                    year: number | null;
                    /** @description Where the factor is a product: which of its terms this is */
                    component: {
                        name: string;
                        title: {
                            zh: string;
                            en: string;
                        };
                    } | null;
                    value: number;
                    /** @description The value is divided by it, as in 44/12 */
                    over: number | null;
                    unit: string;
                    /** @description Key in `sources` */
                    source: string;
                    clause: string | null;
                    /**
                     * @description official: read in a published standard. reported: read in public material about it. assumed: chosen by this project, for a jurisdiction to replace; never the law
                     * @enum {string}
                     */
                    status: "official" | "reported" | "assumed";
                }[];
            }[];
            links: {
                self: string;
            };
            sources: {
                [key: string]: {
                    title: {
                        zh: string;
                        en: string;
                    };
                    citation: string;
                    /**
                     * @description official: read in a published standard. reported: read in public material about it. assumed: chosen by this project, for a jurisdiction to replace; never the law
                     * @enum {string}
                     */
                    status: "official" | "reported" | "assumed";
                    url?: string;
                };
            };
        };
        Proposal: {
            id: string;
            /** @enum {string} */
            kind: "rulebook" | "factor-set";
            document: {
                id: string;
                version: string;
                hash: string;
            };
            /** @enum {string} */
            state: "open" | "approved" | "rejected";
            reason: string;
            /** @description Name as stated */
            proposedBy: string;
            proposedAt: string;
            /** @description Null while it is open */
            decision: {
                /** @enum {string} */
                decision: "approved" | "rejected";
                /** @description Name as stated */
                decidedBy: string;
                reason: string | null;
                decidedAt: string;
            } | null;
            links: {
                self: string;
            };
            text: string;
            /** @description Null where the text is not sound */
            effective: {
                from: string;
                to: string | null;
            } | null;
            checks: components["schemas"]["DocumentChecks"];
            /** @description Against the version before; null where it is the first of its id */
            difference: {
                before: {
                    id: string;
                    version: string;
                    hash: string;
                };
                after: {
                    id: string;
                    version: string;
                    hash: string;
                };
                changes: {
                    /** @enum {string} */
                    kind: "number" | "added" | "removed" | "changed" | "order";
                    /** @description Field of the document, such as `parameters` */
                    part: string;
                    /** @description Name, code or reason of the item within it */
                    name: string;
                    title: {
                        zh: string;
                        en: string;
                    } | null;
                    clause: string | null;
                    field?: string;
                    /** @description Of a number: from this day */
                    from?: string | null;
                    /** @description As the document writes it */
                    item?: unknown;
                    /** @description As the document writes it */
                    before?: unknown;
                    /** @description As the document writes it */
                    after?: unknown;
                }[];
            } | null;
            /** @description What approval would not change, though it could be expected to */
            warnings: components["schemas"]["ProposalWarning"][];
        };
        DocumentChecks: {
            /** @description Parsed, factor set at hand, compiled for every period in which a number changes, worked examples pass */
            sound: boolean;
            problems: components["schemas"]["Issue"][];
            /** @description Those it was compiled for */
            periods: string[];
            /** @description Worked examples, all of which pass */
            examples: number;
            /** @description What no worked example reaches */
            uncovered: {
                bands: {
                    grading: string;
                    band: string;
                }[];
                reasons: string[];
                checks: string[];
            };
        };
        ProposalWarning: {
            /** @enum {string} */
            code: "published-periods" | "rated-periods";
            message: {
                zh: string;
                en: string;
            };
            periods: string[];
        };
        ProposalRequest: {
            /**
             * @default rulebook
             * @enum {string}
             */
            kind?: "rulebook" | "factor-set";
            /** @description YAML of at most 1 MB */
            text: string;
            /** @description Why, in the words of who proposes */
            reason: string;
            /** @description Name as stated: until accounts exist nobody verifies it */
            proposedBy: string;
        };
        ProposalPage: {
            items: components["schemas"]["ProposalSummary"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        ProposalSummary: {
            id: string;
            /** @enum {string} */
            kind: "rulebook" | "factor-set";
            document: {
                id: string;
                version: string;
                hash: string;
            };
            /** @enum {string} */
            state: "open" | "approved" | "rejected";
            reason: string;
            /** @description Name as stated */
            proposedBy: string;
            proposedAt: string;
            /** @description Null while it is open */
            decision: {
                /** @enum {string} */
                decision: "approved" | "rejected";
                /** @description Name as stated */
                decidedBy: string;
                reason: string | null;
                decidedAt: string;
            } | null;
            links: {
                self: string;
            };
        };
        DecisionRequest: {
            /** @enum {string} */
            decision: "approved" | "rejected";
            /** @description Another person than the proposer; width, case and spaces make no other person. Not verified until accounts exist */
            decidedBy: string;
            /** @description Required of a rejection */
            reason?: string;
        };
        RatingPage: {
            items: components["schemas"]["Rating"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        Rating: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "provisional" | "final";
            /** @enum {string} */
            outcome: "rated" | "not-rated";
            reasons: components["schemas"]["NotRatedReason"][];
            subject: {
                /** @enum {string} */
                scheme: "uscc" | "local";
                code: string;
            };
            name: string | null;
            regionCode: string;
            industryClassification: string;
            industryCode: string;
            rulebook: {
                id: string;
                version: string;
                hash: string;
            };
            factorSet: {
                id: string;
                version: string;
                hash: string;
            };
            period: string;
            /** Format: uuid */
            submissionId: string;
            revision: number;
            /** Format: uuid */
            runId: string | null;
            /** @description Each an exact decimal of at most 15 significant digits, rounded once by GB/T 8170 */
            results: {
                [key: string]: number | null;
            };
            gradings: components["schemas"]["GradingResult"][];
            label: {
                zh: string;
                en: string;
            } | null;
            peerGroup: components["schemas"]["PeerGroup"];
            /** @description Of a ranked run’s rating; none where it is provisional or not rated */
            ranks: components["schemas"]["Rank"][];
            /** Format: date-time */
            createdAt: string;
        };
        NotRatedReason: {
            code: string;
            message: {
                zh: string;
                en: string;
            };
        };
        GradingResult: {
            name: string;
            code: string;
            title: {
                zh: string;
                en: string;
            };
        };
        PeerGroup: {
            /** Format: uuid */
            benchmarkId: string | null;
            level: string;
            title: {
                zh: string;
                en: string;
            };
            key: string;
            size: number;
        } | null;
        Rank: {
            /**
             * @description Among whom: all of the run, the city (4 digits of the region code), the county (6), the industry division (2 digits), the class
             * @enum {string}
             */
            scope: "all" | "city" | "county" | "division" | "class";
            /** @description Which city, county, division or class; empty for all */
            key: string;
            /** @description Competition rank: 1, 2, 2, 4 */
            rank: number;
            /** @description How many share the rank, this one included */
            tied: number;
            /** @description How many are ranked in the scope */
            ranked: number;
        };
        Explanation: {
            /** Format: uuid */
            ratingId: string;
            /** Format: uuid */
            submissionId: string;
            /** @description The submission of the same period a year before that was read */
            yearBefore: {
                /** Format: uuid */
                submissionId: string;
                period: string;
                revision: number;
            } | null;
            rulebook: {
                id: string;
                version: string;
                hash: string;
                title: {
                    zh: string;
                    en: string;
                };
            };
            factorSet: {
                id: string;
                version: string;
                hash: string;
                title: {
                    zh: string;
                    en: string;
                };
            };
            period: {
                id: string;
                start: string;
                end: string;
            };
            /** @description Of every statistic that the subject was compared with */
            benchmarks: {
                statistic: string;
                level: string;
                groupKey: string;
                size: number;
                numerator: string;
                denominator: string;
                value: number | null;
                title: {
                    zh: string;
                    en: string;
                };
                groupTitle: {
                    zh: string;
                    en: string;
                };
                clause: string;
                source: components["schemas"]["Source"];
                /** @description Exact: a decimal, or a fraction `n/d`; null is unknown */
                exact: string | null;
                /** @description For reading: the exact decimal where it is short, else its first digits and `…` */
                shown: string | null;
            }[];
            lines: components["schemas"]["ExplanationLine"][];
            gradings: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                of: string | null;
                /** @description Exact: a decimal, or a fraction `n/d`; null is unknown */
                value: string | null;
                /** @description For reading: the exact decimal where it is short, else its first digits and `…` */
                shown: string | null;
                /** @enum {string} */
                compare: "full-value" | "rounded-value";
                source: components["schemas"]["Source"];
                clause: string;
                /** @description Requirements before the bands */
                gates: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                    source: components["schemas"]["Source"];
                    clause: string;
                    condition: components["schemas"]["Condition"];
                    /** @description The band where it does not hold */
                    otherwise: string;
                }[];
                bands: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                    /** @enum {string|null} */
                    relation: "<=" | "<" | ">=" | ">" | null;
                    limit: components["schemas"]["Operand"] | null;
                    condition: components["schemas"]["Condition"] | null;
                    isResult: boolean;
                }[];
                band: string | null;
            }[];
            reasons: {
                code: string;
                message: {
                    zh: string;
                    en: string;
                };
                when: string | null;
            }[];
            label: {
                zh: string;
                en: string;
            } | null;
            columns: {
                /** @enum {string} */
                outcome: "rated" | "not-rated";
                reasons: string[];
                values: (number | null)[];
                bands: (number | null)[];
            };
        };
        Source: {
            key: string;
            title: {
                zh: string;
                en: string;
            };
            citation: string;
            status: string;
        } | null;
        ExplanationLine: {
            name: string;
            title: {
                zh: string;
                en: string;
            };
            unit: string;
            /** @description As the rulebook writes it */
            formula: string;
            /** @description The condition without which the value is unknown */
            onlyIf: string | null;
            /** @description With this subject’s numbers */
            substituted: string;
            /** @description Exact: a decimal, or a fraction `n/d`; null is unknown */
            value: string | null;
            /** @description Rounded for reading */
            shown: string | null;
            source: components["schemas"]["Source"];
            clause: string;
            operands: components["schemas"]["Operand"][];
            /** @description Terms of totals that are zero and not listed */
            zeroTerms: number;
        };
        Operand: {
            /** @enum {string} */
            kind: "input" | "parameter" | "factor" | "fact" | "table" | "benchmark" | "calculation";
            name: string;
            title: {
                zh: string;
                en: string;
            };
            unit: string;
            /** @description Exact: a decimal, or a fraction `n/d`; null is unknown */
            value: string | null;
            /** @description For reading: the exact decimal where it is short, else its first digits and `…` */
            shown: string | null;
            source: components["schemas"]["Source"];
            clause: string | null;
            /** @description official, reported or assumed */
            status: string | null;
            note: {
                zh: string;
                en: string;
            } | null;
            components: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                value: string;
                unit: string;
                source: components["schemas"]["Source"];
                clause: string | null;
                status: string;
            }[];
        };
        Condition: {
            /** @description As the rulebook writes it */
            text: string;
            holds: boolean | null;
            operands: components["schemas"]["Operand"][];
        };
        Advice: {
            /** Format: uuid */
            ratingId: string;
            /** Format: uuid */
            submissionId: string;
            /** @description What to know where a value depends on a benchmark; null where none does */
            benchmarkHeldFixed: {
                zh: string;
                en: string;
            } | null;
            gradings: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                of: {
                    name: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                    unit: string;
                } | null;
                /** @description Exact: a decimal, or a fraction `n/d` */
                value: string | null;
                shown: string | null;
                /** @enum {string} */
                compare: "full-value" | "rounded-value";
                bands: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                }[];
                band: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                } | null;
                boundaries: {
                    below: components["schemas"]["Boundary"];
                    above: components["schemas"]["Boundary"];
                };
                /** @description Gates that do not hold now */
                failedGates: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                }[];
                better: {
                    code: string;
                    title: {
                        zh: string;
                        en: string;
                    };
                    distance: {
                        limit: {
                            name: string;
                            title: {
                                zh: string;
                                en: string;
                            };
                            unit: string;
                            /** @enum {string} */
                            relation: "<=" | "<" | ">=" | ">";
                            /** @description Exact: a decimal, or a fraction `n/d` */
                            value: string;
                            shown: string;
                        };
                        /** @description Limit minus value, for reading */
                        absolute: string;
                        /** @description Exact: a decimal, or a fraction `n/d` */
                        absoluteExact: string;
                        /** @description In per cent, three digits, rounded away from zero; null where the whole is zero */
                        percent: string | null;
                        isMet: boolean;
                    } | null;
                    /** @description What the band asks beside its limit, as the rulebook writes it */
                    condition: {
                        text: string;
                        isMet: boolean;
                    } | null;
                    inputs: components["schemas"]["InputAdvice"][];
                    choices: components["schemas"]["ChoiceAdvice"][];
                }[];
                uncertainty: {
                    single: {
                        name: string;
                        title: {
                            zh: string;
                            en: string;
                        };
                        unit: string;
                        relative: string;
                        /** @enum {string} */
                        answer: "certain" | "could-flip";
                        /** @description The bands it can be, best first */
                        bands: string[];
                        couldBeUnrated: boolean;
                    }[];
                    together: {
                        /** @enum {string} */
                        answer: "certain" | "could-flip";
                        /** @description The bands it can be, best first */
                        bands: string[];
                        couldBeUnrated: boolean;
                    };
                } | null;
            }[];
        };
        Boundary: {
            limit: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                unit: string;
                /** @enum {string} */
                relation: "<=" | "<" | ">=" | ">";
                /** @description Exact: a decimal, or a fraction `n/d` */
                value: string;
                shown: string;
            };
            /** @description Limit minus value, for reading */
            absolute: string;
            /** @description Exact: a decimal, or a fraction `n/d` */
            absoluteExact: string;
            /** @description In per cent, three digits, rounded away from zero; null where the whole is zero */
            percent: string | null;
            beyond: {
                code: string;
                title: {
                    zh: string;
                    en: string;
                };
            };
        } | null;
        InputAdvice: {
            name: string;
            title: {
                zh: string;
                en: string;
            };
            unit: string;
            present: string;
            isDefault: boolean;
            sentence: {
                zh: string;
                en: string;
            };
            /** @enum {boolean} */
            reachable: true;
            /** @description Where the band begins, exactly */
            exact: string;
            /** @description The least change, rounded at 15 digits to the side that reaches the band */
            least: {
                /** @description What the input becomes; a submission takes it */
                value: string;
                change: string;
                /** @description In per cent, three digits, rounded away from zero; null where the whole is zero */
                percent: string | null;
            };
            /** @description A change of few digits that reaches it as well */
            rounded: {
                /** @description What the input becomes; a submission takes it */
                value: string;
                change: string;
                /** @description In per cent, three digits, rounded away from zero; null where the whole is zero */
                percent: string | null;
            };
            /** @description The band it gives: the one wanted or a better one */
            reaches: string;
        } | {
            name: string;
            title: {
                zh: string;
                en: string;
            };
            unit: string;
            present: string;
            isDefault: boolean;
            sentence: {
                zh: string;
                en: string;
            };
            /** @enum {boolean} */
            reachable: false;
            /** @enum {string} */
            obstacle: "no-effect" | "out-of-reach" | "below-minimum" | "above-maximum" | "fails-check" | "not-rated" | "no-decimal" | "not-solved";
            /** @description Exact: a decimal, or a fraction `n/d` */
            needed: string | null;
            neededShown: string | null;
            code: string | null;
            message: {
                zh: string;
                en: string;
            } | null;
        };
        ChoiceAdvice: {
            name: string;
            title: {
                zh: string;
                en: string;
            };
            present: {
                code: string;
                title: {
                    zh: string;
                    en: string;
                };
            } | null;
            /** @description Options that reach the band */
            options: {
                code: string;
                title: {
                    zh: string;
                    en: string;
                };
            }[];
        };
        Replay: {
            /** Format: uuid */
            ratingId: string;
            identical: boolean;
            rulebook: {
                id: string;
                version: string;
                hash: string;
            };
            factorSet: {
                id: string;
                version: string;
                hash: string;
            };
            kept: components["schemas"]["ReplayColumns"];
            recomputed: components["schemas"]["ReplayColumns"];
        };
        ReplayColumns: {
            /** @enum {string} */
            outcome: "rated" | "not-rated";
            reasons: string[];
            results: {
                [key: string]: number | null;
            };
            gradings: {
                [key: string]: string | null;
            };
        };
        RankingPage: {
            items: components["schemas"]["RankedRating"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        RankedRating: {
            /** @description Equal values share a rank: 1, 2, 2, 4 */
            rank: number;
            /** @description How many share it */
            tied: number;
            /** @description Ranked subjects within the filter */
            population: number;
            rankBy: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                value: number;
            };
            rating: components["schemas"]["Rating"];
        };
        Distribution: {
            rulebook: string;
            period: string;
            /** @enum {string} */
            by: "grade" | "industry" | "region";
            total: number;
            rated: number;
            notRated: number;
            /** @description The bands that `counts` refer to, in the rulebook’s order */
            grades: {
                code: string;
                title: {
                    zh: string;
                    en: string;
                };
            }[];
            /** @description Why subjects are not rated; one with several reasons counts under each */
            reasons: {
                code: string;
                message: {
                    zh: string;
                    en: string;
                };
                count: number;
            }[];
            groups: {
                /** @description Grade code or `not-rated`; classification and division; or region code */
                key: string;
                /** @description Of a grade, division or region; null where none is known */
                title: {
                    zh: string;
                    en: string;
                } | null;
                total: number;
                notRated: number;
                /** @description Rated subjects by band, in the order of `grades` */
                counts: number[];
            }[];
        };
        BenchmarkPage: {
            items: components["schemas"]["Benchmark"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        Benchmark: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            runId: string;
            /** @description Name of the rulebook’s statistic */
            statistic: string;
            level: string;
            title: {
                zh: string;
                en: string;
            };
            groupKey: string;
            /** @description Peers */
            size: number;
            /** @description Exact total */
            numerator: string;
            /** @description Exact total */
            denominator: string;
            /** @description The quotient, rounded for display */
            value: number | null;
        };
        Run: {
            /** Format: uuid */
            id: string;
            rulebook: {
                id: string;
                version: string;
                hash: string;
            };
            factorSet: {
                id: string;
                version: string;
                hash: string;
            };
            period: string;
            /** @enum {string} */
            state: "draft" | "frozen" | "benchmarked" | "scored" | "ranked" | "under-notice" | "published" | "cancelled" | "failed";
            subjects: {
                total: number;
                done: number;
                rated: number;
                notRated: number;
                /** @description Subjects that could not be rated for a defect of ours, recorded */
                failed: number;
            };
            /** @description What is being done; null where nothing is */
            progress: {
                /** @enum {string} */
                step: "freezing" | "benchmarking" | "scoring" | "ranking";
                /** @description Subjects, of all stages of statistics together */
                done: number;
                /** @description 0 while it is not known yet */
                total: number;
                /** @description Since the step began */
                perSecond: number | null;
                /** @description Of this step, at that rate */
                secondsLeft: number | null;
            } | null;
            failure: string | null;
            /**
             * Format: uuid
             * @description The published run of the period before that it is compared with
             */
            previousRunId: string | null;
            /**
             * Format: date
             * @description Last day of the public notice
             */
            noticeUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            frozenAt: string | null;
            /** Format: date-time */
            benchmarkedAt: string | null;
            /** Format: date-time */
            scoredAt: string | null;
            /** Format: date-time */
            rankedAt: string | null;
            /** Format: date-time */
            noticedAt: string | null;
            /** Format: date-time */
            publishedAt: string | null;
            /**
             * Format: date-time
             * @description When it was cancelled or failed
             */
            endedAt: string | null;
            /** @description Whether it is the run that readers see */
            current: boolean;
            links: {
                self: string;
                ratings: string;
                benchmarks: string;
                moves: string;
                events: string;
            };
        };
        RunRequest: {
            rulebook: string;
            period: string;
        };
        RunPage: {
            items: components["schemas"]["Run"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        RunMoves: {
            /** Format: uuid */
            runId: string;
            /** Format: uuid */
            previousRunId: string | null;
            moves: {
                before: {
                    /** @enum {string} */
                    outcome: "rated" | "not-rated" | "absent";
                    /** @description Code of the headline band */
                    grade: string | null;
                };
                now: {
                    /** @enum {string} */
                    outcome: "rated" | "not-rated" | "absent";
                    /** @description Code of the headline band */
                    grade: string | null;
                };
                subjects: number;
            }[];
        };
        RunMoverPage: {
            items: components["schemas"]["RunMover"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        RunMover: {
            subject: {
                scheme: string;
                code: string;
            };
            regionCode: string;
            industryCode: string;
            before: {
                /** @enum {string} */
                outcome: "rated" | "not-rated" | "absent";
                /** @description Code of the headline band */
                grade: string | null;
            };
            now: {
                /** @enum {string} */
                outcome: "rated" | "not-rated" | "absent";
                /** @description Code of the headline band */
                grade: string | null;
            };
        };
        NoticeRequest: {
            /**
             * Format: date
             * @description Last day of the notice; null: not stated
             * @default null
             */
            until?: string | null;
        };
        RunSchedule: {
            /** Format: uuid */
            id: string;
            rulebook: string;
            /** @enum {string} */
            every: "quarter" | "half-year" | "year";
            monthsAfter: number;
            day: number;
            hour: number;
            /** @description The next run; null where the schedule has ended */
            next: {
                period: string;
                /** Format: date-time */
                at: string;
            } | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt: string | null;
        };
        RunScheduleRequest: {
            rulebook: string;
            /** @enum {string} */
            every: "quarter" | "half-year" | "year";
            /**
             * @description Whole months after the period’s end; 0: the month after
             * @default 0
             */
            monthsAfter?: number;
            /** @default 20 */
            day?: number;
            /**
             * @description Of China
             * @default 2
             */
            hour?: number;
        };
        RunScheduleList: {
            items: components["schemas"]["RunSchedule"][];
        };
        DryRun: {
            period: string;
            population: number;
            before: components["schemas"]["DryRunVersion"];
            after: components["schemas"]["DryRunVersion"];
            counts: {
                better: number;
                worse: number;
                unchanged: number;
                newlyRated: number;
                noLongerRated: number;
                /** @description In neither version */
                notRated: number;
                notComparable: number;
            };
            matrix: {
                before: components["schemas"]["DryRunOutcome"][];
                after: components["schemas"]["DryRunOutcome"][];
                /** @description By outcome before, then after; the sum is the population */
                counts: number[][];
            };
            /** @description How many movers each kind of cause took part in, and sufficed for */
            causes: {
                /** @enum {string} */
                kind: "limit" | "benchmark" | "factor" | "parameter" | "formula" | "not-rated-rule" | "range";
                movers: number;
                sufficient: number;
            }[];
            moversTotal: number;
            movers: components["schemas"]["DryRunMover"][];
        };
        DryRunVersion: {
            id: string;
            version: string;
            hash: string;
            title: {
                zh: string;
                en: string;
            };
            factorSet: {
                id: string;
                version: string;
                hash: string;
            };
            /**
             * Format: date
             * @description The day whose numbers count: the last of the period, or the first of a version that begins later
             */
            appliedOn: string;
            grading: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
            };
            value: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                unit: string;
            };
            distribution: {
                outcome: components["schemas"]["DryRunOutcome"];
                count: number;
            }[];
        };
        DryRunOutcome: {
            /** @enum {string} */
            kind: "rated" | "not-rated" | "refused";
            /** @description Of the grade; null where there is none */
            code: string | null;
            text: {
                zh: string;
                en: string;
            };
            reasons: components["schemas"]["NotRatedReason"][];
        };
        DryRunMover: {
            subject: {
                /** @enum {string} */
                scheme: "uscc" | "local";
                code: string;
            };
            name: string | null;
            regionCode: string;
            industryClassification: string;
            industryCode: string;
            /** @enum {string} */
            movement: "better" | "worse" | "newly-rated" | "no-longer-rated" | "not-comparable";
            before: {
                outcome: components["schemas"]["DryRunOutcome"];
                /** @description The value graded, as a rating keeps it */
                value: number | null;
                /** @description Those that there are, in the order of the statistics of the version */
                benchmarks: components["schemas"]["DryRunBenchmark"][];
            };
            after: {
                outcome: components["schemas"]["DryRunOutcome"];
                /** @description The value graded, as a rating keeps it */
                value: number | null;
                /** @description Those that there are, in the order of the statistics of the version */
                benchmarks: components["schemas"]["DryRunBenchmark"][];
            };
            ownValues: components["schemas"]["NumberChange"][];
            causes: components["schemas"]["DryRunCause"][];
        };
        DryRunBenchmark: {
            statistic: string;
            level: string;
            groupKey: string;
            groupTitle: {
                zh: string;
                en: string;
            };
            size: number;
            numerator: string;
            denominator: string;
            value: number | null;
        };
        NumberChange: {
            name: string;
            title: {
                zh: string;
                en: string;
            };
            unit: string;
            before: string | null;
            after: string | null;
        };
        DryRunCause: {
            /** @enum {string} */
            kind: "limit" | "benchmark" | "factor" | "parameter" | "formula" | "not-rated-rule" | "range";
            text: {
                zh: string;
                en: string;
            };
            /** @description This change alone has the same outcome */
            sufficient: boolean;
            /** @description Without this change the outcome is another */
            necessary: boolean;
            alone: components["schemas"]["DryRunOutcome"];
            without: components["schemas"]["DryRunOutcome"];
            limits?: {
                band: string;
                title: {
                    zh: string;
                    en: string;
                };
                before: {
                    name: string;
                    /** @enum {string} */
                    relation: "<=" | "<" | ">=" | ">";
                    value: string | null;
                } | null;
                after: {
                    name: string;
                    /** @enum {string} */
                    relation: "<=" | "<" | ">=" | ">";
                    value: string | null;
                } | null;
            }[];
            compareMode?: boolean;
            benchmarks?: {
                statistic: string;
                title: {
                    zh: string;
                    en: string;
                };
                before: components["schemas"]["DryRunBenchmark"] | null;
                after: components["schemas"]["DryRunBenchmark"] | null;
                changed: ("group" | "size" | "value")[];
            }[];
            factors?: components["schemas"]["NumberChange"][];
            parameters?: components["schemas"]["NumberChange"][];
            formulas?: {
                name: string;
                title: {
                    zh: string;
                    en: string;
                };
                before: string | null;
                after: string | null;
            }[];
            inputs?: string[];
            /** @description Whether these formulas reach the subject; false: all that changed */
            decided?: boolean;
            rules?: {
                code: string;
                before: {
                    message: {
                        zh: string;
                        en: string;
                    };
                    when: string | null;
                } | null;
                after: {
                    message: {
                        zh: string;
                        en: string;
                    };
                    when: string | null;
                } | null;
            }[];
            outOfRange?: {
                name: string;
                value: number;
                minimum: number | null;
                maximum: number | null;
            }[];
        };
        DryRunRequest: {
            /** @example industrial-carbon-efficiency */
            rulebook: string;
            /**
             * @description `2026Q3`, `2026H1` or `2026`
             * @example 2026Q3
             */
            period: string;
            /** @description Version or hash; default: the version in force in the period */
            before?: string;
            after: {
                /** @description YAML of at most 1 MB, not kept */
                text: string;
            } | {
                version: string;
            } | {
                /**
                 * Format: uuid
                 * @description Id of a proposal, decided or not
                 */
                proposal: string;
            };
            /** @description For the version after, in place of the factor set that it names */
            factorSet?: {
                /** @description YAML of at most 1 MB, not kept */
                text: string;
            } | {
                version: string;
                id: string;
            } | {
                /**
                 * Format: uuid
                 * @description Id of a proposal, decided or not
                 */
                proposal: string;
            };
            /** @description The grading to compare; default: the one that is the grade */
            grading?: string;
            /**
             * @description How many movers to list; their total is always told
             * @default 100
             */
            movers?: number;
        };
        Live: {
            /** @enum {string} */
            status: "live";
        };
        Serving: {
            /** @enum {string} */
            status: "serving";
        };
        Ready: {
            /** @enum {string} */
            status: "ready";
            database: {
                latencyMs: number;
            };
            migrations: {
                applied: number;
            };
            outbox: {
                waiting: number;
                /** @description Null where nothing waits */
                oldestSeconds: number | null;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listSubmissions: {
        parameters: {
            query: {
                /** @description Unified social credit code */
                uscc?: string;
                /** @description Local id, where a rulebook admits subjects without a USCC */
                localId?: string;
                rulebook: string;
                /** @description `2026Q3`, `2026H1` or `2026` */
                period: string;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of revisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSubmissions: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 200 visible ASCII characters. Sending the same request again with the same key has no second effect and gets the same answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmissionRequest"];
            };
        };
        responses: {
            /** @description Kept; ratings follow */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionReceipt"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP; invalid-json: The body is not valid JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-in-progress: The same request is in progress */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-submission: The submitted data have errors; idempotency-key-reused: Idempotency key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-much-at-once: Too much at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable; backlog-full: Too much is waiting */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubmission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The submission */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submission"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUploads: {
        parameters: {
            query?: {
                state?: "receiving" | "received" | "checking" | "importing" | "done" | "rejected" | "unreadable";
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUpload: {
        parameters: {
            query: {
                rulebook: string;
                /** @description For rows that state none of their own */
                period?: string;
                /** @description Keep the good rows where others are bad; default false */
                partial?: boolean;
                filename?: string;
            };
            header?: {
                /** @description 1 to 200 visible ASCII characters. Sending the same request again with the same key has no second effect and gets the same answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description All bytes are kept */
            202: {
                headers: {
                    /** @description The upload */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-in-progress: The same request is in progress */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused: Idempotency key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-at-once: Too many at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable; backlog-full: Too much is waiting */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUploadErrors: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadErrorPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnnotatedUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOriginalUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRulebooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookList"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRulebook: {
        parameters: {
            query?: {
                /** @description Default: the version in force today, or the newest where none is */
                version?: string;
                /** @description The version in force then, instead of `version` */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rulebook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rulebook"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTemplate: {
        parameters: {
            query?: {
                /** @description Default: the version in force today, or the newest where none is */
                version?: string;
                /** @description The version in force then, instead of `version` */
                period?: string;
                format?: "csv" | "xlsx";
                /** @description Default: by Accept-Language */
                language?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    /** @description The version whose form it is */
                    "rulebook-version"?: string;
                    /** @description `false` where that version is not in force in the period, or today where none is named */
                    "rulebook-in-force"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFactorSets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorSetList"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFactorSet: {
        parameters: {
            query?: {
                /** @description Default: the version in force today, or the newest where none is */
                version?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The factor set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorSet"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRulebookProposals: {
        parameters: {
            query?: {
                kind?: "rulebook" | "factor-set";
                /** @description Id of the rulebook or factor set */
                document?: string;
                state?: "open" | "approved" | "rejected";
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeRulebook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 200 visible ASCII characters. Sending the same request again with the same key has no second effect and gets the same answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposalRequest"];
            };
        };
        responses: {
            /** @description Kept, open */
            201: {
                headers: {
                    /** @description The proposal */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP; invalid-json: The body is not valid JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict; idempotency-in-progress: The same request is in progress */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-document: The rulebook or factor set is not valid; too-costly: More than one request may take; idempotency-key-reused: Idempotency key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-much-at-once: Too much at once; too-many-at-once: Too many at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRulebookProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proposal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: More than one request may take */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-at-once: Too many at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideRulebookProposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 200 visible ASCII characters. Sending the same request again with the same key has no second effect and gets the same answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionRequest"];
            };
        };
        responses: {
            /** @description Decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP; invalid-json: The body is not valid JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only; second-person-needed: Another person decides */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict; idempotency-in-progress: The same request is in progress */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-document: The rulebook or factor set is not valid; too-costly: More than one request may take; idempotency-key-reused: Idempotency key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-much-at-once: Too much at once; too-many-at-once: Too many at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRatings: {
        parameters: {
            query: {
                rulebook: string;
                /** @description `2026Q3`, `2026H1` or `2026` */
                period: string;
                /** @description Unified social credit code */
                uscc?: string;
                /** @description Local id, where a rulebook admits subjects without a USCC */
                localId?: string;
                /** @description Industry code or its first digits: 17 is the whole division */
                industry?: string;
                /** @description Administrative code; 330500 is the whole city, 330000 the whole province */
                region?: string;
                /** @description Code of a band of the rulebook’s headline grading */
                grade?: string;
                outcome?: "rated" | "not-rated";
                state?: "provisional" | "final";
                /** @description Ratings of this run, published or not; default: the current ones */
                runId?: string;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportRatings: {
        parameters: {
            query: {
                rulebook: string;
                /** @description `2026Q3`, `2026H1` or `2026` */
                period: string;
                /** @description Unified social credit code */
                uscc?: string;
                /** @description Local id, where a rulebook admits subjects without a USCC */
                localId?: string;
                /** @description Industry code or its first digits: 17 is the whole division */
                industry?: string;
                /** @description Administrative code; 330500 is the whole city, 330000 the whole province */
                region?: string;
                /** @description Code of a band of the rulebook’s headline grading */
                grade?: string;
                outcome?: "rated" | "not-rated";
                state?: "provisional" | "final";
                /** @description Start with a byte-order mark, for Excel; default false */
                bom?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, streamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-at-once: Too many at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rating */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rating"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainRating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JSON in both languages, or lines of text in the asked one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                    "text/plain": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adviseRating: {
        parameters: {
            query?: {
                /** @description Relative uncertainties of inputs: `carrier_33:0.02` is ±2 % of the submitted value. The answer then says whether they could flip the band */
                uncertainty?: string;
                /** @description Names of gradings to advise on; default: the headline grade */
                gradings?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JSON in both languages, or lines of text in the asked one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Advice"];
                    "text/plain": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayRating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both results */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRankings: {
        parameters: {
            query: {
                rulebook: string;
                /** @description `2026Q3`, `2026H1` or `2026` */
                period: string;
                /** @description Industry code or its first digits: 17 is the whole division */
                industry?: string;
                /** @description Administrative code; 330500 is the whole city, 330000 the whole province */
                region?: string;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RankingPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDistribution: {
        parameters: {
            query: {
                rulebook: string;
                /** @description `2026Q3`, `2026H1` or `2026` */
                period: string;
                /** @description Industry code or its first digits: 17 is the whole division */
                industry?: string;
                /** @description Administrative code; 330500 is the whole city, 330000 the whole province */
                region?: string;
                by?: "grade" | "industry" | "region";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Distribution"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBenchmarks: {
        parameters: {
            query: {
                rulebook: string;
                /** @description `2026Q3`, `2026H1` or `2026` */
                period: string;
                /** @description With `region`: only the peer groups a subject of both may be compared with */
                industry?: string;
                /** @description Administrative code; 330500 is the whole city, 330000 the whole province */
                region?: string;
                /** @description Of `industry`; default: the rulebook’s first */
                classification?: string;
                /** @description Default: the published run */
                runId?: string;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BenchmarkPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                rulebook?: string;
                /** @description `2026Q3`, `2026H1` or `2026` */
                period?: string;
                state?: "draft" | "frozen" | "benchmarked" | "scored" | "ranked" | "under-notice" | "published" | "cancelled" | "failed";
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 200 visible ASCII characters. Sending the same request again with the same key has no second effect and gets the same answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunRequest"];
            };
        };
        responses: {
            /** @description Queued */
            202: {
                headers: {
                    /** @description The run */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP; invalid-json: The body is not valid JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-in-progress: The same request is in progress */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused: Idempotency key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-much-at-once: Too much at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watchRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-at-once: Too many at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRunMoves: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The matrix */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunMoves"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunMovers: {
        parameters: {
            query?: {
                /** @description Default: the published run of the period before */
                against?: string;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Items per page, at most 1000 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunMoverPage"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRunUnderNotice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeRequest"];
            };
        };
        responses: {
            /** @description Under notice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP; invalid-json: The body is not valid JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-much-at-once: Too much at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description conflict: Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunScheduleList"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRunSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunScheduleRequest"];
            };
        };
        responses: {
            /** @description Scheduled */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSchedule"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP; invalid-json: The body is not valid JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-much-at-once: Too much at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endRunSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSchedule"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDryRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DryRunRequest"];
            };
        };
        responses: {
            /** @description Compared */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP; invalid-json: The body is not valid JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description invalid-document: The rulebook or factor set is not valid; too-costly: More than one request may take */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-much-at-once: Too much at once; too-many-at-once: Too many at once */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It lives */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getServing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It serves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Serving"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIndex: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: string;
                        links: {
                            [key: string]: string;
                        };
                    };
                    "text/html": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                };
            };
            /** @description invalid-request: The request is not as required; malformed-request: The request is not proper HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-this-host: Requests of this machine only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-timeout: The request came too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description headers-too-large: The headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
