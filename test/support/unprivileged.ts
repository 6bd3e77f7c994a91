import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PACKAGE_ROOT } from './files.js';

/** Permissions and RLIMIT_NPROC do not bind root: this command becomes a user without privileges first. */
export const AS_NOBODY: readonly string[] =
	process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];

/** A reason to skip a test that needs such a user: the package, or Node itself, is where he may not go. */
export function unreachableForNobody(): string | false {
	if (AS_NOBODY.length === 0) {
		return false;
	}
	for (let path of [PACKAGE_ROOT, process.execPath]) {
		while (path !== dirname(path)) {
			accessSync(path, constants.R_OK);
			if ((statSync(path).mode & 0o001) === 0) {
				return `${path} is closed to other users, and root is not bound by permissions`;
			}
			path = dirname(path);
		}
	}
	return false;
}
