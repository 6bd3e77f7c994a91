export function markdownList(facts: Readonly<Record<string, string | number>>): string {
	return Object.entries(facts)
		.map(([name, value]) => `- ${name}: ${value}`)
		.join('\n');
}
