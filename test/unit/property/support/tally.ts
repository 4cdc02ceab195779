/**
 * Counts what happened over all sequences of a property test. A rule that nothing ever put to the test holds as
 * well: what it is about must have happened often.
 */
export class Tally {
	private readonly counts = new Map<string, number>();

	note(what: string, times = 1): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + times);
	}

	/** Throws where something happened less often than it should have. */
	demand(least: Record<string, number>): void {
		const tooFew = Object.entries(least).filter(
			([what, count]) => (this.counts.get(what) ?? 0) < count,
		);
		if (tooFew.length === 0) return;
		const told = tooFew.map(
			([what, count]) => `${what}: ${this.counts.get(what) ?? 0}, at least ${count} expected`,
		);
		throw new Error(
			`The sequences have tested too little. ${told.join('; ')}. All: ${JSON.stringify([...this.counts])}`,
		);
	}
}
