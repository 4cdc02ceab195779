/** The same fields without those that are undefined. */
export function withoutUndefined<Value>(
	fields: Record<string, Value | undefined>,
): Record<string, Value> {
	return Object.fromEntries(
		Object.entries(fields).filter((field): field is [string, Value] => field[1] !== undefined),
	);
}
