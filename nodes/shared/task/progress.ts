/**
 * Reads how far a task is, as a fraction 0…1.
 *
 * Runway's shape has a number 0…1, the gateway's a percent string ("40%"). A bare number above 1 can only be a
 * percentage. What cannot be progress (negative, above 100 %, not a number) is `undefined`: an absurd figure
 * must not steer the poll schedule.
 */
export function parseProgress(value: unknown): number | undefined {
	if (typeof value === 'number') return fromNumber(value);
	if (typeof value !== 'string') return undefined;
	const match = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(value.trim());
	if (!match) return undefined;
	return match[2] ? fromPercent(Number(match[1])) : fromNumber(Number(match[1]));
}

function fromNumber(value: number): number | undefined {
	if (value >= 0 && value <= 1) return value;
	return value > 1 ? fromPercent(value) : undefined;
}

function fromPercent(percent: number): number | undefined {
	return percent <= 100 ? percent / 100 : undefined;
}
