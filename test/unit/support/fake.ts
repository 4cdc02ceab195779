/** What fakes have been asked for in vain during this test. */
const complaints: string[] = [];

// The product may swallow the error that the fake throws; the test fails all the same.
afterEach(() => expect(complaints.splice(0)).toEqual([]));

/**
 * A part of something large, as the whole: the members are checked against the type, and whoever asks for another one
 * fails, and the test with it. `absent` are those that the product can do without.
 */
export function fake<Whole extends object>(
	members: Partial<Whole>,
	absent: PropertyKey[] = [],
): Whole {
	return new Proxy<Whole>(Object.assign(Object.create(null), members), {
		get(target, name, receiver) {
			if (Reflect.has(target, name)) return Reflect.get(target, name, receiver);
			if (typeof name === 'symbol' || name === 'then' || absent.includes(name)) return undefined;
			const complaint = `The fake has no ${name}`;
			complaints.push(complaint);
			throw new Error(complaint);
		},
	});
}
