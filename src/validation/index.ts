export { unknownName } from './unknown-name.js';
export { isPlainObject, kindOf } from './value-kind.js';
