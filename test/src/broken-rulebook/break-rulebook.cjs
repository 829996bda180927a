/** Loaded into a process before its own code: what it reads as the rulebook named in BREAK_RULEBOOK is no YAML any more. */
const fs = require('node:fs');

const { readFileSync } = fs;
fs.readFileSync = (file, ...rest) => {
  const content = readFileSync(file, ...rest);
  return String(file).endsWith(process.env.BREAK_RULEBOOK)
    ? `${content}\nnotRated: [ }\n`
    : content;
};
