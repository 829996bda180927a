import { isPassingFault } from './passing-fault';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

it.each([
  withCode('terminating connection due to administrator command', '57P01'),
  withCode('deadlock detected', '40P01'),
  withCode('could not extend file', '53100'),
  withCode('canceling statement due to statement timeout', '57014'),
  withCode('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
  new Error('Connection terminated unexpectedly'),
  new Error('Client has encountered a connection error and is not queryable'),
  new Error('wrapped', { cause: withCode('read ECONNRESET', 'ECONNRESET') }),
])('a fault that passes is tried again: %s', (error) => {
  expect(isPassingFault(error)).toBe(true);
});

it.each([
  withCode('invalid input syntax for type uuid', '22P02'),
  withCode('duplicate key value', '23505'),
  new RangeError('carrier_01 is -1, below its minimum 0'),
  new TypeError('undefined is not a function'),
  'a text',
  null,
])('a fault of data or program is not: %s', (error) => {
  expect(isPassingFault(error)).toBe(false);
});
