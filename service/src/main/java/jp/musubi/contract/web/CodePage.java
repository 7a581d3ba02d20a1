package jp.musubi.contract.web;

/**
 * The one page that shows an access code.
 *
 * @param heading message key
 * @param code in groups of four
 * @param path of the contract
 */
record CodePage(String heading, String counterparty, String code, String path) {

  static String grouped(String code) {
    return code.replaceAll("(\\d{4})(?=\\d)", "$1 ");
  }
}
