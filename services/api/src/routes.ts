/** The table of all routes. Order matters only where a fixed segment and a parameter meet: the fixed one first. */
import { documentationRoutes } from './documentation/routes';
import { dryRunRoutes } from './dry-runs/routes';
import { healthRoutes } from './health/routes';
import type { Route } from './http/route';
import { metricsRoutes } from './metrics/routes';
import { ratingRoutes } from './ratings/routes';
import { rulebookProposalRoutes } from './rulebook-proposals/routes';
import { rulebookRoutes } from './rulebooks/routes';
import { runRoutes } from './runs/routes';
import { runScheduleRoutes } from './runs/schedule-routes';
import { submissionRoutes } from './submissions/routes';
import { uploadRoutes } from './uploads/routes';

export const routes: readonly Route[] = [
  ...submissionRoutes,
  ...uploadRoutes,
  ...rulebookRoutes,
  ...rulebookProposalRoutes,
  ...ratingRoutes,
  ...runRoutes,
  ...runScheduleRoutes,
  ...dryRunRoutes,
  ...healthRoutes,
  ...metricsRoutes,
  ...documentationRoutes(() => routes),
];
