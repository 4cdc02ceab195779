import { summaryOf, type Answer } from './answer';

export type Verdict = 'holds' | 'does not hold' | 'could not be told';

/** What an assumption comes to, and what was seen. */
export interface Judgement {
	verdict: Verdict;
	seen: string;
}

/** One assumption of ours, and how what was seen is judged. */
export interface Row<Evidence> {
	id: string;
	assume: string;
	/** By which request or look it is asked. */
	asked: string;
	judge(evidence: Evidence): Judgement;
}

export interface Finding extends Judgement {
	id: string;
	assume: string;
	asked: string;
}

export function findingsOf<Evidence>(rows: Array<Row<Evidence>>, evidence: Evidence): Finding[] {
	return rows.map(({ id, assume, asked, judge }) => ({ id, assume, asked, ...judge(evidence) }));
}

export const holdsIf = (isTrue: boolean, seen: string): Judgement => ({
	verdict: isTrue ? 'holds' : 'does not hold',
	seen,
});

export const untold = (seen: string): Judgement => ({ verdict: 'could not be told', seen });

/** Statuses that say something of the moment or of the key, and nothing of what was asked. */
const ASIDE = new Set([401, 403, 429, 502, 503, 504, 520, 521, 522, 523, 524]);

/** An answer that came, and is about what was asked. */
export type TellingAnswer = Exclude<Answer, { broken: string }>;

/**
 * Judges an answer; one that tells nothing (no answer, a refused key, a rate limit, a gateway's trouble) is
 * not judged.
 *
 * @param telling statuses that are about what was asked, although they mostly are not
 */
export function judgeAnswer(
	answer: Answer,
	judge: (answer: TellingAnswer) => boolean | Judgement,
	telling: number[] = [],
): Judgement {
	if ('broken' in answer) return untold(summaryOf(answer));
	const { status } = answer;
	if (ASIDE.has(status) && !telling.includes(status)) return untold(summaryOf(answer));
	const judged = judge(answer);
	return typeof judged === 'boolean' ? holdsIf(judged, summaryOf(answer)) : judged;
}
