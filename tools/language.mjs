import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commentsOf, wordsOf } from './comments.mjs';

/**
 * Checks the comments of `src` against the language rules and exits with 1 when one is broken.
 *
 * Usage: `node tools/language.mjs [path…]`. With paths, it prints the density of each of their files.
 */

/** Relative clauses make comments long: tus-js-client, ky and p-queue have 0.5 to 1.3 of these per 100 words. */
const RELATIVE = /^(what|that|which|where|whose)$/i;
const MAX_RELATIVE_PER_100_WORDS = 1.5;

/** A frame, a server or a caller has a name of its own. */
const PRONOUN = /^(nobody|somebody|anybody|whoever|whomever)$/i;

const paths = process.argv.slice(2);
const files = (paths.length > 0 ? paths : ['src']).flatMap(sourcesIn);
let words = 0;
let relative = 0;
let problems = 0;

for (const file of files) {
  let ofFile = 0;
  let relativeOfFile = 0;
  for (const { line, text } of commentsOf(file, readFileSync(file, 'utf8'))) {
    const found = wordsOf(text);
    ofFile += found.length;
    relativeOfFile += found.filter((word) => RELATIVE.test(word)).length;
    for (const word of found.filter((each) => PRONOUN.test(each))) {
      problems++;
      console.log(`${file}:${line}: name the frame, server or person instead of “${word}”`);
    }
  }
  words += ofFile;
  relative += relativeOfFile;
  if (paths.length > 0) console.log(`${per100(relativeOfFile, ofFile).padStart(6)}  ${file}`);
}

console.log(
  `${words} words of comments, ${per100(relative, words)} of what/that/which/where/whose per 100 (at most ${MAX_RELATIVE_PER_100_WORDS})`,
);
if (relative * 100 > words * MAX_RELATIVE_PER_100_WORDS) problems++;
process.exitCode = problems > 0 ? 1 : 0;

function per100(count, of) {
  return (of === 0 ? 0 : (count * 100) / of).toFixed(1);
}

function sourcesIn(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(path, name))
    .sort();
}
