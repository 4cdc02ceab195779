/**
 * A clock that runs faster than the real one, and can be set forward and back, for everything in this process
 * that asks `Date.now()`: the nodes, the engine and the simulator alike. Timers keep to real time, so a sleep of
 * the nodes ends at the first slice (200 ms) after its time.
 */
export class FastClock {
	private readonly realNow = Date.now;
	private readonly startedAt = Date.now();
	private offsetMs = 0;
	private restedMs = 0;
	private restsSince = Number.POSITIVE_INFINITY;

	/**
	 * @param speed clock ms per real ms
	 * @param restMs for so many real ms it stands still after it was set forward: whoever is to begin on time does, on a
	 *   busy machine too
	 */
	constructor(
		private readonly speed: number,
		private readonly restMs = 0,
	) {
		Date.now = () => this.now();
	}

	now(): number {
		const realMs = this.realNow() - this.startedAt - this.restedMs - this.restingMs();
		return this.startedAt + realMs * this.speed + this.offsetMs;
	}

	/** How much of the last rest is over, in real ms. */
	private restingMs(): number {
		return Math.min(Math.max(0, this.realNow() - this.restsSince), this.restMs);
	}

	/** Sets the clock to a moment (epoch ms), when that lies ahead. */
	forwardTo(moment: number): void {
		this.offsetMs += Math.max(0, moment - this.now());
		this.restedMs += this.restingMs();
		this.restsSince = this.realNow();
	}

	/** Sets the clock forward, or back with a negative number, without anybody having waited. */
	jump(ms: number): void {
		this.offsetMs += ms;
	}

	restore(): void {
		Date.now = this.realNow;
	}
}
