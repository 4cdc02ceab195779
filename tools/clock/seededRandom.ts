/** A generator of numbers 0…1 that gives the same row for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One of the choices, by a generator of numbers 0…1. */
export function pick<Choice>(random: () => number, choices: readonly Choice[]): Choice {
	return choices[Math.floor(random() * choices.length)];
}
