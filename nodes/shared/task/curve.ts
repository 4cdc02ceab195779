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

/** Where one of the curves ends, and by how many ms it would have missed the last point, drawn one point earlier. */
interface Drawn {
	end: number;
	miss: number;
}

/** How much worse than the best a curve may have foretold the last point, to be still possible. */
const MISS_TIMES = 4;
const MISS_MS = 4_000;

/**
 * When points that lie on no straight line will reach 1, in epoch ms. Of several curves through the last three
 * points, the one counts that, drawn one point earlier, would have foretold the last point best. `undefined` with
 * fewer than three points, or when no curve gets to 1. Pure.
 */
export function curveEnd(points: readonly Point[]): number | undefined {
	return draw(points, CURVES)[0]?.end;
}

/**
 * When any of the curves reaches 1 that would not have foretold the last point much worse than the best. Where the speed
 * has grown, nothing suggests that it falls back to its average. Pure.
 */
export function curveEnds(points: readonly Point[]): number[] {
	const [a, b, c] = points.slice(-NEEDED);
	const isFaster = c && (c.level - b.level) * (b.at - a.at) > (b.level - a.level) * (c.at - b.at);
	const drawn = draw(points, isFaster ? CURVES.filter((curve) => curve !== straight) : CURVES);
	const most = MISS_TIMES * drawn[0]?.miss + MISS_MS;
	return drawn.filter(({ miss }) => miss <= most).map(({ end }) => end);
}

/** The curves that get to 1, the one first that would have foretold the last point best. */
function draw(points: readonly Point[], curves: typeof CURVES): Drawn[] {
	if (points.length < NEEDED || points[points.length - 1].level >= 1) return [];
	const last = points[points.length - 1];
	const before = points.slice(-NEEDED - 1, -1);
	return curves
		.flatMap((curve) => {
			const foretold = before.length === NEEDED ? curve(before)(last.level) : last.at;
			const miss = Math.abs((foretold ?? Number.POSITIVE_INFINITY) - last.at);
			const end = curve(points.slice(-NEEDED))(1);
			return end !== undefined && Number.isFinite(end) && !Number.isNaN(miss)
				? [{ end, miss }]
				: [];
		})
		.sort((one, other) => one.miss - other.miss);
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
