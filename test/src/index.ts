/** Support for the tests of every package; see support/README.md. */
export * from './support';
