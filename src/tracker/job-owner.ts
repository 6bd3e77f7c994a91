import { userInfo } from 'node:os';

/** The user that jobs started now run as: the real uid of this process. */
export function currentUid(): number {
	return process.getuid?.() ?? -1;
}

const names = new Map<number, string>();

/** The name of the user, or the uid as text when it has none. The user database is asked once per uid. */
export function userName(uid: number): string {
	let name = names.get(uid);
	if (name === undefined) {
		name = lookUp(uid);
		names.set(uid, name);
	}
	return name;
}

function lookUp(uid: number): string {
	try {
		const user = userInfo();
		// userInfo asks for the effective user.
		return user.uid === uid ? user.username : String(uid);
	} catch {
		// No entry in the user database: usual in containers.
		return String(uid);
	}
}
