import fc from 'fast-check';

/** Who asks only whether a property fails need not wait for the smallest sequence that does: finding it can take minutes. */
fc.configureGlobal({ endOnFailure: process.env.FIRST_FAILURE_WILL_DO === '1' });
