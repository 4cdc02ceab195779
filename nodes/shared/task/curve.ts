/** A level of progress (0…1) and a moment (epoch ms). */
export interface Point {
	level: number;
	at: number;
}

/** Tells when a level will be reached; `undefined` when the curve never gets there. */
type Curve = (level: number) => number | undefined;

/** How curves are drawn through three points, oldest first, that rise. */
const CURVES: Array<(points: Point[]) => Curve> = [steadilySlower, slowerTowardsTheEnd, straight];

/** How many points a curve goes through. */
const NEEDED = 3;

/**
 * When points that lie on no straight line will reach 1, in epoch ms. Of several curves through the last three
 * points, the one counts that, drawn one point earlier, would have foretold the last point best. `undefined` with
 * fewer than three points, or when no curve gets to 1. Pure.
 */
export function curveEnd(points: readonly Point[]): number | undefined {
	if (points.length < NEEDED || points[points.length - 1].level >= 1) return undefined;
	const last = points[points.length - 1];
	const before = points.slice(-NEEDED - 1, -1);
	const candidates = CURVES.map((draw) => {
		const foretold = before.length === NEEDED ? draw(before)(last.level) : last.at;
		return {
			end: draw(points.slice(-NEEDED))(1),
			miss: Math.abs((foretold ?? Number.POSITIVE_INFINITY) - last.at),
		};
	});
	const usable = candidates.filter(
		({ end, miss }) => end !== undefined && Number.isFinite(end) && !Number.isNaN(miss),
	);
	return usable.sort((one, other) => one.miss - other.miss)[0]?.end;
}

/** The speed changes at a steady rate: progress is a parabola over time. */
function steadilySlower([a, b, c]: Point[]): Curve {
	const early = (b.level - a.level) / (b.at - a.at);
	const late = (c.level - b.level) / (c.at - b.at);
	const change = (late - early) / (c.at - a.at);
	const speed = late + change * (c.at - b.at);
	return (level) => {
		const left = level - c.level;
		const underRoot = speed * speed + 4 * change * left;
		return speed > 0 && underRoot >= 0
			? c.at + (2 * left) / (speed + Math.sqrt(underRoot))
			: undefined;
	};
}

const HALVINGS = 40;
/** An end further off than this many times the span of the points is none that could be told from them. */
const FURTHEST = 1.3;

/** What is left shrinks as a power of the time left, the end being where the three points agree on the power. */
function slowerTowardsTheEnd([a, b, c]: Point[]): Curve {
	const fellTo = (from: Point, to: Point) => Math.log((1 - from.level) / (1 - to.level));
	const isTooEarly = (end: number) =>
		fellTo(a, b) * Math.log((end - b.at) / (end - c.at)) >
		fellTo(b, c) * Math.log((end - a.at) / (end - b.at));
	let [tooEarly, end] = [c.at, c.at + FURTHEST * (c.at - a.at)];
	if (isTooEarly(end)) return () => undefined;
	for (let halving = 0; halving < HALVINGS; halving++) {
		const middle = (tooEarly + end) / 2;
		if (isTooEarly(middle)) tooEarly = middle;
		else end = middle;
	}
	const power = Math.log((end - b.at) / (end - c.at)) / fellTo(b, c);
	return (level) => end - (end - c.at) * ((1 - level) / (1 - c.level)) ** power;
}

/** The average speed goes on. */
function straight([a, , c]: Point[]): Curve {
	return (level) => c.at + ((level - c.level) * (c.at - a.at)) / (c.level - a.level);
}
