package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.PartyCode;
import org.springframework.web.servlet.ModelAndView;

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

  private static CodePage of(String heading, List<PartyCode> codes, String path) {
    return new CodePage(
        heading,
        codes.stream().map(c -> new Code(c.party().signature(), grouped(c.code()))).toList(),
        path);
  }

  /** What is answered to a sender: the codes, if there are any, and else the contract's page. */
  static ModelAndView answer(String heading, List<PartyCode> codes, String path) {
    return codes.isEmpty()
        ? new ModelAndView("redirect:" + path)
        : new ModelAndView("contract/code", "page", of(heading, codes, path));
  }

  private static String grouped(String code) {
    return code.replaceAll("(\\d{4})(?=\\d)", "$1 ");
  }
}
