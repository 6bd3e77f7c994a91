export { readJobInfoFilter } from './job-info-filter.js';
export { unknownName } from './unknown-name.js';
export { isPlainObject, kindOf, shown } from './value-kind.js';
