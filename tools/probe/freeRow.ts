import { errorOf, type Answer } from './answer';
import { answerTo, type FreeAnswers, type QuestionName } from './questions';
import { judgeAnswer, type Judgement, type Row, type TellingAnswer } from './verdict';

export type FreeRow = Row<FreeAnswers>;

interface AnswerRow extends Omit<FreeRow, 'judge'> {
	judge(answer: TellingAnswer): boolean | Judgement;
	/** Statuses that are about what is asked here; see judgeAnswer. */
	telling?: number[];
}

/** A row that is about one answer. */
export function about(name: QuestionName, { judge, telling, ...row }: AnswerRow): FreeRow {
	return { ...row, judge: (answers) => judgeAnswer(answerTo(answers, name), judge, telling) };
}

export const codeIs = (code: string) => (answer: Answer) => errorOf(answer)?.code === code;
export const isEnveloped = (answer: Answer) => errorOf(answer)?.shape === 'envelope';
export const hasRequestId = (answer: Answer) =>
	/request id: \w/.test(errorOf(answer)?.message ?? '');
