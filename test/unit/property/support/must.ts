/** An invariant; as terse as `expect`, and fast enough for millions of calls. */
export function must(holds: boolean, whatIsWrong: () => string): void {
	if (!holds) throw new Error(whatIsWrong());
}
