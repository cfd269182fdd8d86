'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { basename, extname, join } = require('node:path');

/** What a model file defines: the id of its one process or of its one decision. */
const DEFINES = {
  '.bpmn': /<bpmn:process\b[^>]*?\sid="([^"]*)"/g,
  '.dmn': /<decision\b[^>]*?\sid="([^"]*)"/g
};

/** The sentence that says what is wrong with a file's name, or undefined when file and content agree. */
function fault(path, content) {
  const extension = extname(path);
  const keys = [ ...content.matchAll(DEFINES[extension]) ].map(match => match[1]);
  const name = basename(path, extension);
  return keys.length === 1 && keys[0] === name ? undefined : `${path}: must define ${name} alone, but defines ${keys.join(', ') || 'nothing'}`;
}

/** All models below a folder; installed packages are not ours. */
function models(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'node_modules' ? [] : models(path);
    }
    return extname(path) in DEFINES ? [ path ] : [];
  });
}

module.exports = { fault, models };

if (require.main === module) {
  const paths = models('.');
  const faults = paths.map(path => fault(path, readFileSync(path, 'utf8'))).filter(Boolean);
  faults.forEach(line => console.error(line));
  if (faults.length || !paths.length) {
    console.error(paths.length ? `${faults.length} files are not named after what they define` : 'no model found');
    process.exitCode = 1;
  }
}
