/** What the advice of a rating is asked with, and what it answers. */
import { bilingualSchema } from '@tanxiao/contracts';
import { z } from 'zod';

import { inBoth } from '../http/parameters';

/** Parameters of a list have at most so many members: more than any rulebook has inputs that matter. */
const MOST_MEMBERS = 100;

const UNCERTAINTY = inBoth(
  '应如 carrier_33:0.02,carrier_15:0.05：填报项名称、冒号、0—1 的相对不确定度，以逗号分隔，每项一次',
  'must be like carrier_33:0.02,carrier_15:0.05: names of inputs, a colon, a relative uncertainty within 0 to 1, separated by commas, each once',
);

const uncertaintyParameter = z
  .string()
  .transform((text, check) => {
    const pairs = text
      .split(',')
      .map((part) => /^([a-z][a-z0-9_]{0,62}):(\d{1,3}|\d{0,3}\.\d{1,9})$/.exec(part.trim()));
    const shares = new Map(pairs.flatMap((pair) => (pair ? [[pair[1]!, Number(pair[2])]] : [])));
    const sound =
      pairs.length <= MOST_MEMBERS &&
      shares.size === pairs.length &&
      [...shares.values()].every((share) => share <= 1);
    if (sound) return Object.fromEntries(shares);
    check.addIssue({ code: 'custom', message: UNCERTAINTY });
    return z.NEVER;
  })
  .optional()
  .meta({
    description:
      'Relative uncertainties of inputs: `carrier_33:0.02` is ±2 % of the submitted value. The answer then says whether they could flip the band',
    example: 'carrier_33:0.02,carrier_15:0.05',
    type: 'string',
  });

const gradingsParameter = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}(,[a-z][a-z0-9_]{0,62}){0,19}$/,
    inBoth('应为以逗号分隔的分级名称', 'must be names of gradings, separated by commas'),
  )
  .transform((text) => [...new Set(text.split(','))])
  .optional()
  .meta({
    description: 'Names of gradings to advise on; default: the headline grade',
    example: 'carbon_efficiency_grade,carbon_level',
    type: 'string',
  });

export const adviceQuery = z.object({
  uncertainty: uncertaintyParameter,
  gradings: gradingsParameter,
});

const exact = z.string().meta({ description: 'Exact: a decimal, or a fraction `n/d`' });
const percent = z.string().nullable().meta({
  description: 'In per cent, three digits, rounded away from zero; null where the whole is zero',
});
const named = { name: z.string(), title: bilingualSchema, unit: z.string() };
const bandSchema = z.object({ code: z.string(), title: bilingualSchema });

const distance = {
  limit: z.object({
    ...named,
    relation: z.enum(['<=', '<', '>=', '>']),
    value: exact,
    shown: z.string(),
  }),
  absolute: z.string().meta({ description: 'Limit minus value, for reading' }),
  absoluteExact: exact,
  percent,
};

const changeSchema = z
  .object({
    value: z.string().meta({ description: 'What the input becomes; a submission takes it' }),
    change: z.string(),
    percent,
  })
  .meta({ id: 'AdvisedChange' });

const inputBase = {
  ...named,
  present: z.string(),
  isDefault: z.boolean(),
  sentence: bilingualSchema,
};

const inputSchema = z
  .union([
    z.object({
      ...inputBase,
      reachable: z.literal(true),
      exact: exact.meta({ description: 'Where the band begins, exactly' }),
      least: changeSchema.meta({
        description: 'The least change, rounded at 15 digits to the side that reaches the band',
      }),
      rounded: changeSchema.meta({ description: 'A change of few digits that reaches it as well' }),
      reaches: z
        .string()
        .meta({ description: 'The band it gives: the one wanted or a better one' }),
    }),
    z.object({
      ...inputBase,
      reachable: z.literal(false),
      obstacle: z.enum([
        'no-effect',
        'out-of-reach',
        'below-minimum',
        'above-maximum',
        'fails-check',
        'not-rated',
        'no-decimal',
        'not-solved',
      ]),
      needed: exact.nullable(),
      neededShown: z.string().nullable(),
      code: z.string().nullable(),
      message: bilingualSchema.nullable(),
    }),
  ])
  .meta({ id: 'InputAdvice' });

const choiceSchema = z
  .object({
    name: z.string(),
    title: bilingualSchema,
    present: bandSchema.nullable(),
    options: z.array(bandSchema).meta({ description: 'Options that reach the band' }),
  })
  .meta({ id: 'ChoiceAdvice' });

const boundarySchema = z.object({ ...distance, beyond: bandSchema }).meta({ id: 'Boundary' });

const certainty = {
  answer: z.enum(['certain', 'could-flip']),
  bands: z.array(z.string()).meta({ description: 'The bands it can be, best first' }),
  couldBeUnrated: z.boolean(),
};

export const adviceSchema = z
  .object({
    ratingId: z.uuid(),
    submissionId: z.uuid(),
    benchmarkHeldFixed: bilingualSchema.nullable().meta({
      description: 'What to know where a value depends on a benchmark; null where none does',
    }),
    gradings: z.array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        of: z.object(named).nullable(),
        value: exact.nullable(),
        shown: z.string().nullable(),
        compare: z.enum(['full-value', 'rounded-value']),
        bands: z.array(bandSchema),
        band: bandSchema.nullable(),
        boundaries: z.object({
          below: boundarySchema.nullable(),
          above: boundarySchema.nullable(),
        }),
        failedGates: z.array(bandSchema).meta({ description: 'Gates that do not hold now' }),
        better: z.array(
          z.object({
            code: z.string(),
            title: bilingualSchema,
            distance: z.object({ ...distance, isMet: z.boolean() }).nullable(),
            condition: z.object({ text: z.string(), isMet: z.boolean() }).nullable().meta({
              description: 'What the band asks beside its limit, as the rulebook writes it',
            }),
            inputs: z.array(inputSchema),
            choices: z.array(choiceSchema),
          }),
        ),
        uncertainty: z
          .object({
            single: z.array(z.object({ ...named, relative: z.string(), ...certainty })),
            together: z.object(certainty),
          })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'Advice' });
