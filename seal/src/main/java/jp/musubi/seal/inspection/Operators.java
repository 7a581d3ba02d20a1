package jp.musubi.seal.inspection;

import java.util.Set;

/** The operators of a content stream (ISO 32000-2, annex A). */
final class Operators {
  private static final Set<String> ALL =
      Set.of(
          ("b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID "
                  + "j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ "
                  + "TL Tm Tr Ts Tw Tz v w W W* y ' \"")
              .split(" ", -1));

  private Operators() {}

  static boolean known(String name) {
    return ALL.contains(name);
  }

  /** At most forty harmless characters. */
  static String printable(String text) {
    var plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
  }
}
