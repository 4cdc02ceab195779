/** One guard of the product, switched off. */
export interface Mutant {
	/** What no longer holds. */
	guard: string;
	file: string;
	/** Text that stands in the file once. */
	find: string;
	put: string;
	/** The test files that have to notice. */
	tests: string[];
}
