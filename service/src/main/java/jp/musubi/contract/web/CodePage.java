package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.PartyCode;

/**
 * The one page that shows access codes.
 *
 * @param heading message key
 * @param path of the contract
 */
record CodePage(String heading, List<Code> codes, String path) {

  /**
   * One counterparty's.
   *
   * @param code in groups of four
   */
  record Code(String counterparty, String code) {}

  static CodePage of(String heading, List<PartyCode> codes, String path) {
    return new CodePage(
        heading,
        codes.stream().map(c -> new Code(c.party().signature(), grouped(c.code()))).toList(),
        path);
  }

  private static String grouped(String code) {
    return code.replaceAll("(\\d{4})(?=\\d)", "$1 ");
  }
}
