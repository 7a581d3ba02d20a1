package jp.musubi.contract;

/**
 * 契約情報の初期値. What stands in the form of a new contract until its clerk changes it.
 *
 * @param answerDays days that a counterparty has to answer, 1 to 365
 * @param readingYears years from conclusion that it may read and download, 1 to 100
 */
public record FirstTerms(int answerDays, int readingYears) {
  /** Of a body that has said nothing. */
  public static final FirstTerms DEFAULT = new FirstTerms(14, 10);
}
